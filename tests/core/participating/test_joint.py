"""A project carried together: nothing is accepted twice, and both sides stand beside each other."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.joint import (
    Agreement,
    Licensed,
    Side,
    Stated,
    may_raise_money,
    side_by_side,
    why_not_accepted,
    why_not_reconciled,
)

QUANTITIES = st.decimals(min_value="0.01", max_value="1000", places=2)
DAY = date(2026, 9, 1)


def stated(side: Side, quantity: str | Decimal, *, thing: str = "cement", on: date = DAY) -> Stated:
    return Stated(thing=thing, side=side, quantity=Decimal(quantity), on=on)


@given(QUANTITIES, st.lists(st.tuples(QUANTITIES, QUANTITIES), max_size=10))
def test_whatever_is_tried_no_more_is_accepted_than_needed(
    needed: Decimal, tries: list[tuple[Decimal, Decimal]]
):
    accepted = Decimal(0)
    for offered, asked in tries:
        why = why_not_accepted(asked, offered=offered, needed=needed, accepted=accepted)
        if why is None:
            assert asked <= offered
            accepted += asked
    assert accepted <= needed


def test_nothing_and_less_than_nothing_is_not_accepted():
    for quantity in ("0", "-1"):
        assert why_not_accepted(
            Decimal(quantity), offered=Decimal(5), needed=Decimal(5), accepted=Decimal(0)
        )


def test_two_sides_that_say_the_same_agree():
    (both,) = side_by_side([
        stated(Side.GIVER, "3"), stated(Side.GIVER, "2"), stated(Side.RECEIVER, "5")
    ])  # fmt: skip
    assert both.agreement is Agreement.AGREE


def test_a_side_that_has_said_nothing_is_not_a_side_that_got_nothing():
    (one,) = side_by_side([stated(Side.GIVER, "3")])
    (two,) = side_by_side([stated(Side.GIVER, "3"), stated(Side.RECEIVER, "2")])

    assert (one.agreement, one.got) == (Agreement.ONE_SIDED, None)
    assert (two.agreement, two.difference) == (Agreement.DIFFER, Decimal(1))


def test_what_was_said_after_the_month_does_not_count_in_it():
    (both,) = side_by_side(
        [stated(Side.GIVER, "3"), stated(Side.RECEIVER, "3", on=date(2026, 10, 2))],
        until=date(2026, 9, 30),
    )
    assert both.agreement is Agreement.ONE_SIDED


@given(st.lists(st.tuples(st.sampled_from(Side), st.sampled_from("abc"), QUANTITIES)))
def test_sides_sum_up_whatever_the_order(rows: list[tuple[Side, str, Decimal]]):
    said = [stated(side, quantity, thing=thing) for side, thing, quantity in rows]
    one = {each.thing: each for each in side_by_side(said)}
    other = {each.thing: each for each in side_by_side(reversed(said))}
    assert one == other


def test_a_month_that_differs_is_closed_only_with_words():
    found = side_by_side([stated(Side.GIVER, "3"), stated(Side.RECEIVER, "2")])

    assert why_not_reconciled(found, note=" ") is not None
    assert why_not_reconciled(found, note="一车在路上") is None
    assert why_not_reconciled((), note="") is None


def test_only_a_licence_in_force_lets_the_public_be_asked():
    licence = Licensed(since_on=date(2026, 1, 1), until_on=date(2026, 6, 30))

    assert may_raise_money([licence], today=date(2026, 6, 30))
    assert not may_raise_money([licence], today=date(2026, 7, 1))
    assert not may_raise_money([], today=date(2026, 7, 1))
    assert may_raise_money([Licensed(since_on=DAY, until_on=None)], today=DAY)
