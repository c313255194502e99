"""What a paper that comes back says, beside what is known already."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.official.test_declarations import BY, GOAL
from gongzhi.core.goals import Funds, Medium
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.official import (
    FigureOrWords,
    MoneyLine,
    MonitoredIndicator,
    MonitoringSheet,
    Sources,
    State,
    compared,
    compared_money,
    declared,
    figure_of,
    period_of,
    taken_from,
    unplaced,
)
from gongzhi.core.official.periods import period_text

months = st.tuples(st.integers(1990, 2090), st.integers(1, 12))
figures = st.decimals(min_value=-(10**9), max_value=10**12, places=4, allow_nan=False)
KEPT = MonitoringSheet(
    money=Sources(
        total=MoneyLine(initial=Decimal(100), paid=Decimal(40)),
        fiscal=MoneyLine(), carried=MoneyLine(), other=MoneyLine(),
    ),
    indicators=(
        MonitoredIndicator(name="新建里程", done="76公里"),
        MonitoredIndicator(name="合格率"),
    ),
)  # fmt: skip


@given(opens=months, closes=months)
def test_a_period_reads_back_as_the_months_that_it_prints(opens, closes):
    first, last = sorted((opens, closes))
    goal = replace(GOAL, starts_on=date(*first, 1), ends_on=end_of(*last))
    assert period_of(period_text(goal)) == (goal.starts_on, goal.ends_on)
    assert taken_from(declared(goal, by=BY)).starts_on == goal.starts_on


@pytest.mark.parametrize(
    "text", ["", "2026", "长期", "2026年13月—2027年1月", "2027年1月—2026年1月"]
)
def test_what_is_no_period_changes_no_day(text):
    known = replace(GOAL, starts_on=date(2026, 1, 15), ends_on=date(2026, 12, 3))
    told = replace(declared(known, by=BY), period=text)
    back = taken_from(told, known=known)
    assert (back.starts_on, back.ends_on) == (known.starts_on, known.ends_on)


def test_days_inside_a_month_stay_where_the_form_prints_only_the_month():
    known = replace(GOAL, starts_on=date(2026, 1, 15), ends_on=date(2026, 12, 3))
    assert taken_from(declared(known, by=BY), known=known) == known


def test_what_a_draft_has_no_field_for_is_named():
    sheet = declared(GOAL, by=BY)
    assert unplaced(sheet, known=GOAL) == ()
    more = replace(sheet, functional="2050202", period="长期")
    assert [label.text for label in unplaced(more, known=GOAL)] == ["项目期", "支出功能分类"]


def test_every_box_of_a_declaration_reads_back_equal():
    full = replace(
        GOAL,
        nature="新增项目",
        funds=Funds(fiscal=Decimal(40_000_000), carried=Decimal("1234567.89")),
        medium=Medium(text="三年建成", budget=Decimal(10**8), funds=Funds(other=Decimal(10**8))),
        indicators=(replace(GOAL.indicators[0], medium="≥360公里"), GOAL.indicators[1]),
    )
    sheet = declared(full, by=BY)
    assert taken_from(sheet, known=GOAL) == full
    assert unplaced(sheet, known=GOAL) == ()
    assert declared(taken_from(sheet), by=BY) == sheet
    assert taken_from(declared(GOAL, by=BY), known=full) == full, "silence takes nothing away"


@given(value=figures, unit=st.sampled_from(["公里", "%", "人次", ""]))
def test_a_figure_that_is_written_with_its_unit_is_read_again(value, unit):
    assert figure_of(f"{value:f}{unit}", target=f"≥1{unit}") == FigureOrWords(value=value)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("", FigureOrWords()),
        ("—", FigureOrWords()),
        ("１，２００", FigureOrWords(value=Decimal(1200))),
        ("已完工", FigureOrWords(words="已完工")),
        ("≥76公里", FigureOrWords(words="≥76公里")),
        ("76米", None),
    ],
)
def test_what_a_box_says_is_a_figure_or_words(text, figure):
    assert figure_of(text, target="≥120公里") == figure


def test_each_line_stands_beside_what_is_kept():
    lines = (
        MonitoredIndicator(name=" 新建里程", done="76"),
        MonitoredIndicator(name="合格率", done="98.5%"),
        MonitoredIndicator(name="新建里程", done="80"),
    )
    found = compared(MonitoringSheet(indicators=lines), kept=KEPT, goal=GOAL)
    assert [(line.key, line.state) for line in found] == [
        ("a", State.SAME), ("b", State.NEW), ("", State.UNKNOWN),
    ]  # fmt: skip
    other = replace(lines[0], done="80公里"), replace(lines[1], done="")
    found = compared(MonitoringSheet(indicators=other), kept=KEPT, goal=GOAL)
    assert [line.state for line in found] == [State.DIFFERS, State.SILENT]
    miles = compared(
        MonitoringSheet(indicators=(replace(lines[0], done="76英里"),)), kept=KEPT, goal=GOAL
    )
    assert miles[0].state is State.OTHER_UNIT


def test_money_that_a_sheet_leaves_out_is_not_compared():
    told = replace(KEPT, money=replace(KEPT.money, total=MoneyLine(paid=Decimal(41))))
    (paid,) = compared_money(told, kept=KEPT)
    assert (paid.stated, paid.kept, paid.state) == (41, 40, State.DIFFERS)
    assert [each.state for each in compared_money(KEPT, kept=KEPT)] == [State.SAME] * 3
