"""The demo's year is lived by deeds: each thing on its day, once, and nothing before its time.

The city is grown once for all tests here; what each of them does is undone after it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from apps.city.demo import one_city
from gongzhi.city.cast import sittings, ten_seats
from gongzhi.city.growing import grow
from gongzhi.city.invented import Venture, the_year
from gongzhi.city.invented.asked import load_asked
from gongzhi.city.invented.calendar import LIVES_UNTIL
from gongzhi.city.invented.decided import load_results
from gongzhi.city.invented.disclosed import load_disclosed
from gongzhi.city.invented.heard import load_heard
from gongzhi.city.invented.judged import load_judged
from gongzhi.city.invented.next_year import load_next_year
from gongzhi.city.invented.panelled import load_panelled
from gongzhi.city.invented.reported import load_reported
from gongzhi.city.invented.telling import story_codes
from gongzhi.city.invented.told_results import load_letters
from gongzhi.city.living import live_until
from gongzhi.city.living.people import People
from gongzhi.city.touring import Step, load_tours
from gongzhi.core.charter import VISITOR
from gongzhi.core.scoring.sheet import score_sheet
from gongzhi.cycle.actions import alerts
from gongzhi.cycle.actions.readings import Read, add_reading
from gongzhi.cycle.auditing import audit_everything
from gongzhi.cycle.evaluated_facts import sheet_of
from gongzhi.cycle.findings import derived
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import (
    Alert,
    BudgetLine,
    Collection,
    DisclosurePack,
    Evaluation,
    Feedback,
    FormVersion,
    GoalVersion,
    Inquiry,
    Payment,
    Project,
    Reading,
    Report,
    ResultDecision,
    ResultProposal,
    ScoreSheet,
    ServiceEvaluation,
    Submission,
    UseAccount,
    Watched,
)
from gongzhi.cycle.panels import panel_for
from gongzhi.cycle.self_evaluations_due import due_of_year
from gongzhi.cycle.years import year_shown
from gongzhi.parties.actions.people import suspend_person
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.rules.packs import load_packs
from gongzhi.trust.sequencing import sequence
from gongzhi.web.pages.goals.suggested import offered

OPENS_ON = date(2026, 3, 13)
pytestmark = [pytest.mark.django_db, pytest.mark.unadopted]


@pytest.fixture(autouse=True)
def own_log() -> None:
    """All tests here share the log of their city."""


@pytest.fixture(scope="module")
def city(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with django_db_blocker.unblock(), one_city(tmp_path_factory.mktemp("keys"), year=True):
        yield


def for_months(venture: Venture) -> bool:
    """Whether a project runs for a part of the year alone."""
    starts, ends = venture.fact.starts_on or date.min, venture.fact.ends_on or date.max
    return starts > date(2026, 1, 31) or ends < date(2026, 12, 1)


def test_the_city_opens_with_its_year_so_far(city):
    told = the_year()
    assert business_date() == OPENS_ON
    approved = GoalVersion.objects.in_force().count()
    assert approved == sum(each.since_on <= OPENS_ON for each in told.ventures)
    assert Project.objects.filter(stage="disclosed").count() >= approved
    assert not Payment.objects.filter(paid_on__gt=OPENS_ON).exists()
    assert not Reading.objects.filter(read_on__gt=OPENS_ON).exists()
    assert Collection.objects.filter(month__in=[1, 2]).count() == 1, "one call a round"
    assert Submission.objects.count() > 40
    assert Watched.objects.filter(fiscal_year=2026).count() == approved
    assert Alert.objects.exists(), "the bridge's road warns first"
    assert not Alert.objects.exclude(fiscal_year=2026).exists()
    for year, projects in told.earlier.items():
        assert Watched.objects.filter(fiscal_year=year).count() == len(projects)
    foreseen = Watched.objects.filter(fiscal_year=2026, forecasts__money__method="seasonal")
    for_a_part = [each for each in told.ventures if each.since_on <= OPENS_ON and for_months(each)]
    assert foreseen.count() == approved - len(for_a_part), "by how the years before went"
    days = list(Deed.objects.order_by("done_at").values_list("business_date", flat=True))
    assert days[1:] == sorted(days[1:]), "each deed is done on its day"  # the first sets the date

    deeds = Deed.objects.count()
    live_until(OPENS_ON)
    grow(year=True)
    assert Deed.objects.count() == deeds, "what was done isn't done again"

    sequence()
    assert list(audit_all()) == []


def test_what_was_learnt_in_2025_shows_where_a_similar_project_is_drafted(city):
    for unit, name in (("YH-201", "学生营养改善"), ("YH-203", "高标准农田建设")):
        venture = next(
            each
            for each in the_year().ventures
            if each.fact.unit == unit and each.name.zh.endswith(name)
        )
        project = Project.objects.get(code=venture.code)
        near = offered(VISITOR, project, venture.goal)["near"]
        assert near[0].project.name.endswith(name)
        assert near[0].project.year == 2025
        assert near[0].project.lessons


def test_somebody_sits_in_each_of_the_ten_seats(city):
    seated = {each.seat.username: each for each in sittings(on=business_date())}

    assert list(seated) == [seat.username for seat in ten_seats()]
    assert len(seated) == 10
    for each in seated.values():
        assert set(each.seat.roles) <= set(each.office.roles if each.office else ())


@pytest.mark.parametrize(
    ("seat", "language"),
    [
        *((seat.username, "zh-hans") for seat in ten_seats()),
        ("caizheng", "en"),
        *(
            pytest.param(seat.username, "en", marks=pytest.mark.deep)
            for seat in ten_seats()
            if seat.username != "caizheng"
        ),
    ],
)
def test_every_step_of_a_tour_leads_to_what_it_names(city, seat: str, language: str):
    """Of those that can be seen when the demo opens; of the others the strip says from when on."""
    for step, words in shown_round(seat, language=language):
        if step.since > OPENS_ON:
            assert step.since.isoformat() in words, step
        elif language != "en":
            assert step.sees in words.partition("</header>")[2], step


def shown_round(seat: str, *, language: str = "zh-hans") -> Iterator[tuple[Step, str]]:
    """Each step of a seat's tour with the page that it leads to."""
    client = Client(headers={"accept-language": language})
    answer = client.post(reverse("demo-tour", args=[seat]))
    for number, step in enumerate(load_tours()[seat].steps):
        page = client.get(answer["Location"].partition("#")[0])
        assert page.status_code == 200, (seat, number, answer["Location"])
        words = page.content.decode()
        assert step.says.in_language(language[:2]).replace("'", "&#x27;") in words, number
        yield step, words
        answer = client.post(reverse("demo-tour-step"), {"step": str(number + 1)})

    assert answer["Location"] == reverse("demo-offices")


