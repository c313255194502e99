"""Alerts: opened once a round, answered, put right, checked; what follows where nobody answers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

import city_hall
from apps.cycle import monitored
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.actions import alerts
from gongzhi.cycle.actions.budget_acts import Decided, record_budget_act
from gongzhi.cycle.actions.projects import Description, describe_project
from gongzhi.cycle.alerts_due import alerts_to_open, consequences, due_for, late_alerts
from gongzhi.cycle.alerts_waiting import waiting_for
from gongzhi.cycle.models import Alert, AlertStep, PurposeSum, Watched
from gongzhi.cycle.tasks import follow_up, watch_what_changed
from gongzhi.parties.actions.offices import declare_conflict
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs.monitoring import load_monitoring
from verified import verified

pytestmark = pytest.mark.django_db
RULES = load_monitoring("mof-2020-10")
TODAY = date(2026, 9, 14)


@pytest.fixture
def move(settings):
    """Move the demo's date."""
    settings.DEMO = True
    return lambda day: move_business_date(to=day)


@pytest.fixture
def unit(region, move):
    """A unit that spent 80 % for 40 % of its goals."""
    move(TODAY)
    return monitored.ahead(within=region)


@pytest.fixture
def bureau(region):
    return verified(city_hall.budget_office(within=region))


@pytest.fixture
def alert(unit) -> Alert:
    watch_what_changed(TODAY)
    follow_up(TODAY)
    return Alert.objects.get()


def test_a_project_that_warns_gets_one_alert_a_round(unit, alert):
    assert (alert.fiscal_year, alert.round, alert.level) == (2026, 8, "red")
    assert "money_ahead" in {signal["code"] for signal in alert.signals}
    for _ in range(2):
        watch_what_changed(TODAY)
        follow_up(TODAY)
    assert Alert.objects.count() == 1
    assert Deed.objects.filter(verb="watch_projects").count() == 1, "nothing changed"


def test_what_changes_a_plan_is_seen_anew(unit, bureau, alert):
    decided = Decided(
        kind="transfer",
        amount=monitored.BUDGET,
        authority="某财政局",
        document_number="某财预〔2026〕2号",
        decided_on=TODAY,
        reason="工程提前",
    )
    record_budget_act(by=bureau, project=unit.project, fiscal_year=2026, decided=decided)
    watch_what_changed(TODAY)
    assert Watched.objects.get().budget == 2 * monitored.BUDGET

    about = Description(category="工程", starts_on=date(2026, 9, 1))
    describe_project(by=unit.officer, project=unit.project, about=about)
    watch_what_changed(TODAY)
    assert Deed.objects.filter(verb="watch_projects").count() == 3


def test_a_year_that_is_over_is_seen_before_those_whose_forecasts_rest_on_it(unit):
    watch_what_changed(TODAY)
    PurposeSum.objects.all().delete()
    watch_what_changed(date(2028, 9, 12))

    seen = Deed.objects.filter(verb="watch_projects").order_by("id")
    assert [*seen.values_list("public__year", flat=True)] == [2026, 2026, 2028]


def test_a_year_that_is_over_gets_the_sums_that_it_lacks(unit):
    watch_what_changed(TODAY)
    PurposeSum.objects.all().delete()
    for _ in range(2):
        watch_what_changed(date(2027, 9, 12))

    assert PurposeSum.objects.filter(fiscal_year=2026, unit__isnull=True).exists()
    assert Deed.objects.filter(verb="watch_projects", public__year=2026).count() == 2


def test_what_was_seen_before_the_round_ended_opens_nothing(unit, move):
    watch_what_changed(TODAY)
    follow_up(TODAY)
    assert list(alerts_to_open(date(2026, 11, 2))) == []


def test_an_answer_is_due_within_ten_working_days(alert):
    due = due_for(alert, RULES)

    assert due.on == date(2026, 9, 28), "a Sunday is worked, Mid-Autumn is off"


def test_a_unit_answers_puts_right_and_reports_and_the_bureau_closes(unit, bureau, alert):
    alerts.answer_alert(by=unit.officer, alert=alert, choice="continue", reason="雨季停工")
    alerts.file_plan(by=unit.officer, alert=alert, reason="十月完成三十公里")
    alerts.report_done(by=unit.officer, alert=alert, reason="已完成")
    alerts.fail_check(by=bureau, alert=alert, reason="只完成二十公里")
    alerts.file_plan(by=unit.officer, alert=alert, reason="十一月补完")
    alerts.report_done(by=unit.officer, alert=alert, reason="已补完")
    alerts.pass_check(by=bureau, alert=alert, reason="现场核对无误")

    alert.refresh_from_db()
    assert alert.stage == "closed"
    assert alert.steps.count() == 7
    deed = Deed.objects.filter(verb="answer_alert").get()
    assert deed.public["choice"] == "continue"
    assert "雨季停工" not in str(deed.public), "the log promises the reason"


def test_a_transfer_needs_no_plan(unit, bureau, alert):
    alerts.answer_alert(by=unit.officer, alert=alert, choice="reallocate", reason="任务减少")

    with pytest.raises(Refused):
        alerts.file_plan(by=unit.officer, alert=alert, reason="方案")
    with pytest.raises(Refused):
        alerts.accept_answer(by=bureau, alert=alert, reason="同意")
    alerts.report_done(by=unit.officer, alert=alert, reason="已调剂")
    assert Alert.objects.get().stage == "reported"


