"""Figures as people and programs write them → exact decimals."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.terms import Money, Said
from gongzhi.rules.money import OF_SEVERAL, load_currencies

CENT, ZERO = Decimal("0.01"), Decimal("0.00")
MONEY_BELOW = Decimal(10) ** 16  # numeric(18, 2)
NUMBER_BELOW = Decimal(10) ** 18
NOISE = Decimal("0.000001")  # what binary fractions leave behind two decimals
PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?")
DASHES = re.compile(r"[-‐-―−﹣－]")
NOTHING = frozenset(("", "-", "--", "/", "\\"))
SPELLINGS = "|".join(
    re.escape(each)
    for each in sorted(
        {*OF_SEVERAL, *(also for one in load_currencies().values() for also in one.also - {"元"})},
        key=len,
        reverse=True,
    )
)
SIGN = re.compile(rf"^(?:{SPELLINGS})\s*(?=[-+(0-9.,])|(?<=[-)0-9.,])\s*(?:{SPELLINGS})$", re.I)
UNIT = re.compile(r"^(.*\d\)?)\s*(元|千元|万元|万|百万元|亿元|亿)$")
UNITS: Mapping[str, int] = {
    "": 1, "元": 1, "千元": 10**3, "万元": 10**4, "万": 10**4, "百万元": 10**6,
    "亿元": 10**8, "亿": 10**8,
}  # fmt: skip
GROUPS = {".": r"[, '’]", ",": r"[. '’]"}
FIGURE = {
    mark: re.compile(
        rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?:\{mark}[0-9]+)?|[0-9]*\{mark}[0-9]+|[0-9]+\{mark}?"
    )
    for mark, group in GROUPS.items()
}
GROUPED = {  # what is a group of thousands, or three decimals that money doesn't have
    mark: re.compile(rf"[1-9][0-9]{{0,2}}\{mark}[0-9]{{3}}") for mark in GROUPS
}
POWER = re.compile(r"[0-9](?:\.[0-9]+)?E[+-]?[0-9]{1,2}", re.IGNORECASE)
TWO_YEARS = re.compile(r"([12][0-9]{3})\s*[-/–]\s*((?:20)?[0-9]{2})")
FISCAL = re.compile(r"^FY\s*", re.IGNORECASE)
DIGITS = re.compile(r"[^0-9.]")


def money(text: str, *, mark: str = ".", unit: str = "元", rounds: bool = False) -> Money | None:
    """The amount in the currency's own unit; None where the cell says nothing.

    A unit that stands in the cell itself goes before the column's.
    """
    if unit == "元" and mark == "." and PLAIN.fullmatch(text):
        return Decimal(text).quantize(CENT) or ZERO
    found = _figure(text, mark=mark, unit=unit)
    if found is None:
        return None
    if unit == "元" and not rounds and GROUPED[mark].fullmatch(bare_figure(text)):
        raise Unreadable(
            Said("金额“{text}”看不出是千位分隔还是小数点", {"text": text[:40]}),
            Said('是千位分隔时，请在列对应里写 mark（小数点是逗号写 mark = ","）；或重新导出'),
        )
    rounded = found.quantize(CENT, ROUND_HALF_UP) if abs(found) < MONEY_BELOW else found
    if abs(rounded) >= MONEY_BELOW:
        raise Unreadable(
            Said("金额“{text}”大得不合理", {"text": text[:40]}),
            Said("请核对金额的单位是元还是万元"),
        )
    if not rounds and abs(rounded - found) > NOISE:
        raise Unreadable(
            Said("金额“{text}”多于两位小数", {"text": text[:40]}),
            Said("请核对金额的单位和小数点；要四舍五入，请在列对应里写明"),
        )
    return rounded or ZERO


def number(text: str, *, mark: str = ".") -> Decimal | None:
    """The number; of a percentage the figure: 95% is 95. None where the cell says nothing."""
    found = _figure(text, mark=mark, unit="")
    if found is not None and abs(found) >= NUMBER_BELOW:
        raise Unreadable(Said("数值“{text}”大得不合理", {"text": text[:40]}), Said("请核对这一格"))
    return found


def bare_figure(text: str) -> str:
    """The figure of a cell without its sign and its currency; what is no figure stays a text."""
    folded = DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().lstrip("'")
    return _unsigned(folded)[0]


def is_number(text: str, *, mark: str = ".") -> bool:
    """Whether a cell holds a number, or nothing."""
    try:
        number(text, mark=mark)
    except Unreadable:
        return False
    return True


def year(text: str) -> int | None:
    """A year; of one that spans two calendar years (2023/24, 2023-2024) the one it begins in."""
    folded = FISCAL.sub("", unicodedata.normalize("NFKC", text).strip())
    return whole(folded[:4] if spans_two_years(folded) else folded, least=1949, most=2100)


def spans_two_years(text: str) -> bool:
    """Whether a year is written as two calendar years, one after the other."""
    found = TWO_YEARS.fullmatch(FISCAL.sub("", text.strip()))
    return found is not None and int(found[2]) % 100 == (int(found[1]) + 1) % 100


def whole(text: str, *, least: int, most: int) -> int | None:
    """A whole number within limits, such as a year or a month; 2026年 and 3月 are understood."""
    folded = unicodedata.normalize("NFKC", text).strip().rstrip("年度月").removesuffix(".0")
    if folded in NOTHING:
        return None
    if not (folded.isascii() and folded.isdigit() and least <= int(folded[:9]) <= most):
        raise Unreadable(
            Said(
                "“{text}”不在 {least} 与 {most} 之间",
                {"text": text[:40], "least": least, "most": most},
            ),
            Said("请改成这一范围内的整数"),
        )
    return int(folded)


month = partial(whole, least=1, most=12)


def _figure(text: str, *, mark: str, unit: str) -> Decimal | None:
    folded = DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip().lstrip("'")
    if folded in NOTHING:
        return None
    if named := UNIT.match(folded):
        folded, unit = named[1], named[2]
    folded, negative = _unsigned(folded)
    folded = folded.rstrip("% ")
    value = _exact(folded, mark)
    if value is None:
        raise Unreadable(
            Said("“{text}”不是数字", {"text": text.strip()[:40]}),
            Said("请只写数字，例如 12345.67"),
        )
    value *= UNITS[unit]
    return -value if negative and value else value


def _unsigned(text: str) -> tuple[str, bool]:
    """The figure without currency and sign, and whether it is negative: -5, 5-, (5), 5 CR."""
    bare = _without_currency(text)
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), True
    elif bare[-2:].upper() in ("CR", "DR"):
        bare, negative = bare[:-2].strip(), bare[-2:].upper() == "CR"
    if bare.startswith(("-", "+")):
        bare, negative = bare[1:].strip(), negative ^ (bare[0] == "-")
    elif bare.endswith("-"):
        bare, negative = bare[:-1].strip(), not negative
    return _without_currency(bare), negative


def _without_currency(text: str) -> str:
    """The figure without a currency's sign; one that begins and ends in digits has none."""
    has_none = text[:1].isdigit() and text[-1:].isdigit()
    return text if has_none else SIGN.sub("", text).strip()


def _exact(text: str, mark: str) -> Decimal | None:
    if FIGURE[mark].fullmatch(text):
        return Decimal(DIGITS.sub("", text.replace(mark, "\0").replace(".", "").replace("\0", ".")))
    return Decimal(f"{Decimal(text):f}") if POWER.fullmatch(text) else None
