"""Two printed numbers against each other: the share of a target that was reached.

DOMAIN rule: reached gives the whole; not reached gives result ÷ target, and
target ÷ result where less is better; never above the whole, never below nothing.
"""

from decimal import Decimal
from fractions import Fraction

from gongzhi.core.indicators.amounts import TEN_THOUSAND
from gongzhi.core.indicators.claimed import claimed
from gongzhi.core.indicators.numbers import Number, number
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach, plain
from gongzhi.core.terms import Said

WHOLE = Fraction(1)
NOTHING = Fraction(0)
MYRIAD = "万"
HUNDRED = 100


def compared(promise: Promise, result_text: str | None) -> Reach:
    """The share of a numeric target that a result reached, in the target's direction."""
    promised, achieved = promise.number, number(result_text)
    assert promised is not None, "only numeric targets are compared"
    if achieved is None:
        return claimed(promise, result_text)
    value = in_unit_of(promised, achieved)
    if promise.less_is_better:
        return at_most(promised.value, value)
    return at_least(promised.value, value)


def at_least(promised: Decimal, achieved: Decimal) -> Reach:
    """More is better."""
    if achieved >= promised:
        return Reach(
            said=Said("达到目标"),
            met=True,
            share=WHOLE,
            excess=_ratio(achieved, promised) - 1 if promised > 0 else None,
            arithmetic=f"{plain(achieved)} ≥ {plain(promised)}",
        )
    return Reach(
        said=Said("未达到目标，按完成值与目标值之比计"),
        met=False,
        share=_quotient(achieved, promised),
        arithmetic=f"{plain(achieved)} ÷ {plain(promised)}",
    )


def at_most(promised: Decimal, achieved: Decimal) -> Reach:
    """Less is better."""
    if achieved <= promised:
        return Reach(
            said=Said("没有超过上限"),
            met=True,
            share=WHOLE,
            arithmetic=f"{plain(achieved)} ≤ {plain(promised)}",
        )
    return Reach(
        said=Said("超过上限，按目标值与完成值之比计"),
        met=False,
        share=_quotient(promised, achieved),
        arithmetic=f"{plain(promised)} ÷ {plain(achieved)}",
    )


def in_unit_of(promised: Number, achieved: Number) -> Decimal:
    """The result in the target's unit: 65000元 against 6万元, 0.96 against 95%."""
    value = achieved.value
    if promised.is_per_cent and not achieved.unit and 0 < value <= 1 < promised.value:
        return value * HUNDRED
    if promised.unit == MYRIAD + achieved.unit and achieved.unit:
        return value / TEN_THOUSAND
    if achieved.unit == MYRIAD + promised.unit and promised.unit:
        return value * TEN_THOUSAND
    return value


def _quotient(part: Decimal, whole: Decimal) -> Fraction:
    if part <= 0 or whole <= 0:
        return NOTHING
    if part >= whole:
        return WHOLE
    return _ratio(part, whole)


def _ratio(part: Decimal, whole: Decimal) -> Fraction:
    (above, below), (over, under) = part.as_integer_ratio(), whole.as_integer_ratio()
    return Fraction(above * under, below * over)
