"""Readers of single cells of a negotiation's file: words, money, numbers within bounds."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from gongzhi.connectors import amounts
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.balance.negotiating.case import AMOUNT_MAX, Measure, Standing
from gongzhi.core.terms import Said, SaidValues, several

T = TypeVar("T")
STANDINGS = {
    "机构": Standing.INSTITUTION, "单位": Standing.INSTITUTION, "企业": Standing.INSTITUTION,
    "institution": Standing.INSTITUTION, "居民": Standing.RESIDENT, "resident": Standing.RESIDENT,
}  # fmt: skip
MEASURES = {
    "元": Measure.MONEY, "钱": Measure.MONEY, "money": Measure.MONEY, "评分": Measure.POINTS,
    "分": Measure.POINTS, "points": Measure.POINTS,
}  # fmt: skip
AGREED = {"是": True, "否": False, "1": True, "0": False, "yes": True, "no": False}
PAYMENTS = frozenset(("floors", "offered"))
TIMES_MOST = 1000
NO_WORD = Said("看不懂“{text}”")
BETWEEN = Said("“{text}”应在 {least} 与 {most} 之间")
ABOVE = Said("“{text}”应大于 {least}，不超过 {most}")
NOT_BELOW = Said("“{text}”不能小于零")
TOO_MUCH = Said("金额“{text}”大得不合理")
CHECK_UNIT = Said("请核对金额的单位是元还是万元")
CHECK = Said("请核对这一格")
NOT_TIMES = Said("“{text}”不是倍数")
WRITE_TIMES = Said("请写成 3 或 1/3 这样，是几倍")


def word(known: Mapping[str, T]) -> Callable[[str], T | None]:
    """A reader of one of several words; None where the cell is empty."""

    def read(text: str) -> T | None:
        bare = text.strip().lower()
        if not bare:
            return None
        if bare not in known:
            names = Said("请写成这些里的一个：{known}", {"known": several(known)})
            raise Unreadable(Said(NO_WORD.text, {"text": text[:40]}), names)
        return known[bare]

    return read


def money(*, least: int | None = None) -> Callable[[str], Decimal | None]:
    """A reader of yuan; 120万元 is understood."""

    def read(text: str) -> Decimal | None:
        found = amounts.money(text)
        if found is None:
            return None
        if abs(found) > AMOUNT_MAX:
            raise Unreadable(Said(TOO_MUCH.text, {"text": text[:40]}), CHECK_UNIT)
        if least is not None and found < least:
            raise Unreadable(Said(NOT_BELOW.text, {"text": text[:40]}), CHECK)
        return found

    return read


def between(least: int, most: int, *, above: bool = False) -> Callable[[str], Decimal | None]:
    """A reader of numbers within bounds; above: more than the least."""

    def read(text: str) -> Decimal | None:
        found = amounts.number(text)
        if found is None:
            return None
        if not least <= found <= most or (above and found == least):
            said = ABOVE if above else BETWEEN
            told: SaidValues = {"text": text[:40], "least": least, "most": most}
            raise Unreadable(Said(said.text, told), CHECK)
        return found

    return read


def times(text: str) -> Fraction | None:
    """How many times as important: 3, 1/3, 0.5."""
    above, _, below = text.replace("／", "/").partition("/")
    one, other = amounts.number(above), amounts.number(below) if below else Decimal(1)
    if one is None:
        return None
    if other is None or one <= 0 or other <= 0 or not 1 / TIMES_MOST <= one / other <= TIMES_MOST:
        raise Unreadable(Said(NOT_TIMES.text, {"text": text[:40]}), WRITE_TIMES)
    return Fraction(one) / Fraction(other)