def test_every_page_of_a_story_tells_it(city):
    client = Client()
    for code, projects in story_codes().items():
        page = client.get(reverse("demo-story", args=[code])).content.decode()
        for name in Project.objects.filter(code__in=projects.values()).values_list("name"):
            assert name[0] in page
    assert client.get(reverse("demo-story", args=["nowhere"])).status_code == 404


def test_whatever_is_done_by_hand_before_stands_and_the_year_goes_on(city):
    people = People.known()
    road = Project.objects.get(code=story_codes()["bridge"]["road"])
    warned = Alert.objects.get(project=road, round=2)
    alerts.return_answer(by=people.budget, alert=warned, reason="里程哪天跟上？")
    officer = people.member(road.unit.code, "officer")
    warned.refresh_from_db()
    alerts.answer_alert(by=officer, alert=warned, choice="reallocate", reason="先调剂。")
    withdrawn = Alert.objects.exclude(pk=warned.pk).filter(stage="open").first()
    if withdrawn is not None:
        alerts.withdraw_alert(by=people.budget, alert=withdrawn, reason="重复。")
    suspend_person(
        by=people.member("YH-003", "security_admin"),
        person=people.offices["YH-301", "officer"].person,
        reason="试一试。",
    )
    live_until(date(2026, 4, 2))
    own = _reads(road, ends_on=date(2026, 3, 31))
    for read in own:
        add_reading(by=officer, organisation=road.unit, read=read)

    live_until(date(2026, 4, 30))

    assert business_date() == date(2026, 4, 30)
    steps = list(Alert.objects.get(pk=warned.pk).steps.values_list("verb", flat=True))
    assert steps[:4] == ["answer_alert", "return_answer", "answer_alert", "return_answer"]
    assert Reading.objects.filter(project=road, ends_on=date(2026, 3, 31)).count() == len(own) > 0
    late = Reading.objects.filter(organisation__code="YH-301", read_on__gt=OPENS_ON)
    assert late.exists(), "somebody else is employed where nobody is left"
    assert Watched.objects.filter(on=date(2026, 4, 30)).count() > 300
    sequence()
    assert list(audit_all()) == []


