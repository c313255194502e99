"""Dates as forms print them: 2021年12月31日, 12月底, 9月前, 2022-12-14, 年底."""

import re
from dataclasses import dataclass

from gongzhi.core.indicators.numbers import LONGEST

DATE_IN_WORDS = re.compile(
    r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:份)?(?:([0-9]{1,2})日|(底|末|上旬|中旬|下旬))?"
)
YEAR_END = re.compile(r"([0-9]{4})?年年?底")
DATE_IN_FIGURES = re.compile(r"(?<![0-9])([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?![0-9])")
BEFORE = re.compile(r"之?以?前")
FIRST, LAST, LAST_MONTH = 1, 31, 12
PARTS_OF_A_MONTH = {
    "上旬": (FIRST, 10),
    "中旬": (11, 20),
    "下旬": (21, LAST),
    "底": (LAST, LAST),
    "末": (LAST, LAST),
}


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day in a year; the year is 0 where none was printed."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first to the last day that a printed date can mean."""

    first: Day
    last: Day
    is_before: bool

    @property
    def has_year(self) -> bool:
        """Whether a year was printed."""
        return self.last.year > 0


def last_date(text: str) -> Span | None:
    """The last date in a canonical text, with what it can mean; 9月 is the whole of September."""
    if len(text) > LONGEST:
        return None
    found = [match for pattern in READERS for match in pattern.finditer(text)]
    if not found:
        return None
    match = max(found, key=lambda each: each.start())
    days = READERS[match.re](match)
    if days is None:
        return None
    before = BEFORE.match(text, match.end()) is not None
    return Span(first=days[0], last=days[1], is_before=before)


def _in_words(match: re.Match[str]) -> tuple[Day, Day] | None:
    year, month, day, part = match.groups()
    ends = (FIRST, LAST)
    if day:
        ends = (int(day), int(day))
    elif part:
        ends = PARTS_OF_A_MONTH[part]
    return _whole(int(year or 0), int(month), ends)


def _in_figures(match: re.Match[str]) -> tuple[Day, Day] | None:
    year, month, day = (int(part) for part in match.groups())
    return _whole(year, month, (day, day))


def _year_end(match: re.Match[str]) -> tuple[Day, Day] | None:
    return _whole(int(match[1] or 0), LAST_MONTH, (LAST, LAST))


def _whole(year: int, month: int, days: tuple[int, int]) -> tuple[Day, Day] | None:
    in_calendar = FIRST <= month <= LAST_MONTH and FIRST <= days[0] <= days[1] <= LAST
    return (Day(year, month, days[0]), Day(year, month, days[1])) if in_calendar else None


READERS = {
    DATE_IN_WORDS: _in_words,
    DATE_IN_FIGURES: _in_figures,
    YEAR_END: _year_end,
}
