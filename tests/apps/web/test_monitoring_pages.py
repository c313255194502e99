"""The pages of monitoring: two curves with their table, signals for who may read them, rules."""

from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.alerts import disclose_alert
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Alert, AlertStep
from gongzhi.cycle.tasks import follow_up
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Region
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    unit = monitored.ahead(within=city_hall.region(), payee="某公司")
    monitored.disclose(unit)
    watch_projects(year=monitored.YEAR)
    return unit


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def page(client, route: str, *args, **asked) -> str:
    answer = client.get(reverse(route, args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_sees_the_curves_with_their_sentence_and_table(unit, client):
    text = page(client, "project-monitoring", unit.project.pk)

    assert "钱花了 80%" in text
    assert '<svg viewBox="0 0 560 300" role="img"' in text
    assert "960,000.00" in text
    assert 'id="signals"' not in text


def test_the_unit_sees_its_signals_with_their_sum_and_rule(unit, officer):
    text = page(officer, "project-monitoring", unit.project.pk)

    assert "资金快于目标" in text
    assert f"{reverse('monitoring-rules')}?pack=mof-2020-10#money_ahead" in text


def test_limits_in_another_currency_are_called_not_applicable(unit, officer):
    addresses = (("monitoring-rules",), ("project-monitoring", unit.project.pk))
    assert all("不适用" not in page(officer, *each) for each in addresses)
    Region.objects.update(currency="BRL")

    rules, project = (page(officer, *each) for each in addresses)

    assert "界线以元计，这里的金额以雷亚尔计，不判断" in rules
    assert "金额 100,000 元" in rules
    assert project.count("不适用") == 2


def test_payments_are_listed_for_the_unit_and_summed_for_the_public(unit, officer, client):
    asked = {"year": 2026, "month": 3}
    for reader, sees in ((officer, True), (client, False)):
        text = page(reader, "project-payments", unit.project.pk, **asked)
        assert ("某公司" in text) is sees
        assert "单笔支付只供" not in text if sees else "单笔支付只供" in text


def test_an_address_that_names_no_month_is_refused(unit, client):
    address = reverse("project-payments", args=[unit.project.pk])
    for asked in (
        {"year": "x"},
        {"year": "2026", "month": "13"},
        {"year": "2026", "month": "x"},
    ):
        assert client.get(address, asked).status_code == 400


def test_a_project_that_nobody_watched_says_so(client, unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    monitored.disclose(other)

    assert "还没有算过" in page(client, "project-monitoring", other.project.pk)


def test_the_rules_of_each_pack_are_there_with_their_source(client, unit):
    for pack in ("mof-2020-10", "sichuan-2025"):
        text = page(client, "monitoring-rules", pack=pack)
        assert 'id="money_ahead"' in text
        assert "未核实" in text
    assert client.get(reverse("monitoring-rules"), {"pack": "x"}).status_code == 400


def test_the_overview_lists_what_its_reader_may_see(unit, client, officer):
    hidden = city_hall.unit("2", within=unit.organisation.region)
    monitored.fund(hidden, Decimal(100))
    watch_projects(year=monitored.YEAR)

    for reader in (client, officer):
        text = page(reader, "monitoring")
        assert unit.project.name in text
        assert hidden.project.name not in text
    assert unit.project.name not in page(client, "monitoring", level="green")


@pytest.fixture
def bureau(unit) -> VerifiedClient:
    return signed_in(city_hall.budget_office(within=unit.organisation.region))


@pytest.fixture
def alert(unit) -> Alert:
    follow_up(business_date())
    return Alert.objects.get()


def step(client, alert: Alert, verb: str, **body: str):
    return client.post(reverse(verb, args=[alert.pk]), {"key": f"k-{verb}", **body})


def test_the_unit_answers_on_the_page_of_the_alert(alert, officer, client):
    text = page(officer, "alert", alert.pk)
    assert 'name="choice" value="reallocate"' in text
    assert 'id="file_plan"' not in text
    assert client.get(reverse("alert", args=[alert.pk])).status_code == 404

    answered = step(officer, alert, "answer_alert", choice="continue", reason="雨季停工")

    assert answered.status_code == 302
    text = page(officer, "alert", alert.pk)
    assert "雨季停工" in text
    assert 'id="file_plan"' in text


def test_an_answer_without_its_reason_comes_back_with_what_is_missing(alert, officer):
    answer = step(officer, alert, "answer_alert", choice="continue", reason="")

    assert answer.status_code == 422
    assert "还没有办成" in answer.content.decode()


def test_the_whole_way_of_an_alert_on_the_site(alert, officer, bureau):
    taken = [
        (officer, "answer_alert", {"choice": "continue"}),
        (bureau, "return_answer", {}),
        (officer, "answer_alert", {"choice": "continue"}),
        (officer, "file_plan", {}),
        (bureau, "return_plan", {}),
        (officer, "file_plan", {}),
        (officer, "report_done", {}),
        (bureau, "fail_check", {}),
        (bureau, "accept_answer", {}),
        (bureau, "order_visit", {}),
        (bureau, "record_visit", {}),
    ]
    for number, (who, verb, body) in enumerate(taken):
        body = {"key": str(number), "reason": f"第{number}步", **body}
        answer = who.post(reverse(verb, args=[alert.pk]), body)
        assert answer.status_code == 302, (verb, answer.status_code)
    text = page(bureau, "alert", alert.pk)
    assert "已办结" in text
    assert text.count("第") >= len(taken)


def test_a_late_alert_is_on_the_internal_list_until_a_rule_publishes_it(
    alert, officer, bureau, client
):
    Alert.objects.filter(pk=alert.pk).update(stage="unanswered")
    AlertStep.objects.create(alert=alert, verb="propose_suspension", done_on=alert.opened_on)
    decided = step(bureau, alert, "decide_suspension", decision="pay", reason="工资不能停")
    assert decided.status_code == 302
    assert "不暂停" in page(officer, "alert", alert.pk)
    for reader, sees in ((officer, True), (client, False)):
        assert (alert.project.name in page(reader, "alerts", state="open")) is sees
    assert "没有逾期的预警" in page(officer, "alerts", state="late")

    disclose_alert(alert=alert)

    assert alert.project.name in page(client, "alerts", state="open")
    text = page(client, "alert", alert.pk)
    assert '<form class="deed"' not in text


def test_an_alert_that_was_wrong_is_withdrawn_on_its_page(alert, bureau):
    assert step(bureau, alert, "withdraw_alert", reason="支付数据重复").status_code == 302
    assert "已撤回" in page(bureau, "alert", alert.pk)


def test_a_report_passes_its_check(alert, officer, bureau):
    step(officer, alert, "answer_alert", choice="cancel", reason="不再需要")
    step(officer, alert, "report_done", reason="已取消")
    assert 'id="pass_check"' in page(bureau, "alert", alert.pk)
    assert step(bureau, alert, "pass_check", reason="属实").status_code == 302
    assert Alert.objects.get().stage == "closed"


def test_the_bureau_sees_what_it_has_to_decide_and_all_units_together(alert, officer, bureau):
    step(officer, alert, "answer_alert", choice="continue", reason="雨季停工")

    text = page(bureau, "monitoring")

    assert 'id="today"' in text
    assert f"{reverse('alert', args=[alert.pk])}#deeds" in text
    assert 'class="grid"' in text
    assert 'class="red"' in text, "the project stands in the picture"
    assert "目标按预算加权，依据 1 个项目（共 1 个）" in text
    narrowed = page(bureau, "monitoring", unit=alert.project.unit_id, level="red")
    assert alert.project.name in narrowed


def test_a_unit_without_projects_is_no_filter(unit, client):
    answer = client.get(reverse("monitoring"), {"unit": str(unit.project.pk)})
    assert answer.status_code == 400
