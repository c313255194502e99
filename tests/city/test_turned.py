"""How the year is judged: every step can be taken on its day, by somebody who may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.asked import load_asked
from gongzhi.city.invented.calendar import LAST_DAY, LIVES_UNTIL
from gongzhi.city.invented.decided import load_results
from gongzhi.city.invented.disclosed import load_disclosed
from gongzhi.city.invented.heard import load_heard
from gongzhi.city.invented.judged import Judged, judged_deeds, load_judged
from gongzhi.city.invented.next_year import load_next_year
from gongzhi.city.invented.own_evaluations import load_own_evaluations
from gongzhi.city.invented.own_forms import written
from gongzhi.city.invented.told_results import load_letters
from gongzhi.city.living.beginnings import PACK
from gongzhi.core.audit import check_form
from gongzhi.core.inquiring import InquiryKind, Satisfaction
from gongzhi.core.official import MoneyLine
from gongzhi.core.official.money import NO_MONEY
from gongzhi.core.rectifying.stages import RectificationStage, step_to_take
from gongzhi.core.scoring.frame import HowScored
from gongzhi.core.self_evaluating import EvaluatedIndicator, SelfEvaluation
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on, working_days_between
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation

JUDGED = [pytest.param(each, id=f"{each.story}-{each.kind}") for each in load_judged()]
CLAUSE_4_13 = 60  # working days after the year


def frame_of(judged: Judged):
    frame = load_evaluation(PACK).frame_of(judged.kind)
    assert frame is not None
    return frame


@pytest.mark.parametrize("judged", JUDGED)
def test_every_line_has_its_points_with_a_reason_where_something_is_missing(judged: Judged):
    frame, marks = frame_of(judged), {mark.line: mark for mark in judged.marks}
    assert len(marks) == len(judged.marks)
    for mark in judged.marks:
        line = frame.line(mark.line)
        assert line is not None, mark.line
        assert mark.points <= line.weight
        assert mark.reason or mark.points == line.weight, mark.line
    unmarked = [line for line in frame.lines if line.code not in marks]
    assert all(line.how is HowScored.REACHED for line in unmarked), "facts score the others"


@pytest.mark.parametrize("judged", JUDGED)
def test_steps_follow_one_another_within_their_days(judged: Judged, city: CityYear):
    calendar = load_calendar()
    kind = load_evaluation(PACK).kind(judged.kind)
    assert kind is not None
    days = [judged.chosen_on, judged.accepted_on, judged.drafted_on, judged.handed_in_on]
    assert days == sorted(days)
    assert all(judged.accepted_on <= paper.on <= judged.handed_in_on for paper in judged.papers)
    assert working_days_between(days[0], days[3], calendar=calendar) <= kind.days.hand_in
    same = (judged.project, judged.whole)
    panel = [each for each in load_judged() if (each.project, each.whole) == same]
    if judged.declined:
        assert judged.declined.chosen_on < judged.declined.on <= judged.chosen_on
    assert judged.sent_on > max(each.handed_in_on for each in panel), "all open together"
    until = due_on(judged.sent_on, working_days=kind.days.object, calendar=calendar).on
    for each in judged.objections:
        assert judged.sent_on < each.on <= until
        taken = working_days_between(each.on, each.answered_on, calendar=calendar)
        assert 0 < taken <= kind.days.answer
    heard = [each.answered_on for each in judged.objections]
    heard += [judged.acknowledged.on] if judged.acknowledged else []
    assert judged.concluded.on > max(heard, default=until)
    codes = {body.code for body in city.bodies}
    for deed in judged_deeds(judged.story):
        assert calendar.works_on(deed.on), deed
        assert LAST_DAY < deed.on <= LIVES_UNTIL
        assert deed.by in codes or (judged.drawn and not deed.by), "the lot says who"


def test_an_objection_is_upheld_and_another_dismissed():
    outcomes = {each.outcome for judged in load_judged() for each in judged.objections}
    assert {"upheld", "dismissed"} <= outcomes


def test_the_congress_is_answered_in_time_on_every_point_and_once_anew(city: CityYear):
    calendar = load_calendar()
    codes = {body.code for body in city.bodies}
    for asked in load_asked():
        days = 10 if asked.kind is InquiryKind.QUESTION else 60
        until = due_on(asked.on, working_days=days, calendar=calendar).on
        assert asked.addressed in codes
        assert {each.point for each in asked.answers} == {*range(1, len(asked.points) + 1)}
        for each in asked.answers:
            assert asked.on < each.on < each.assessed_on < asked.published_on <= LIVES_UNTIL
            assert each.on <= until
            assert each.remark or each.satisfaction is not Satisfaction.UNSATISFIED
            assert calendar.works_on(each.on)
            assert calendar.works_on(each.assessed_on)
    found = [each.satisfaction for asked in load_asked() for each in asked.answers]
    assert Satisfaction.UNSATISFIED in found


def test_units_disclose_on_working_days_and_a_few_late(city: CityYear):
    calendar = load_calendar()
    told = list(load_disclosed().of(city))
    for each in told:
        days = [each.drafted_on, each.reviewed_on, each.published_on]
        assert days == sorted(days)
        assert all(calendar.works_on(day) for day in days), each
        assert each.published_on <= LIVES_UNTIL
    budgets = [each.published_on for each in told if each.occasion == "budget"]
    late = [day for day in budgets if day > date(2026, 2, 9)]
    assert 0 < len(late) < len(budgets) / 5


def test_money_is_decided_after_all_is_concluded_and_its_use_told_in_time():
    results, calendar = load_results(), load_calendar()
    concluded = max(each.concluded.on for each in load_judged())
    assert concluded < results.proposed_on < results.decided_on
    taken = working_days_between(results.proposed_on, results.decided_on, calendar=calendar)
    assert taken <= 20
    for each in results.differs:
        assert results.proposed_on < each.on < results.decided_on
        assert each.reason
    for each in results.accounts:
        assert working_days_between(results.decided_on, each.on, calendar=calendar) <= 20


def test_what_is_put_right_goes_by_its_steps_and_one_is_still_under_way():
    calendar, ends = load_calendar(), []
    marked = {(each.project, each.evaluator): each.marks for each in load_judged()}
    for letter in load_letters():
        assert calendar.works_on(letter.on)
        for demanded in letter.demands:
            if letter.audit:
                assert demanded.found
            else:
                lines = {mark.line: mark for mark in marked[letter.project, demanded.evaluator]}
                assert lines[demanded.line].reason, "the line lost points"
            stage, before = RectificationStage.OPEN, letter.on
            for each in demanded.steps:
                assert calendar.works_on(each.on), each
                assert before < each.on <= LIVES_UNTIL
                taken = step_to_take(stage, each.verb, reason=each.text or "—")
                assert not isinstance(taken, Said), (each, taken)
                stage, before = taken.to, each.on
            ends.append(stage)
    assert set(ends) == {RectificationStage.PASSED, RectificationStage.PLANNED}


def test_decisions_become_next_years_goals_and_lines_in_time(city: CityYear):
    told, calendar = load_next_year(), load_calendar()
    days = [
        load_results().decided_on,
        told.drafted_on,
        told.submitted_on,
        told.forwarded_on,
        told.approved_on,
        told.budget_on,
    ]
    assert days == sorted(days)
    assert all(calendar.works_on(day) for day in days)
    assert told.budget_on < LIVES_UNTIL
    judged = {each.project for each in load_judged()}
    for each in told.projects:
        before = city.venture(each.code).goal
        goal = each.goal(before)
        assert each.code in judged, "what changes was found by somebody"
        assert {line.key for line in goal.indicators} >= {new.key for new in each.lines}
        weights = [sum(line.weight or 0 for line in one.indicators) for one in (before, goal)]
        assert weights[0] == weights[1]
    months = told.months(Decimal(4200))
    assert sum(months) == 4200
    assert not any(months[: told.paid_from - 1])


def test_citizens_are_enough_to_be_told_of_and_are_answered_in_time():
    rules, calendar = load_evaluation(PACK).citizens, load_calendar()
    for heard in load_heard():
        assert len(heard.said) >= rules.shown_least
        taken = working_days_between(heard.on, heard.answered_on, calendar=calendar)
        assert 0 < taken <= rules.answer_days
        assert all(each.text for each in heard.said)


def test_a_few_units_are_late_with_their_own_and_most_are_not(city: CityYear):
    due = due_on(LAST_DAY, working_days=CLAUSE_4_13, calendar=load_calendar()).on
    units = {body.code: body for body in city.units}
    days = [load_own_evaluations().days(each, units[each.fact.unit]) for each in city.ventures]
    late = [out_on for _, out_on in days if out_on > due]
    assert all(drafted < published for drafted, published in days)
    assert 0 < len(late) < len(days) / 20


FACTS = SelfEvaluation(
    project="桥",
    year=2026,
    money=replace(NO_MONEY, total=MoneyLine(initial=Decimal(100), paid=Decimal(90))),
    execution_weight=Decimal(10),
    goal="吊装96个节段",
    indicators=(
        EvaluatedIndicator(
            level1="产出指标",
            level2="数量指标",
            name="节段",
            target="≥96节段",
            done="90节段",
            weight=Decimal(80),
        ),
        EvaluatedIndicator(
            level1="满意度指标",
            level2="服务对象满意度指标",
            name="居民满意度",
            target="≥85%",
            done="88%",
            weight=Decimal(10),
        ),
    ),
)


def codes_of(form) -> set[str]:
    checked = check_form(form, pack=load_packs()[PACK])
    return {finding.code for finding in checked.findings if finding.certain}


def test_what_a_unit_writes_from_the_facts_differs_nowhere_and_says_why_a_line_was_missed():
    own = load_own_evaluations()
    made = written(FACTS, pack=load_packs()[PACK], words=own.words)
    assert made.reasons == {}
    assert codes_of(made.form) == set()
    missed, asked = made.form.indicators
    assert missed.reason == own.words.missed
    assert "问卷" in (asked.reason or "")


@pytest.mark.parametrize("fault", load_own_evaluations().faults, ids=lambda each: each.kind)
def test_the_checks_find_each_fault_that_a_unit_makes(fault):
    made = written(FACTS, pack=load_packs()[PACK], words=load_own_evaluations().words, fault=fault)
    found = check_form(made.form, pack=load_packs()[PACK]).findings
    assert found, fault.kind
    if fault.kind in ("full_marks", "copied"):
        assert set(made.reasons.values()) == {fault.reason}, "the form asks why"
