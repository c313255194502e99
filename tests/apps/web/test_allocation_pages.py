"""Next year's money as a room: laid out by rule, changed, held side by side, decided by another."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from apps.cycle.evaluated import YEAR, bureau_of
from apps.cycle.test_results import BUDGET, NEXT
from gongzhi.cycle.models import Profile, ResultDecision, ResultProposal
from gongzhi.parties.models import Deed, Office
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def waiting(unit, other, bureau, region):
    """Two projects, proposed by the first of the bureau: 95 and 100 of a hundred."""
    city_hall.published(unit)
    for each, paid in ((unit, "0.7"), (other, "1")):
        monitored.fund(each, BUDGET, year=YEAR)
        monitored.pay(each, date(YEAR, 11, 3), BUDGET * Decimal(paid))
    given = {"key": "propose", "fiscal_year": NEXT, "year": YEAR, "whole": "yes"}
    browser(bureau.first).post(reverse("propose_results", args=[region.pk]), given)
    assert ResultProposal.objects.filter(stage="proposed").count() == 2
    return unit, other


def browser(member) -> VerifiedClient:
    return signed_in(Office.objects.get(pk=member.office))


def room(client, *, status: int = 200, follow: bool = False, **query) -> str:
    answer = client.get(reverse("allocation"), {"year": YEAR, **query}, follow=follow)
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


def decided(client, region, *, status: int = 302, **given) -> str:
    given = {"key": "decide", "year": YEAR, **given}
    answer = client.post(reverse("decide_allocation", args=[region.pk]), given)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def test_visitors_see_nothing_that_isnt_decided(waiting, client):
    text = room(client)
    assert "没有等着决定的建议" in text
    assert waiting[0].project.name not in text


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "申请多少给多少"), ("en", "It gets all")]
)
def test_enough_money_gives_what_was_proposed_and_says_what_binds(waiting, bureau, language, words):
    client = browser(bureau.second)
    client.cookies["django_language"] = language
    text = room(client)
    assert words in text
    assert "950,000.00" in text
    assert "1,000,000.00" in text


def test_a_total_below_is_laid_out_to_the_fen(waiting, bureau):
    text = room(browser(bureau.second), total="1000000.01")
    assert "总额用完了" in text
    assert "1,000,000.01" in text


def test_a_changed_number_leads_to_its_own_address_and_says_who_loses(waiting, bureau):
    client = browser(bureau.second)
    row = ResultProposal.objects.get(project=waiting[0].project)
    query = {"year": YEAR, "total": "1000000", "project": str(row.pk), "amount": "900000"}
    answer = client.get(reverse("allocation"), query)
    assert answer.status_code == 302
    asked = parse_qs(urlparse(answer.url).query)
    assert asked["fixed"] == [f"{row.pk.hex}:900000.00"]
    text = client.get(answer.url).content.decode()
    assert "由人定的数" in text
    assert "失" in text
    again = {**{key: each[-1] for key, each in asked.items()}, "project": str(row.pk)}
    assert "fixed" not in client.get(reverse("allocation"), again).url


@pytest.mark.parametrize(
    ("given", "kept", "words"),
    [
        ({"how": "rigid", "amount": "1"}, "rigid", "刚性支出，照今年的数"),
        ({"how": "stop", "amount": "940000"}, "stop", "可以停办，最低需要"),
        ({"amount": "950000.00", "typed": "950000.00", "drag": "700000", "dragged": "950000"},
         "fixed", "700,000.00"),
        ({"amount": "800000", "typed": "950000.00", "drag": "700000", "dragged": "950000"},
         "fixed", "800,000.00"),
    ],
)  # fmt: skip
def test_a_project_is_rigid_or_may_stop_or_is_dragged(waiting, bureau, given, kept, words):
    client = browser(bureau.second)
    row = ResultProposal.objects.get(project=waiting[0].project)
    query = {"year": YEAR, "project": str(row.pk), **given}
    answer = client.get(reverse("allocation"), query)
    assert answer.status_code == 302
    asked = {key: each[-1] for key, each in parse_qs(urlparse(answer.url).query).items()}
    assert asked[kept].startswith(row.pk.hex)
    text = client.get(answer.url).content.decode()
    assert words in text[text.index('id="changes"') :]
    free = client.get(reverse("allocation"), {**asked, "project": str(row.pk), "how": "free"})
    assert kept not in free.url


def test_who_may_stop_does_stop_where_the_total_is_short(waiting, bureau):
    row = ResultProposal.objects.get(project=waiting[0].project)
    text = room(browser(bureau.second), total="1000000", stop=f"{row.pk.hex}:940000")
    assert "停" in text[text.index('id="projects"') :]


def test_who_may_stop_says_what_it_needs(waiting, bureau):
    row = ResultProposal.objects.get(project=waiting[0].project)
    text = room(browser(bureau.second), status=422, project=str(row.pk), how="stop", amount="")
    assert "最低需要多少" in text


def test_the_chosen_project_has_a_slider_that_works_without_scripts(waiting, bureau):
    row = ResultProposal.objects.get(project=waiting[0].project)
    text = room(browser(bureau.second), edit=str(row.pk), total="1900000")
    assert 'type="range"' in text
    assert "规则的范围" in text
    assert 'name="total" value="1900000.00"' in text
    assert 'type="range"' not in room(browser(bureau.second), edit="x")


def test_a_field_has_a_floor_and_a_ceiling_and_says_what_it_lacks(waiting, bureau):
    client = browser(bureau.second)
    for each, code in zip(waiting, ("2050202", "2100201"), strict=True):
        Profile.objects.create(project=each.project, functional=code, described_on=date(2026, 1, 5))
    given = {"year": YEAR, "of": "205", "floor": "900000", "ceiling": "940000"}
    answer = client.get(reverse("allocation"), given)
    asked = parse_qs(urlparse(answer.url).query)
    assert (asked["least"], asked["most"]) == (["205:900000.00"], ["205:940000.00"])
    text = client.get(answer.url).content.decode()
    assert "940,000.00" in text
    assert 'id="fields"' in text
    crossed = {**given, "floor": "950000"}
    assert "下限大于上限" in room(client, status=422, **crossed)
    short = room(client, total="1000000", least="205:950000")
    assert "领域“教育" in short


@pytest.mark.parametrize("year", ["020261", "20265", "２０２６", "1999", "x"])
def test_what_is_no_year_is_the_newest(waiting, bureau, year):
    answer = browser(bureau.second).get(reverse("allocation"), {"year": year})
    assert answer.status_code == 200


def test_limits_that_exclude_each_other_are_named(waiting, bureau):
    row = ResultProposal.objects.get(project=waiting[0].project)
    text = room(browser(bureau.second), total="100", fixed=f"{row.pk.hex}:900000")
    assert "不能同时做到" in text
    assert 'id="decide_results"' not in text


@pytest.mark.parametrize(
    "query",
    [
        {"total": "很多"},
        {"total": "-1"},
        {"total": "NaN"},
        {"total": "1.001"},
        {"total": "9" * 30},
    ],
)
def test_a_number_that_is_none_is_told(waiting, bureau, query):
    assert "金额" in room(browser(bureau.second), status=422, **query)


@pytest.mark.parametrize("fixed", ["x", ":::", "x:1", "00000000000000000000000000000000:1"])
def test_an_address_that_names_nothing_changes_nothing(waiting, bureau, fixed):
    assert "950,000.00" in room(browser(bureau.second), fixed=fixed, most=fixed, heads=fixed)


def test_somebody_else_decides_with_a_reason_where_it_differs(waiting, bureau, region, client):
    office = browser(bureau.second)
    text = decided(office, region, status=422, total="1000000")
    assert "请写明理由" in text
    assert not ResultDecision.objects.exists()
    decided(office, region, total="1000000", reason="财力不足")
    amounts = [each.amount for each in ResultDecision.objects.all()]
    assert sum(amounts) == Decimal(1000000)
    assert all(each.reason.startswith("财力不足（") for each in ResultDecision.objects.all())
    assert Deed.objects.get(verb="decide_results").public["count"] == 2
    row = ResultProposal.objects.get(project=waiting[0].project)
    public = client.get(reverse("result-proposal", args=[row.pk])).content.decode()
    assert "财力不足" in public


def test_the_same_sent_twice_is_decided_once(waiting, bureau, region):
    office = browser(bureau.second)
    decided(office, region)
    decided(office, region)
    assert ResultDecision.objects.count() == 2


def test_who_proposed_does_not_decide(waiting, bureau, region):
    text = room(browser(bureau.first))
    assert "由别人决定" in text
    assert 'id="decide_results"' not in text
    assert 'id="decide_results"' in room(browser(bureau.second))
    decided(browser(bureau.first), region, status=422)
    assert not ResultDecision.objects.exists()


def test_scenarios_are_kept_under_a_name_and_stand_side_by_side(waiting, bureau):
    client = browser(bureau.second)
    query = f"year={YEAR}&total=900000"
    given = {"key": "keep", "page": "allocation", "query": query, "name": "紧一点"}
    assert client.post(reverse("save_view"), given).status_code == 302
    text = room(client)
    assert "紧一点" in text
    assert "几种方案并排" in text
    assert "2 个，" in text


def test_a_kept_scenario_is_the_whole_of_what_was_set(waiting, bureau):
    row = ResultProposal.objects.get(project=waiting[0].project)
    client, name = browser(bureau.second), row.pk.hex
    query = {
        "total": "1000000.00", "stop": f"{name}:940000.00", "least": "205:1.00", "most": "205:2.00"
    }  # fmt: skip
    text = client.get(reverse("allocation"), {"year": YEAR, **query}).content.decode()
    kept = re.search(r'name="query" value="([^"]*)"', text)
    assert kept is not None
    asked = {key: each[-1] for key, each in parse_qs(unescape(kept[1])).items()}
    assert asked == {"year": str(YEAR), **query}
