"""The nine stories alone, lived from their first day to their last, without the rest of the city.

What the stories tell once the year is over is done by deeds, each leads to the next, and each step
of a tour shows whoever sits in its seat what it names. The whole city is lived in test_living.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db.models import F
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from apps.city import test_living as whole
from apps.city.demo import as_a_demo
from gongzhi.city.cast import ten_seats
from gongzhi.city.growing import grow
from gongzhi.city.invented import CityYear, the_year
from gongzhi.city.invented.calendar import LIVES_UNTIL
from gongzhi.city.invented.judged import load_judged
from gongzhi.city.invented.negotiated import load_negotiated
from gongzhi.city.invented.own_evaluations import load_own_evaluations
from gongzhi.city.invented.panelled import load_panelled
from gongzhi.city.invented.spoken import load_spoken
from gongzhi.city.invented.surveyed import load_surveyed
from gongzhi.city.invented.telling import code_named, story_codes
from gongzhi.city.invented.voted import load_voted
from gongzhi.city.living import live_until
from gongzhi.city.living.voting import vote_of
from gongzhi.core.scoring.sheet import score_sheet
from gongzhi.cycle.actions.draws import lots_by
from gongzhi.cycle.auditing import audit_everything
from gongzhi.cycle.evaluated_facts import sheet_of
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import Draw, Evaluation, Evidence, GoalVersion, ScoreSheet
from gongzhi.forum.models import (
    Compensation,
    JointProject,
    MarketQuestion,
    Negotiation,
    Panel,
    PanelOpinion,
    Voice,
    VoiceAnswer,
)
from gongzhi.rules.packs import load_packs
from gongzhi.trust.sequencing import sequence

pytestmark = [pytest.mark.django_db, pytest.mark.unadopted]
DRAWS_ANNOUNCED_ON = (
    *(each.closed_on for each in load_panelled()),
    *(each.drawn.announced_on for each in load_judged() if each.drawn),
)


class OneYear(TestCase):
    """What the fixture below writes is undone once all tests here are through."""


@pytest.fixture(autouse=True)
def own_log() -> None:
    """All tests here share the log of their city."""


def of_the_stories(city: CityYear) -> CityYear:
    """The year with the stories' projects, and those whose own forms are told to be wrong."""
    wrong = {each.unit for each in load_own_evaluations().faults}
    others = sorted((each for each in city.ventures if not each.story), key=lambda each: each.code)
    firsts = {each.fact.unit: each for each in reversed(others) if each.fact.unit in wrong}
    told = [each for each in city.ventures if each.story or each in firsts.values()]
    return replace(city, ventures=tuple(told))