def _reads(road: Project, *, ends_on: date) -> list[Read]:
    """What the unit usually reads of the road for a month, as a person enters it."""
    venture = the_year().venture(road.code)
    return [
        Read(
            project=road,
            indicator=each.reading.indicator,
            starts_on=each.reading.starts_on,
            ends_on=ends_on,
            source="unit",
            value=each.reading.value,
            text=each.reading.text,
            evidence="手工填报",
        )
        for each in venture.reports
        if each.reading.ends_on == ends_on
    ]


@pytest.mark.deep
def test_the_year_runs_to_its_end_every_warning_is_followed_and_all_of_it_is_judged(city):
    live_until(load_panelled()[0].closed_on)
    sequence()  # the seed of the panel's draw is the next checkpoint
    live_until(date(2026, 12, 31))
    every_warning_is_followed()

    live_until(LIVES_UNTIL)
    every_unit_has_evaluated_itself()
    every_evaluation_is_concluded()
    every_report_is_signed()
    everything_that_the_congress_asked_is_settled()
    every_unit_has_disclosed_its_year()
    next_years_money_is_decided()
    what_was_wrong_is_put_right()
    citizens_are_answered()
    what_was_decided_stands_in_the_next_year()
    assert year_shown(business_date()) == 2026, "the new year has only begun"
    every_score_recomputes()
    for seat in ten_seats():
        for step, words in shown_round(seat.username):
            if step.since > OPENS_ON:
                assert step.sees in words.partition("</header>")[2], (seat.username, step)
    sequence()
    assert list(audit_everything()) == [], "as gongzhi ledger audit says"


def every_warning_is_followed() -> None:
    """All that the year tells has come, each told step was taken, nothing old is left open."""
    told = the_year()
    paid = Payment.objects.filter(paid_on__year=2026)
    assert paid.count() == sum(len(each.payments) for each in told.ventures)
    reported = Reading.objects.filter(survey_result=None)
    assert reported.count() == sum(len(each.reports) for each in told.ventures)
    for story in told.stories:
        for deed in story.deeds:
            if deed.round:
                row = Alert.objects.get(project__code=deed.project, round=deed.round)
                assert row.steps.filter(verb=deed.verb).exists(), (story.code, deed)
    late = Alert.objects.exclude(stage__in=["closed", "withdrawn"])
    assert not late.filter(opened_on__lt=date(2026, 10, 1), stage="open").exists()
    assert not late.filter(opened_on__lt=date(2026, 12, 1), stage="unanswered").exists()


def every_unit_has_evaluated_itself() -> None:
    """Each project that had goals owes one; a fault was found, answered for, and put right."""
    rows = FormVersion.objects.filter(fiscal_year=2026, form_type="self_evaluation")
    published = rows.filter(stage="published")
    owed = GoalVersion.objects.in_force().filter(fiscal_year=2026).values("project").distinct()
    assert published.values("project").distinct().count() == owed.count()
    due = due_of_year(2026)
    assert due is not None
    assert 0 < published.filter(published_on__gt=due.on).count() < owed.count() / 20
    wrong = published.filter(findings__certain=True).distinct()
    assert {each.project.unit.code for each in wrong} >= {"YH-302", "YH-204"}
    corrected = published.get(replaces__isnull=False)
    assert not corrected.findings.filter(certain=True).exists()


def every_evaluation_is_concluded() -> None:
    """By the steps that were told, each objection with its answer, no gap unexplained."""
    for told in (each for each in load_judged() if not each.drawn):
        row = Evaluation.objects.get(
            evaluated__code=told.evaluated,
            project__isnull=bool(told.whole),
            kind=told.kind,
            evaluator__code=told.evaluator,
        )
        assert row.stage == "concluded", told
        answered = list(row.objections.order_by("id").values_list("line", "outcome"))
        assert answered == [(each.line, each.outcome) for each in told.objections]
        assert row.papers.count() == len(told.papers)
        assert not row.gaps, (told.project, row.gaps)
        if told.declined:
            first = Evaluation.objects.get(
                evaluated=row.evaluated, evaluator__code=told.declined.evaluator, stage="declined"
            )
            assert first.steps.get(verb="decline_assignment").reason == told.declined.reason


def every_report_is_signed() -> None:
    """By somebody of the writer's who wrote nothing in it, with every chapter as it was written."""
    for told in load_reported():
        row = Report.objects.get(project__code=told.project, writer__code=told.writer)
        assert row.stage == "signed", told
        newest = row.versions.order_by("number").last()
        assert newest is not None
        assert newest.texts == {str(each.chapter): each.text for each in told.written}
        assert row.signed_by is not None
        writers = set(row.versions.values_list("written_by", flat=True))
        assert row.signed_by.person_id not in writers


