"""Compensation as values: floors, like cases, sums that tell of nobody, what is late."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.compensating import (
    Part,
    Treated,
    by_situation,
    in_groups,
    is_late,
    to_explain_since,
    why_below,
    why_not_parted,
    why_unequal,
)

TOLERANCE = Fraction(1, 1000)
DUE, LATER, LAST = date(2026, 4, 1), date(2026, 4, 20), date(2026, 5, 6)
MONEY = st.decimals(1, 10**6, places=2)


def house(amount: str, *, floor: str = "100", difference: str = "") -> Treated:
    return Treated(
        situation="住宅",
        standard="第三条",
        amount=Decimal(amount),
        floor=Decimal(floor),
        difference=difference,
    )


def test_an_amount_below_its_floor_is_refused_to_the_cent():
    assert why_below(Decimal("99.99"), floor=Decimal(100)) is not None
    assert why_below(Decimal(100), floor=Decimal(100)) is None


def test_s60_an_exception_with_a_reason_is_nobodys_measure():
    usual, exception = house("120"), house("125", difference="重度残疾")
    assert why_unequal(house("120"), [usual, exception], tolerance=TOLERANCE) is None
    assert why_unequal(house("125"), [usual, exception], tolerance=TOLERANCE) is not None
    assert why_unequal(exception, [usual], tolerance=TOLERANCE) is None


def test_s60_without_a_floor_the_standard_alone_is_compared():
    free = house("50", floor="0")
    assert why_unequal(house("70", floor="0"), [free], tolerance=TOLERANCE) is None
    assert why_unequal(house("120"), [free], tolerance=TOLERANCE) is not None


@given(st.lists(MONEY, min_size=1, max_size=8), MONEY)
def test_like_cases_are_equal_whatever_they_are_worth(floors: list[Decimal], times: Decimal):
    cases = [house(str(each * times), floor=str(each)) for each in floors]
    (alike,) = by_situation(cases, tolerance=TOLERANCE)
    assert alike.is_equal
    assert alike.count == len(floors)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), MONEY), max_size=40))
def test_w04_a_public_sum_never_grows_by_fewer_payees_than_a_group(shares):
    sums = [in_groups(shares[:n], least=5) for n in range(len(shares) + 1)]
    counts = [0 if each is None else each.count for each in sums]
    for one, other in zip([0, *counts], counts, strict=False):
        if other > one:
            assert len({payee for payee, _ in shares[one:other]}) >= 5


def test_instalments_make_up_the_whole():
    assert why_not_parted([Decimal(60), Decimal(60)], whole=Decimal(120)) is None
    assert why_not_parted([Decimal(60)], whole=Decimal(120)) is not None


def test_each_day_that_passes_unpaid_owes_an_explanation():
    late = Part(due_on=DUE, amount=Decimal(1))
    assert not is_late(late, today=DUE)
    assert is_late(late, today=LATER)
    assert to_explain_since(late, today=LATER) == DUE
    explained = Part(due_on=DUE, amount=Decimal(1), explained=((LATER, LATER),))
    assert to_explain_since(explained, today=LATER) is None
    assert to_explain_since(explained, today=LAST) == LATER
    paid = Part(due_on=DUE, amount=Decimal(1), paid_on=LATER)
    assert not is_late(paid, today=LAST)
    assert to_explain_since(paid, today=LAST) is None
