"""Self-evaluations: begun from the facts, drafted with reasons, published by another person."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.working_days import due_on
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.actions import goals
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import FormVersion
from gongzhi.cycle.self_evaluations_due import waiting_for, waiting_within
from gongzhi.papers.forms import SELF_EVALUATION, as_docx, as_xlsx
from gongzhi.papers.receiving import receive
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.charter import load_charter
from verified import signed_in, verified

pytestmark = pytest.mark.django_db
YEAR = monitored.YEAR
PLAN = GoalPlan(
    goal=DraftGoal(
        year=YEAR,
        text="改造管网 100 公里",
        budget=monitored.BUDGET,
        indicators=(
            DraftIndicator(
                key="km",
                name="改造管网",
                level1="产出指标",
                level2="数量指标",
                target="≥100",
                measure="公里",
                weight=Decimal(90),
            ),
        ),
    )
)


@pytest.fixture
def unit() -> city_hall.Unit:
    """A unit that promised 100 km, was given 1.2 million, spent 1.08 million and did 96 km."""
    within = city_hall.region()
    made = city_hall.unit("1", within=within)
    version = goals.draft_goals(
        by=made.officer, project=made.project, fiscal_year=YEAR, plan=PLAN, pack=city_hall.PACK
    )
    goals.submit_goals(by=made.reviewer, version=version)
    bureau = verified(city_hall.budget_office(within=within))
    goals.approve_goals(by=bureau, version=version, document_number="某财绩〔2026〕1号")
    monitored.fund(made)
    monitored.pay(made, date(YEAR, 6, 1), 1_080_000)
    monitored.read(made, "km", date(YEAR, 10, 31), 96)
    return made


@pytest.fixture
def officer(unit: city_hall.Unit) -> Client:
    return signed_in(unit.officer_office)


def page_of(unit: city_hall.Unit) -> str:
    return f"{reverse('self-evaluation', args=[unit.project.pk])}?year={YEAR}"


def filled(**more: str) -> dict[str, str]:
    """What the editor's fields hold when nobody has touched them, and more."""
    return {
        "year": str(YEAR),
        "initial-total": "120.00",
        "adjusted-total": "120.00",
        "paid-total": "108.00",
        "goal": "改造管网 100 公里",
        "goal_done": "改造 96 公里",
        "done-0": "96公里",
        "reason-0": "汛期停工；明年三月补完",
        "key": "once",
        **more,
    }


def draft(client: Client, unit: city_hall.Unit, **more: str):
    return client.post(
        reverse("draft_self_evaluation", args=[unit.project.pk]), filled(**more), follow=True
    )


def test_s05_the_editor_begins_with_the_facts_and_the_points_that_follow(unit, officer):
    text = officer.get(page_of(unit)).content.decode()
    for told in ('value="120.00"', 'value="108.00"', "90.00%", 'value="96公里"', "96 ÷ 100 × 90"):
        assert told in text
    assert "95.40 / 100" in text or "95.4 / 100" in text
    assert 'id="differences"' not in text


def test_what_agrees_with_the_facts_is_drafted_and_published_by_another_person(unit, officer):
    answer = draft(officer, unit)
    version = FormVersion.objects.get()
    assert (version.stage, version.explained, version.fiscal_year) == ("draft", [], YEAR)
    assert "草稿已保存" in answer.content.decode()
    assert Decimal(version.record["stated_total"]) == Decimal("95.4")
    published = cycle.publish_form(by=unit.reviewer, version=version, review="可以公开")
    assert published.stage == "published"


def test_r08_what_differs_from_the_facts_needs_a_reason_and_keeps_both_values(unit, officer):
    refused = draft(officer, unit, **{"paid-total": "120", "score-0": "90"})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert 'id="why-paid-total"' in text
    assert 'id="why-score-0"' in text
    assert not FormVersion.objects.exists()

    reasons = {"why-paid-total": "十二月补付", "why-score-0": "验收单在后"}
    draft(officer, unit, **{"paid-total": "120", "score-0": "90", **reasons})
    version = FormVersion.objects.get()
    kept = {each["field"]: each for each in version.explained}
    assert (kept["paid-total"]["fact"], kept["paid-total"]["stated"]) == (
        "1080000.00",
        "1200000.00",
    )
    assert (kept["score-0"]["fact"], kept["score-0"]["stated"]) == ("86.4", "90")
    assert kept["score-0"]["reason"] == "验收单在后"
    page = officer.get(f"{reverse('project', args=[unit.project.pk])}?version={version.pk}")
    assert "十二月补付" in page.content.decode()
    again = officer.get(page_of(unit)).content.decode()
    assert "十二月补付" in again


def test_a_half_finished_one_is_kept_and_not_published_before_its_reasons(unit, officer):
    unfinished = draft(officer, unit, **{"paid-total": "120", "do": "keep"})
    assert "写齐以前不能公开" in unfinished.content.decode()
    version = FormVersion.objects.get()
    assert [each["reason"] for each in version.explained] == [""]
    with pytest.raises(Unsuitable):
        cycle.publish_form(by=unit.reviewer, version=version, review="可以公开")
    again = officer.get(page_of(unit)).content.decode()
    assert 'value="120.00"' in again
    draft(officer, unit, **{"paid-total": "120", "why-paid-total": "十二月补付", "key": "two"})
    newest = FormVersion.objects.exclude(stage="withdrawn").get()
    assert cycle.publish_form(by=unit.reviewer, version=newest, review="可以公开").number == 1