def everything_that_the_congress_asked_is_settled() -> None:
    """Each point was answered and found satisfactory, once after a second answer."""
    rows = Inquiry.objects.filter(fiscal_year=2026)
    assert {row.title for row in rows} == {each.title for each in load_asked()}
    assert {(row.stage, row.label) for row in rows} == {("closed", "public")}


def every_unit_has_disclosed_its_year() -> None:
    """With the budget and with the accounts; those that were evaluated once more."""
    units = {each.fact.unit for each in the_year().ventures}
    packs = DisclosurePack.objects.published().filter(fiscal_year=2026)
    for occasion in ("budget", "accounts"):
        done = packs.filter(occasion=occasion).values_list("organisation__code", flat=True)
        assert set(done) == units, occasion
    again = packs.filter(number=2).values_list("organisation__code", flat=True)
    assert sorted(again) == sorted(each.unit for each in load_disclosed().again)


def next_years_money_is_decided() -> None:
    """As proposed, but for a few with their reasons; base and steps make the result, to the fen."""
    rows = ResultProposal.objects.standing().filter(fiscal_year=2027)
    assert rows.count() == len(the_year().ventures)
    assert set(rows.values_list("stage", flat=True)) == {"decided"}
    for row in rows:
        steps = (Decimal(each["amount"]) for each in row.record["proposal"]["steps"])
        assert row.base + sum(steps) == row.result
    otherwise = [
        each for each in ResultDecision.objects.all() if each.amount != each.proposal.result
    ]
    assert {each.proposal.project.code for each in otherwise} == {
        each.project for each in load_results().differs
    }
    assert all(each.reason for each in otherwise)
    assert UseAccount.objects.count() == len(load_results().accounts)


def what_was_wrong_is_put_right() -> None:
    """Each letter went out; what it asked for went by the steps that were told."""
    for letter in load_letters():
        row = Feedback.objects.get(
            project__code=letter.project, fiscal_year=2026, document_number=letter.audit
        )
        assert row.rectifications.count() == len(letter.demands)
        for each in letter.demands:
            asked = row.rectifications.get(demand=each.demand)
            taken = list(asked.steps.order_by("id").values_list("verb", flat=True))
            assert taken == [step.verb for step in each.steps]


def what_was_decided_stands_in_the_next_year() -> None:
    """From the finding to the line and back: goals, lines and money are those of the decision."""
    told = load_next_year()
    for each in told.projects:
        decision = ResultDecision.objects.standing().get(proposal__project__code=each.code)
        version = GoalVersion.objects.in_force().get(project__code=each.code, fiscal_year=2027)
        assert version.decision == decision
        assert goal_from_record(version.record).goal.budget == decision.amount
        lines = BudgetLine.objects.standing().filter(project__code=each.code, fiscal_year=2027)
        assert sum(line.initial for line in lines) == decision.amount
        keys = set(version.indicators.values_list("key", flat=True))
        assert keys >= {line.key for line in each.lines}
        page = Client().get(reverse("project-results", args=[version.project_id]))
        assert page.content.decode().count("与决定一致") == 2, "goals and lines"
    assert not Alert.objects.filter(fiscal_year=2027).exists(), "money and goals go by the plan"


def citizens_are_answered() -> None:
    """Everybody who said something has the unit's answer."""
    rows = ServiceEvaluation.objects.filter(fiscal_year=2026)
    assert rows.count() == sum(len(each.said) for each in load_heard())
    assert set(rows.values_list("stage", flat=True)) == {"answered"}


def every_score_recomputes() -> None:
    """Every sheet, form and panel adds up to what was kept, under the pack of its day."""
    packs = load_packs()
    for sheet in ScoreSheet.objects.select_related("evaluation"):
        assert score_sheet(sheet_of(sheet), pack=packs[sheet.evaluation.pack]).total == sheet.total
    for version in FormVersion.objects.filter(fiscal_year=2026, stage="published"):
        found = derived(version)
        kept = version.findings.order_by("id").values_list("code", "indicator", "certain")
        assert [(each.code, each.indicator, each.certain) for each in found] == list(kept)
    hospital = Project.objects.get(code=story_codes()["hospitals"]["quality"])
    panel = panel_for(People.known().budget, hospital, year=2026)
    assert panel.score is not None
    assert panel.score.without["social"] != panel.score.score, "its evaluation has counted"
