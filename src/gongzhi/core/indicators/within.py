"""A range: 90%-95%, 10~15天, 80至100人. Inside gives the whole, outside its distance."""

import re
from decimal import Decimal

from gongzhi.core.indicators.claimed import claimed
from gongzhi.core.indicators.comparing import WHOLE, at_least, at_most
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.numbers import DATE, LONGEST, THOUSANDS, number
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach, plain
from gongzhi.core.terms import Said

FIGURE = r"([0-9]{1,18}(?:\.[0-9]{1,12})?)"
RANGE = re.compile(rf"{FIGURE}([^0-9.~—–至-]*)(?:~|—+|–|至|-){FIGURE}([^0-9]*)")
YEARS = range(1900, 2200)


def fits(promise: Promise) -> bool:
    """Two numbers with a dash between, the smaller first; not two years, not a date."""
    return bounds(promise.text) is not None


def bounds(text: str) -> tuple[Decimal, Decimal] | None:
    """The lower and the upper end of a range in canonical text."""
    if len(text) > LONGEST or DATE.search(text):
        return None
    match = RANGE.fullmatch(THOUSANDS.sub("", text))
    if match is None or match[2] not in ("", match[4]):
        return None
    low, high = Decimal(match[1]), Decimal(match[3])
    years = low in YEARS and high in YEARS
    return None if low > high or years else (low, high)


def reached(promise: Promise, result_text: str | None) -> Reach:
    """Inside the range, or how near to it."""
    ends, achieved = bounds(promise.text), number(result_text)
    assert ends is not None, "a range has two ends"
    if achieved is None:
        return claimed(promise, result_text)
    low, high = ends
    if achieved.value < low:
        return at_least(low, achieved.value)
    if achieved.value > high:
        return at_most(high, achieved.value)
    return Reach(
        said=Said("在目标范围内"),
        met=True,
        share=WHOLE,
        arithmetic=f"{plain(low)} ≤ {plain(achieved.value)} ≤ {plain(high)}",
    )


KIND = Kind(name="within", fits=fits, reached=reached)