@pytest.mark.parametrize(("choice", "reason"), [("", "原因"), ("later", "原因"), ("continue", " ")])
def test_an_answer_without_choice_or_reason_is_told_what_it_lacks(unit, alert, choice, reason):
    with pytest.raises(Unsuitable):
        alerts.answer_alert(by=unit.officer, alert=alert, choice=choice, reason=reason)
    assert not AlertStep.objects.exists()


def test_others_answer_nothing(unit, bureau, alert, region):
    other = city_hall.unit("2", within=region)
    for member in (unit.reviewer, other.officer, bureau, VISITOR):
        with pytest.raises(Refused):
            alerts.answer_alert(by=member, alert=alert, choice="continue", reason="原因")
    with pytest.raises(Refused):
        alerts.withdraw_alert(by=unit.officer, alert=alert, reason="错了")


def test_who_answered_does_not_judge_the_answer(unit, bureau, alert):
    person = unit.officer_office.person
    both = city_hall.Office.objects.create(
        person=person,
        organisation=unit.organisation,
        title="兼任",
        roles=["budget"],
        since_on=date(2020, 1, 1),
    )
    alerts.answer_alert(by=unit.officer, alert=alert, choice="continue", reason="雨季停工")

    with pytest.raises(Refused) as refused:
        alerts.accept_answer(by=verified(both), alert=alert, reason="同意")
    assert "3.3" in refused.value.clauses


def test_who_declared_a_conflict_does_not_decide(unit, bureau, alert):
    declare_conflict(by=bureau, about=unit.organisation.thing(), reason="亲属任职", since_on=TODAY)
    with pytest.raises(Refused) as refused:
        alerts.withdraw_alert(by=bureau, alert=alert, reason="数据有误")
    assert "3.6" in refused.value.clauses


def test_where_nobody_answers_suspension_is_proposed_and_the_bureau_decides(
    unit, bureau, alert, move
):
    late = due_for(alert, RULES).on + timedelta(days=1)
    move(late)
    follow_up(late)
    follow_up(late)

    alert.refresh_from_db()
    assert alert.stage == "unanswered"
    assert Deed.objects.filter(verb="propose_suspension").count() == 1
    assert late_alerts([alert], today=late)[0][1].on < late
    assert [each.verb for each in waiting_for(bureau, today=late)] == ["decide_suspension"]
    with pytest.raises(Unsuitable):
        alerts.decide_suspension(by=bureau, alert=alert, decision="", reason="待定")
    alerts.decide_suspension(by=bureau, alert=alert, decision="pay", reason="农民工工资")
    assert AlertStep.objects.filter(verb="decide_suspension").get().decision == "pay"
    assert list(waiting_for(bureau, today=late)) == []
    alerts.answer_alert(by=unit.officer, alert=alert, choice="cancel", reason="不再需要")
    assert alert.stage == "answered"
    assert alert.label == "internal", "no rule orders that it be public"


def test_where_a_rule_orders_it_what_stays_unanswered_becomes_public(alert):
    assert not Alert.objects.visible_to(VISITOR).exists()

    alerts.disclose_alert(alert=alert)

    assert Alert.objects.visible_to(VISITOR).get() == alert


def test_each_waits_for_what_is_theirs(unit, bureau, alert):
    assert [each.verb for each in waiting_for(unit.officer, today=TODAY)] == ["answer_alert"]
    alerts.answer_alert(by=unit.officer, alert=alert, choice="continue", reason="雨季停工")
    assert [each.verb for each in waiting_for(unit.officer, today=TODAY)] == ["file_plan"]
    assert [each.verb for each in waiting_for(bureau, today=TODAY)] == ["accept_answer"]
    alerts.file_plan(by=unit.officer, alert=alert, reason="方案")
    assert [each.verb for each in waiting_for(unit.officer, today=TODAY)] == ["report_done"]
    alerts.report_done(by=unit.officer, alert=alert, reason="完成")
    (check,) = waiting_for(bureau, today=TODAY)
    assert (check.verb, check.clause) == ("pass_check", "4.16")
    assert check.due_on is not None
    assert list(waiting_for(VISITOR, today=TODAY)) == []


def test_three_rounds_in_a_row_end_in_a_visit(unit, bureau, alert):
    for month in (4, 6):
        row = Alert.objects.get(pk=alert.pk)
        row.pk, row.round, row.opened_on = None, month, date(2026, month + 1, 1)
        row.id = city_hall.Office._meta.pk.get_default()
        row.save(force_insert=True)
    every = list(Alert.objects.with_facts())

    (visit,) = [e for e, _ in consequences(every, today=TODAY) if e.kind == "order_visit"]
    assert visit.alert == str(alert.pk)
    assert "order_visit" in [each.verb for each in waiting_for(bureau, today=TODAY)]
    alerts.order_visit(by=bureau, alert=alert, reason="连续三次")
    assert "record_visit" in [each.verb for each in waiting_for(bureau, today=TODAY)]
    alerts.record_visit(by=bureau, alert=alert, reason="管沟已挖，材料未到")
    verbs = [each.verb for each in waiting_for(bureau, today=TODAY)]
    assert "order_visit" not in verbs
    assert "record_visit" not in verbs


def test_an_alert_that_was_wrong_is_taken_back_and_stays(unit, bureau, alert):
    alerts.withdraw_alert(by=bureau, alert=alert, reason="支付数据重复")

    assert Alert.objects.get().stage == "withdrawn"
    follow_up(TODAY)
    assert Alert.objects.count() == 1


def test_rules_that_publish_what_is_late_are_rules_like_others():
    assert RULES.clocks.publishes_late is False
    assert replace(RULES.clocks, publishes_late=True).publishes_late
