"""Putting right, step by step; plans and reports that hold."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.rectifying.letters import LineFound, lines_as_record, lines_from_record
from gongzhi.core.rectifying.plans import (
    Measure,
    faults_of_plan,
    faults_of_report,
    measures_as_record,
    measures_from_record,
)
from gongzhi.core.rectifying.stages import (
    TRANSITIONS,
    UNFINISHED,
    WAY,
    RectificationSide,
    RectificationStage,
    step_to_take,
    steps_open_to,
)
from gongzhi.core.terms import Said, Text

TODAY, DUE = date(2026, 4, 1), date(2026, 6, 30)
STAGES = list(RectificationStage)
VERBS = sorted({each.verb for each in TRANSITIONS})


def measure(**more) -> Measure:
    return Measure(
        **{"what": "补签合同", "responsible": "财务科", "until": date(2026, 5, 1)} | more
    )


def test_what_has_passed_is_over_and_everything_else_leads_there():
    assert steps_open_to(RectificationStage.PASSED) == ()
    reached, way = set(), {RectificationStage.OPEN}
    while way - reached:
        stage = (way - reached).pop()
        reached.add(stage)
        way |= {each.to for each in steps_open_to(stage)}
    assert reached == set(WAY)
    assert set(WAY) - set(UNFINISHED) == {RectificationStage.PASSED}


def test_the_unit_never_checks_and_finance_never_plans():
    by_unit = {each.verb for each in TRANSITIONS if each.side is RectificationSide.UNIT}
    by_finance = {each.verb for each in TRANSITIONS if each.side is RectificationSide.FINANCE}
    assert by_finance == {"return_rectification", "pass_rectification"}
    assert not by_unit & by_finance


@given(st.sampled_from(STAGES), st.sampled_from(VERBS), st.sampled_from(["", "  ", "材料不全"]))
def test_a_step_is_one_of_the_table_or_says_why_not(stage, verb, reason):
    step = step_to_take(stage, verb, reason=reason)
    known = [each for each in TRANSITIONS if (each.stage, each.verb) == (stage, verb)]
    if isinstance(step, Said):
        assert not known or (known[0].needs_reason and not reason.strip())
    else:
        assert [step] == known


def test_no_step_but_a_plan_goes_without_words():
    without = {each.verb for each in TRANSITIONS if not each.needs_reason}
    assert without == {"plan_rectification"}


def test_a_plan_says_what_who_and_until_when():
    assert faults_of_plan([measure()], today=TODAY, due_on=DUE) == {}
    assert set(faults_of_plan([], today=TODAY, due_on=DUE)) == {"what-0"}
    empty = faults_of_plan([measure(), Measure(what="")], today=TODAY, due_on=DUE)
    assert set(empty) == {"what-1", "responsible-1", "until-1"}


def test_nothing_is_planned_for_the_past_or_for_after_the_report():
    early = faults_of_plan([measure(until=date(2026, 3, 31))], today=TODAY, due_on=DUE)
    late = faults_of_plan([measure(until=date(2026, 7, 1))], today=TODAY, due_on=DUE)
    assert early["until-0"].text == "完成日期已经过去"
    assert late["until-0"].values == {"day": "2026-06-30"}
    assert faults_of_plan([measure(until=DUE)], today=TODAY, due_on=DUE) == {}


def test_a_report_says_of_every_measure_what_became_of_it_with_evidence():
    done = measure(done="已补签", evidence="合同扫描件")
    assert faults_of_report([done], has_files=False) == {}
    assert set(faults_of_report([done, measure()], has_files=False)) == {"done-1", "evidence-1"}
    assert set(faults_of_report([measure(done="已补签")], has_files=True)) == set()


texts = st.text(max_size=40)
measures = st.lists(
    st.builds(
        Measure,
        what=texts,
        responsible=texts,
        until=st.none() | st.dates(),
        done=texts,
        evidence=texts,
    )
)


@given(measures)
def test_measures_are_kept_as_they_were(told):
    assert measures_from_record(measures_as_record(told)) == tuple(told)


points = st.decimals(min_value=0, max_value=100, places=2)


def line(weight: Decimal, got: Decimal) -> LineFound:
    words = Text(zh="合规", en="Lawful")
    return LineFound(
        evaluation="e", line="lawful", level1=words, name=words,
        weight=weight, points=got, reason="缺审批单",
    )  # fmt: skip


@given(points, points)
def test_lines_are_kept_as_they_were_told(weight, got):
    told = line(weight, got)
    assert lines_from_record(lines_as_record([told])) == (told,)
    assert told.lost + told.points == weight


def test_a_line_is_grave_below_its_share_and_not_at_it():
    assert line(Decimal(5), Decimal("2.99")).is_grave(below=Decimal("0.60"))
    assert not line(Decimal(5), Decimal(3)).is_grave(below=Decimal("0.60"))
