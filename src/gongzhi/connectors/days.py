"""Days and periods as files write them → dates; nothing is guessed that the mapping doesn't say."""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.terms import Said

Span: TypeAlias = tuple[date, date]
ORDERS = ("ymd", "dmy", "mdy")
FIRST_YEAR, LAST_YEAR = 1949, 2100
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheets, from 1 March 1900 on
SERIAL = re.compile(r"([2-7][0-9]{4})(?:\.[0-9]+)?")  # 1954 to 2119
ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
CLOCK = re.compile(r"[tT\s]+[0-9]{1,2}[:时][0-9]{1,2}.*$|(?<=[0-9日])\s*(?:上午|下午).*$")
YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:\.0)?")
YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})")
NAMED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?[-\s]*(?:de\s+)?([a-zç]{3,10})\.?,?[-\s]*(?:de\s+)?"
    r"([0-9]{4}|[0-9]{2})",
)
NAMED_FIRST = re.compile(
    r"(?:[a-z]{6,9},\s+)?([a-zç]{3,10})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})"
)
MONTHS = tuple(
    name.split()
    for name in (
        "jan january janeiro enero ene", "feb february fev fevereiro febrero",
        "mar march março marco marzo",
        "apr april abr abril", "may mai maio mayo", "jun june junho junio", "jul july julho julio",
        "aug august ago agosto", "sep sept september set setembro septiembre setiembre",
        "oct october out outubro octubre", "nov november novembro noviembre",
        "dec december dez dezembro dic diciembre",
    )
)  # fmt: skip
MONTH_OF = {word: number for number, words in enumerate(MONTHS, start=1) for word in words}
MONTH = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*月?|([0-9]{4})(0[1-9]|1[0-2])"
    r"|([0-9]{4})\s*年\s*([0-9]{1,2})\s*-\s*([0-9]{1,2})\s*月"
)
QUARTER = re.compile(
    r"([0-9]{4})\s*年?\s*[-/]?\s*(?:q|t|第?\s*(?=[1-4]\s*季))\s*([1-4])(?:\s*季度?)?"
)
HALF = re.compile(r"([0-9]{4})\s*年?\s*[-/]?(上半年|下半年|h1|h2|s1|s2)")
YEAR = re.compile(r"([0-9]{4})\s*(?:年度?|\.0)?")
CENTURY = 2000


def day(text: str, *, order: str = "ymd", month_as: str = "") -> date | None:
    """The day; None where the cell is empty. month_as ("first", "last") lets months stand for days.

    Two-digit years are of this century. A serial number of a spreadsheet is understood.
    """
    if found := ISO.fullmatch(text):
        return _date(text, int(found[1]), int(found[2]), int(found[3]))
    folded = _folded(text)
    if folded in ("", "-", "/"):
        return None
    if parts := next(_dates(folded, order), None):
        return _date(text, *parts)
    if month_as and (span := _month(text, folded)):
        return span[0] if month_as == "first" else span[1]
    if found := SERIAL.fullmatch(folded):
        return SERIAL_ZERO + timedelta(days=int(found[1]))
    raise Unreadable(
        Said("“{text}”不是日期", {"text": text.strip()[:40]}), Said("请写成 2026-03-05 这样的日期")
    )


def looks_like_day(text: str) -> bool:
    """Whether a cell is written as a day, whatever the order."""
    folded = _folded(text)
    patterns = (YEAR_FIRST, COMPACT, YEAR_LAST)
    return any(pattern.fullmatch(folded) is not None for pattern in patterns)


def period(text: str, *, order: str = "ymd") -> Span | None:
    """The first and the last day of a day, month, quarter, half-year or year."""
    folded = _folded(text)
    if folded in ("", "-", "/"):
        return None
    if found := next(_dates(folded, order), None):
        one = _date(text, *found)
        return one, one
    for read in SPANS:
        if span := read(text, folded):
            return span
    raise Unreadable(
        Said("“{text}”不是时期", {"text": text.strip()[:40]}),
        Said("请写成 2026-03、2026Q1 或 2026 这样的时期"),
    )


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    return CLOCK.sub("", _numerals(folded))


def _numerals(text: str) -> str:
    """二〇二六年三月十五日 in figures."""
    if not re.search("[〇零一二三四五六七八九十]", text):
        return text
    text = re.sub(r"(?<![一二三四五六七八九])十(?![一二三四五六七八九])", "10", text)
    text = re.sub(r"(?<![一二三四五六七八九])十", "1", text)
    text = re.sub(r"十(?![一二三四五六七八九])", "0", text).replace("十", "")
    return text.translate(NUMERALS)


def _dates(text: str, order: str) -> Iterator[tuple[int, int, int]]:
    for pattern in (YEAR_FIRST, COMPACT):
        if found := pattern.fullmatch(text):
            yield int(found[1]), int(found[2]), int(found[3])
    if order != "ymd" and (found := YEAR_LAST.fullmatch(text)):
        first, second, last = int(found[1]), int(found[2]), _full_year(found[3])
        yield (last, second, first) if order == "dmy" else (last, first, second)
    if (found := NAMED.fullmatch(text)) and found[2] in MONTH_OF:
        yield _full_year(found[3]), MONTH_OF[found[2]], int(found[1])
    if (found := NAMED_FIRST.fullmatch(text)) and found[1] in MONTH_OF:
        yield int(found[3]), MONTH_OF[found[1]], int(found[2])


def _full_year(text: str) -> int:
    return int(text) if len(text) > 2 else CENTURY + int(text)


def _date(text: str, in_year: int, in_month: int, on_day: int) -> date:
    try:
        found = date(in_year, in_month, on_day)
    except ValueError:
        raise Unreadable(
            Said("没有“{text}”这一天", {"text": text.strip()[:40]}), Said("请核对年、月、日")
        ) from None
    if not FIRST_YEAR <= in_year <= LAST_YEAR:
        raise Unreadable(
            Said("日期“{text}”的年份不合理", {"text": text.strip()[:40]}),
            Said("年份应在 {first} 与 {last} 之间", {"first": FIRST_YEAR, "last": LAST_YEAR}),
        )
    return found


def _months(text: str, in_year: int, first: int, last: int) -> Span:
    start = _date(text, in_year, first, 1)
    return start, date(in_year, last, calendar.monthrange(in_year, last)[1])


def _month(text: str, folded: str) -> Span | None:
    found = MONTH.fullmatch(folded)
    if not found:
        return None
    in_year = int(found[1] or found[3] or found[5])
    first = int(found[2] or found[4] or found[6])
    last = int(found[7] or first)
    _date(text, in_year, last, 1)
    return _months(text, in_year, first, last) if first <= last else None


def _quarter(text: str, folded: str) -> Span | None:
    found = QUARTER.fullmatch(folded)
    if not found:
        return None
    last = int(found[2]) * 3
    return _months(text, int(found[1]), last - 2, last)


def _half(text: str, folded: str) -> Span | None:
    found = HALF.fullmatch(folded)
    if not found:
        return None
    first = 1 if found[2] in ("上半年", "h1", "s1") else 7
    return _months(text, int(found[1]), first, first + 5)


def _year(text: str, folded: str) -> Span | None:
    found = YEAR.fullmatch(folded)
    return _months(text, int(found[1]), 1, 12) if found else None


SPANS: tuple[Callable[[str, str], Span | None], ...] = (_half, _quarter, _month, _year)
