"""Numbers as they are printed on forms: points, money, points in brackets."""

import re
from decimal import ROUND_HALF_UP, Decimal

from gongzhi.core.terms import Money, Points
from gongzhi.papers.reader.printed import in_brackets, key

PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
FACTORS = {
    "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000), "百万元": Decimal(1_000_000),
    "万元": Decimal(10_000), "万": Decimal(10_000), "千元": Decimal(1_000), "元": Decimal(1),
}  # fmt: skip
FEN = Decimal("0.01")
BEFORE_AMOUNTS = "¥￥约共计:"
LONGEST_NUMBER = 64


def number(text: str) -> Decimal | None:
    """The number that the whole text is, thousands commas and a yuan sign aside."""
    printed = key(text[: LONGEST_NUMBER + 1]).replace(",", "").lstrip("¥￥")
    return Decimal(printed) if PLAIN.fullmatch(printed) else None


def points(text: str) -> Points | None:
    """Points of a weight or a score: a number, with 分 or % or without."""
    printed = key(text[: LONGEST_NUMBER + 1])
    if printed.startswith("(") and printed.endswith(")"):
        printed = printed[1:-1]
    return number(printed.removesuffix("分").removesuffix("%"))


def points_in_brackets(text: str) -> Points | None:
    """The points that a name carries: 产出指标（50分）, 产出指标(50), 得分（20分*执行率）."""
    for inner in in_brackets(text):
        found = PLAIN.match(inner)
        if found and (inner[found.end() :] in {"", "%"} or inner[found.end()] == "分"):
            return Decimal(found.group())
    return None


def amount(text: str, *, unit: str | None) -> Money | None:
    """The amount in yuan; a unit in the text itself beats the form's unit."""
    printed = key(text[:LONGEST_NUMBER]).replace(",", "").lstrip(BEFORE_AMOUNTS)
    found = PLAIN.match(printed)
    if not found:
        return None
    rest = printed[found.end() :].lstrip("(")
    own = unit_at_start(rest)
    if own is None and rest.strip(")"):
        return None
    factor = FACTORS[own or unit or "万元"]
    return (Decimal(found.group()) * factor).quantize(FEN, rounding=ROUND_HALF_UP)


def unit_at_start(text: str) -> str | None:
    """The unit of money with which a text begins."""
    return next((unit for unit in FACTORS if text.startswith(unit)), None)


def unit_in(text: str) -> str | None:
    """The unit that a label states in brackets, or after “单位：”."""
    for inner in in_brackets(text):
        unit = _stated(inner)
        if unit:
            return unit
    printed = key(text)
    _, colon, after = printed.partition("单位:")
    return _stated(after) if colon else None


def _stated(text: str) -> str | None:
    text = text.removeprefix("单位:").removeprefix("人民币")
    for unit in ("亿元", "百万元", "万元", "千元", "元"):
        if text == unit or text.startswith(tuple(unit + mark for mark in ",;、。")):
            return unit
    return None
