"""= or no sign: this much, and more is as good; under 成本 less is as good.

A target of nothing (0起, 0次) is the exception: anything more misses it.
"""

from gongzhi.core.indicators.comparing import NOTHING, compared
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.numbers import number
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach, plain
from gongzhi.core.terms import Said


def fits(promise: Promise) -> bool:
    """A number with = or without a sign."""
    return promise.number is not None and promise.number.sign in ("", "=")


def reached(promise: Promise, result_text: str | None) -> Reach:
    """Compared like ≥, or like ≤ where less is better."""
    achieved = number(result_text)
    assert promise.number is not None, "an equal target is a number"
    if promise.number.value or achieved is None or achieved.value <= 0:
        return compared(promise, result_text)
    return Reach(
        said=Said("目标为零，实际不为零"),
        met=False,
        share=NOTHING,
        arithmetic=f"{plain(achieved.value)} > 0",
    )


KIND = Kind(name="equal", fits=fits, reached=reached)