def test_no_other_way_leads_around_the_reasons(unit, officer):
    sheet = {**filled(), "paid-total": "120"}
    with pytest.raises(Unsuitable):
        cycle.draft_form(
            by=unit.officer,
            project=unit.project,
            form=city_hall.form(),
            fiscal_year=YEAR,
            pack=city_hall.PACK,
        )
    assert draft(officer, unit, **sheet).status_code == 422
    assert not FormVersion.objects.exists()


def test_looking_keeps_nothing_and_what_cannot_be_read_is_told(unit, officer):
    address = reverse("self-evaluation", args=[unit.project.pk])
    looked = officer.post(address, filled(**{"done-0": "100公里", "do": "look"}))
    assert 'id="why-done-0"' in looked.content.decode()
    bad = officer.post(address, filled(**{"paid-total": "很多", "score-0": "满分"}))
    assert bad.status_code == 422
    assert "不是以万元计的金额" in bad.content.decode()
    assert "不是分数" in bad.content.decode()
    assert officer.get(f"{address}?year=abc").status_code == 400
    assert not FormVersion.objects.exists()


def test_a_project_that_promised_nothing_is_filled_in_by_hand(officer, unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    client = signed_in(other.officer_office)
    lines = {"name-3": "培训人次", "level2-3": "数量指标", "target-3": "≥10人次", "weight-3": "90"}
    draft(client, other, **{**lines, "done-3": "9人次", "done-0": "", "reason-0": ""})
    version = FormVersion.objects.get()
    (line,) = version.record["indicators"]
    assert (line["level1"], line["level3"], line["score"]) == ("产出指标", "培训人次", "81")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_the_paper_is_taken_away_and_comes_back_equal(unit, officer, ending):
    address = reverse("self-evaluation-paper", args=[unit.project.pk, ending])
    content = officer.get(f"{address}?year={YEAR}").content
    assert content == officer.get(f"{address}?year={YEAR}").content
    if ending == "pdf":
        return
    (value,) = receive(SELF_EVALUATION, name=f"表.{ending}", content=content).good
    assert value.money.total.paid == 1_080_000
    write = {"docx": as_docx, "xlsx": as_xlsx}[ending]
    again = receive(SELF_EVALUATION, name=f"表.{ending}", content=write(SELF_EVALUATION, [value]))
    assert again.good == (value,)
    file = SimpleUploadedFile(f"表.{ending}", content)
    read = officer.post(
        reverse("self-evaluation", args=[unit.project.pk]),
        {"year": YEAR, "do": "read", "paper": file},
    )
    assert 'value="96公里"' in read.content.decode()


def test_a_units_papers_stand_in_one_file(unit, officer):
    address = reverse("unit-self-evaluations", args=[unit.organisation.pk, "xlsx"])
    content = officer.get(f"{address}?year={YEAR}").content
    assert len(receive(SELF_EVALUATION, name="表.xlsx", content=content).good) == 1
    none = officer.get(f"{address}?year=2031", follow=True)
    assert "没有可以下载的绩效自评表" in none.content.decode()


def test_from_the_first_of_january_it_waits_until_the_day_of_the_clause(unit, officer):
    assert list(waiting_for(unit.officer, today=date(YEAR, 12, 31))) == []
    (waiting,) = waiting_for(unit.officer, today=date(YEAR + 1, 1, 1))
    owed = load_charter().clauses["4.13"].owed
    due = due_on(date(YEAR, 12, 31), working_days=owed.within_days, calendar=load_calendar())
    assert (waiting.verb, waiting.role, waiting.clause) == ("draft_form", "officer", "4.13")
    assert (waiting.due_on, waiting.provisional) == (due.on, due.provisional)
    draft(officer, unit)
    assert list(waiting_for(unit.officer, today=date(YEAR + 1, 1, 1))) == []


def test_whoever_oversees_sees_it_late_until_it_is_published(unit, officer):
    department = city_hall.unit("8", within=unit.organisation.region)
    Organisation.objects.filter(pk=unit.organisation.pk).update(parent=department.organisation)
    today = date(YEAR + 1, 6, 1)
    draft(officer, unit)
    (late,) = waiting_within(department.officer, today=today)
    assert late.organisation == str(unit.organisation.pk)
    cycle.publish_form(by=unit.reviewer, version=FormVersion.objects.get(), review="可以公开")
    assert list(waiting_within(department.officer, today=today)) == []


def test_the_list_tells_states_inside_and_only_what_is_published_outside(unit, officer):
    address = f"{reverse('self-evaluations')}?year={YEAR}"
    assert f'?year={YEAR}&amp;state=missing">1</a>' in officer.get(address).content.decode()
    monitored.disclose(unit)
    assert unit.project.name not in Client().get(address).content.decode()
    draft(officer, unit)
    drafted = officer.get(f"{address}&state=drafted").content.decode()
    assert unit.project.name in drafted
    cycle.publish_form(by=unit.reviewer, version=FormVersion.objects.get(), review="可以公开")
    assert unit.project.name in Client().get(address).content.decode()
