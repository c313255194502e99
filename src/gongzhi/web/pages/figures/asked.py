"""What an address asks of a figure: its year, month, line, day; a row behind it; a page of rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import BadRequest

from gongzhi.core.figure import FigureName
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.trust.identifiers import identifier_in

YEAR, MONTH, ROW = (
    re.compile(r"20[0-9]{2}"),
    re.compile(r"[1-9]|1[0-2]"),
    re.compile(r"[0-9]{1,18}"),
)
INDICATOR_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What stands in an address; nothing where it is silent."""

    year: int | None = None
    month: int | None = None
    indicator: str = ""
    on: date | None = None
    row: str = ""
    unit: UUID | None = None
    department: UUID | None = None
    level: str = ""
    page: str = "1"

    def name(self, what: str) -> FigureName:
        """The figure that is asked for."""
        return FigureName(what, self.month, self.indicator)


def asked_in(given: Mapping[str, str]) -> Asked:
    """What an address asks; what isn't a year, a month, a day is a bad request."""
    month = _number(given.get("month", ""), MONTH)
    assert month is None or month <= MONTHS, "the pattern lets no other month through"
    return Asked(
        year=_number(given.get("year", ""), YEAR),
        month=month,
        indicator=given.get("indicator", "")[:INDICATOR_MAX],
        on=_day(given.get("on", "")),
        row=given.get("row", "")[:INDICATOR_MAX],
        unit=_identifier(given.get("unit", "")),
        department=_identifier(given.get("department", "")),
        level=given.get("level", "")[:INDICATOR_MAX],
        page=given.get("page", "1"),
    )


def number_asked(row: str) -> int | None:
    """A row's number; None where it is none."""
    return int(row) if ROW.fullmatch(row) else None


def _number(text: str, pattern: re.Pattern[str]) -> int | None:
    if not text:
        return None
    if not pattern.fullmatch(text):
        raise BadRequest
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest from error


def _identifier(text: str) -> UUID | None:
    if not text:
        return None
    found = identifier_in(text)
    if found is None:
        raise BadRequest
    return found