@pytest.fixture(scope="module")
def lived(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The year of the stories' eighteen projects, to the last day of the demo."""
    key_file: Path = tmp_path_factory.mktemp("keys") / "log"
    demo = override_settings(LOG_KEY_FILE=key_file, LOG_PUBLISH_PAUSE_S=0)
    told = of_the_stories(the_year())
    with as_a_demo(), demo, django_db_blocker.unblock():
        OneYear.setUpClass()
        grow(year=True, city=told)
        for day in DRAWS_ANNOUNCED_ON:
            live_until(day, city=told)
            sequence()  # the seed of a draw is the next checkpoint that is signed
        live_until(LIVES_UNTIL, city=told)
        sequence()
        yield
        OneYear.tearDownClass()


def test_every_evaluation_is_concluded_and_one_assignment_was_declined(lived):
    whole.every_evaluation_is_concluded()


def test_who_evaluates_the_schools_was_drawn_by_lot_and_drawn_again_comes_out_the_same(lived):
    draw = Draw.objects.get(project__code=code_named("fair"))
    assert draw.stage == Draw.Stage.DRAWN
    assert lots_by(draw) == draw.lots
    drawn = Evaluation.objects.get(project=draw.project, kind=draw.kind)
    assert [drawn.evaluator.code] == list(draw.drawn())
    assert drawn.stage == "concluded"
    assert not drawn.gaps


def test_reports_are_signed_by_somebody_who_did_not_write_them(lived):
    whole.every_report_is_signed()


def test_what_was_wrong_is_put_right_what_auditors_found_too(lived):
    whole.what_was_wrong_is_put_right()


def test_the_congress_and_citizens_are_answered(lived):
    whole.everything_that_the_congress_asked_is_settled()
    whole.citizens_are_answered()


def test_what_was_decided_stands_in_the_next_year(lived):
    whole.what_was_decided_stands_in_the_next_year()


def test_a_reading_of_satisfaction_rests_on_a_survey(lived):
    grounds = Evidence.objects.filter(kind="survey").order_by("made_on")
    telephoned, on_paper = grounds
    assert telephoned.reading.organisation.code == "YH-505"
    assert on_paper.reading.survey_result.survey.title == load_surveyed()[1].title
    assert all(0 < each.answered < each.asked for each in grounds)


def test_every_score_recomputes_and_the_audit_finds_nothing(lived):
    packs = load_packs()
    for sheet in ScoreSheet.objects.select_related("evaluation"):
        assert score_sheet(sheet_of(sheet), pack=packs[sheet.evaluation.pack]).total == sheet.total
    assert list(audit_everything()) == [], "as gongzhi ledger audit says"


@pytest.mark.parametrize("seat", [seat.username for seat in ten_seats()])
def test_every_later_step_of_a_tour_shows_its_seat_what_it_names(lived, seat: str):
    wrong = [
        (step.page, step.about, step.sees)
        for step, words in whole.shown_round(seat)
        if step.since > whole.OPENS_ON and step.sees not in words.partition("</header>")[2]
    ]
    assert wrong == []


@pytest.mark.parametrize("code", story_codes())
def test_nothing_of_a_story_is_still_to_come(lived, code: str):
    page = Client().get(reverse("demo-story", args=[code])).content.decode()
    assert "走到这一天" not in page.partition('id="coming"')[2]


def test_a_residents_voice_moved_a_target_of_the_community_centre(lived: None) -> None:
    told = {each.text: each.key for each in load_spoken()}
    heard = {told[row.text]: row for row in Voice.objects.with_facts()}
    assert set(heard) == set(told.values())
    assert heard["walk"].merged_into == heard["meals"]
    assert heard["garage"].answers.get().outcome == "declined"
    assert heard["meals"].process is not None
    change = heard["served"].change
    assert (change.old, change.new, change.end) == ("≥18000人次", "≥18500人次", "approved")
    assert change.decided is not None
    assert heard["served"].supports.count() == len(load_spoken()[4].supported)
    assert not VoiceAnswer.objects.filter(answered_on__gt=F("due_on")).exists()


def test_costs_and_carrying_together_stand_in_the_processes_that_invite_them(lived: None) -> None:
    asked = MarketQuestion.objects.exclude(process=None).values_list("item", "process__template")
    assert list(asked) == [("屋顶光伏系统单位造价（含安装）", "goals")]
    assert JointProject.objects.get().process.template == "joint"


def test_a_panel_of_residents_was_drawn_and_every_opinion_of_it_is_closed(lived: None) -> None:
    told = load_panelled()[0]
    panel = Panel.objects.with_facts().get(title=told.title)
    assert panel.volunteers.filter(stage="seated").count() == told.size
    assert panel.lottery.drawn_on == told.drawn_from
    opinions = PanelOpinion.objects.filter(panel=panel)
    assert opinions.count() == len(told.opinions)
    assert not opinions.exclude(stage="answered", answered_on__lte=F("due_on")).exists()


def test_the_old_town_signs_and_its_payments_stand_in_the_ledger(lived: None) -> None:
    told = load_negotiated()
    table = Negotiation.objects.get(title=told.title)
    assert table.stage == "signed"
    assert table.settlements.get().signatures.filter(agrees=True).count() == len(table.seated())
    rows = Compensation.objects.filter(project__code=told.project)
    promised = sum(each.verb == "promise_compensation" for each in told.steps)
    agreed = table.settlements.get().transfers.count()
    assert rows.count() == promised + agreed
    assert rows.filter(instalments__explanations__isnull=False).distinct().count() == 2
    assert rows.get(organisation__code="YH-502").stage == "paid"


def test_residents_voted_on_a_fund_and_on_next_year_and_what_won_is_carried_on(lived: None) -> None:
    fund, following = load_voted()
    won = {}
    for told in (fund, following):
        vote = vote_of(told)
        assert vote.stage == "closed"
        assert vote.project.code == told.project
        won[told.key] = list(vote.proposals.filter(stage="won"))
        assert all(each.became is not None for each in won[told.key])
    assert {each.number for each in won["fund"]} == {2, 4, 5}
    drafted = {goals.number for goals in following.budgeting.goals}
    assert {each.number for each in won["next"]} == drafted
    for each in won["next"]:
        version = GoalVersion.objects.in_force().get(project=each.became, fiscal_year=2027)
        assert goal_from_record(version.record).goal.budget == each.cost_yuan
