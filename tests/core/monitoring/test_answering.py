"""Every number of monitoring is made of its parts: what is shown is what they come to."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.monitoring.test_laws import RULES, days, facts, plans
from gongzhi.core.figure import Figure, FigureName, Part, Unit, Way, worked_out
from gongzhi.core.monitoring import Payment, day_of, sums_of
from gongzhi.core.monitoring.answering import FIGURES, answered
from gongzhi.core.monitoring.answering_together import TOGETHER, Counted, answered_together
from gongzhi.core.monitoring.case import Case
from gongzhi.core.monitoring.watching import case_of
from gongzhi.core.terms import Said
from gongzhi.words import LANGUAGES, say

CLOSE = Decimal("1e-20")
ALONE = {Way.GIVEN, Way.RULED}


def names_of(case: Case):
    months = (None, 3, case.curves.month or 12)
    keys = ("", *(each.key for each in case.plan.indicators))
    return [FigureName(what, month, key) for what in FIGURES for month in months for key in keys]


def comes_to_itself(figure: Figure) -> bool:
    """The parts of a sum that is known come to it; of one that isn't, a part is missing."""
    again = worked_out(figure)
    if figure.way in ALONE or figure.value is None:
        return True
    return again is not None and abs(again - figure.value) <= CLOSE * max(1, abs(figure.value))


@settings(max_examples=30)
@given(plan=plans, known=facts, today=days)
def test_what_is_shown_is_what_its_parts_come_to(plan, known, today):
    case = case_of(plan, known, day=day_of(RULES[1], today=today))
    for name in names_of(case):
        figure = answered(case, name)
        if figure is None:
            continue
        assert comes_to_itself(figure), figure
        for part in figure.parts:
            inner = answered(case, part.figure) if part.figure else None
            # What nobody read is no number, and counts as nothing; at most the whole counts.
            if inner and inner.value is not None and name.what != "counts":
                assert inner.value == part.value, (name, part)


@settings(max_examples=20)
@given(several=st.lists(st.tuples(plans, facts), max_size=4), today=days)
def test_many_projects_come_to_what_each_of_them_is(several, today):
    day = day_of(RULES[1], today=today)
    drawn = [case_of(plan, known, day=day).curves for plan, known in several]
    counted = [
        Counted(key=str(place), name=f"项目{place}", sums=sums_of(each))
        for place, each in enumerate(drawn)
    ]
    for what in TOGETHER:
        for month in (None, 3, 12):
            figure = answered_together(counted, FigureName(what, month))
            assert figure is None or comes_to_itself(figure), figure


@settings(max_examples=20)
@given(plan=plans, known=facts, today=days, data=st.data())
def test_another_payment_changes_the_answer(plan, known, today, data):
    if today.year != plan.year:
        return
    day = day_of(RULES[1], today=today)
    before = answered(case_of(plan, known, day=day), FigureName("paid"))
    more = Payment(paid_on=today, amount=Decimal("0.01"), key="新")
    later = replace(known, payments=(*known.payments, more))
    after = answered(case_of(plan, later, day=day), FigureName("paid"))
    assert before is not None
    assert after is not None
    assert worked_out(after) == before.value + Decimal("0.01")


@settings(max_examples=20)
@given(plan=plans, known=facts, today=days)
def test_every_figure_is_told_in_both_languages(plan, known, today):
    case = case_of(plan, known, day=day_of(RULES[1], today=today))
    for name in names_of(case):
        if figure := answered(case, name):
            for said in (figure.title, figure.formula):
                assert len({say(said, language) for language in LANGUAGES}) == len(LANGUAGES), said


def test_a_sum_of_nothing_is_nothing():
    figure = Figure(
        name=FigureName("x"),
        title=Said("预算"),
        value=Decimal(1),
        unit=Unit.MONEY,
        way=Way.SUM,
        formula=Said("各项目的数相加"),
    )
    assert worked_out(figure) == 0


@pytest.mark.parametrize(
    ("way", "values", "comes_to"),
    [
        (Way.SUM, ("1.10", "2.20"), "3.30"),
        (Way.DIFFERENCE, ("1", "3"), "-2"),
        (Way.QUOTIENT, ("1", "4"), "0.25"),
        (Way.PRODUCT, ("0.5", "0.5"), "0.25"),
    ],
)
def test_the_sum_is_done_again(way, values, comes_to):
    parts = tuple(Part(name="数", value=Decimal(each), unit=Unit.NUMBER) for each in values)
    figure = Figure(
        name=FigureName("x"),
        title=Said("预算"),
        value=None,
        unit=Unit.NUMBER,
        way=way,
        formula=Said("各项目的数相加"),
        parts=parts,
    )
    assert worked_out(figure) == Decimal(comes_to)
    capped = replace(figure, at_most=Decimal("0.1"))
    assert worked_out(capped) == min(Decimal(comes_to), Decimal("0.1"))
