"""Periods as whole numbers, the next one more: years, quarters, months, or counts."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MONTHS, QUARTERS = 12, 4
YEAR = r"(?P<year>(?:19|20)\d\d)"
ENDED = r"(?:\.0+)?"  # a spreadsheet's year may carry decimals
FORMS = {
    "month": re.compile(rf"{YEAR}(?:年|[-/.])?(?P<part>0?[1-9]|1[0-2])月?(?:[-/.]\d{{1,2}})?日?"),
    "quarter": re.compile(rf"{YEAR}(?:年|[-/. ])?(?:[Qq第])?(?P<part>[1-4])(?:季度|季)?"),
    "year": re.compile(rf"{YEAR}{ENDED}年?"),
    "count": re.compile(rf"(?P<year>\d{{1,3}}){ENDED}"),
}
MARKED = re.compile(r"[Qq季]")


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    COUNT = "count"  # before is 0 and after 1, or the fifth week


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period as a number among those as long as it."""

    number: int
    grain: Grain

    @property
    def label(self) -> str:
        """How people write it."""
        if self.grain is Grain.MONTH:
            return f"{self.number // MONTHS}-{self.number % MONTHS + 1:02}"
        if self.grain is Grain.QUARTER:
            return f"{self.number // QUARTERS}Q{self.number % QUARTERS + 1}"
        return str(self.number)


def period_in(text: str) -> Period | None:
    """The period that a text says; None where it says none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    first = "quarter" if MARKED.search(plain) else "year"
    for name in dict.fromkeys((first, "year", "month", "count")):
        found = FORMS[name].fullmatch(plain)
        if found is not None:
            return _period(Grain(name), found.groupdict())
    return None


def _period(grain: Grain, found: dict[str, str]) -> Period:
    year, part = int(found["year"]), int(found.get("part", "1"))
    if grain is Grain.MONTH:
        return Period(number=year * MONTHS + part - 1, grain=grain)
    if grain is Grain.QUARTER:
        return Period(number=year * QUARTERS + part - 1, grain=grain)
    return Period(number=year, grain=grain)
