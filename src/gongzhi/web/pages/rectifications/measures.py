"""Measures as a form has them: rows of fields, a few empty ones behind those that are filled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.core.rectifying.plans import MEASURES_MAX, Measure
from gongzhi.core.terms import Said
from gongzhi.parties.unsuitable import Unsuitable

TEXT_MAX, NAME_MAX = 2000, 200
EMPTY_ROWS = 3
NO_DATE = Said("日期请写成 2026-06-30 这样")
FIELDS = ("what", "responsible", "until", "done", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFields:
    """A row of fields, by its number, with what stands in them."""

    number: int
    what: str = ""
    responsible: str = ""
    until: str = ""
    done: str = ""
    evidence: str = ""


def planned_fields(given: Mapping[str, str], measures: Sequence[Measure]) -> list[MeasureFields]:
    """The fields of a plan: what was given, else the measures; then empty rows."""
    rows = list(_given(given)) or list(_of(measures))
    empty = range(len(rows), min(len(rows) + EMPTY_ROWS, MEASURES_MAX))
    return [*rows, *(MeasureFields(number=number) for number in empty)]


def reported_fields(given: Mapping[str, str], measures: Sequence[Measure]) -> list[MeasureFields]:
    """The fields of a report: one row for each that was planned."""
    return [
        MeasureFields(
            number=row.number,
            what=row.what,
            responsible=row.responsible,
            until=row.until,
            done=given.get(f"done-{row.number}", row.done),
            evidence=given.get(f"evidence-{row.number}", row.evidence),
        )
        for row in _of(measures)
    ]


def measures_given(given: Mapping[str, str]) -> list[Measure]:
    """The measures of a plan that were filled in; raises Unsuitable where a date is none."""
    rows = [row for row in _given(given) if row.what or row.responsible or row.until]
    wrong = [row.number for row in rows if row.until and _day(row.until) is None]
    if wrong:
        raise Unsuitable({f"until-{number}": NO_DATE for number in wrong})
    return [
        Measure(what=row.what, responsible=row.responsible, until=_day(row.until)) for row in rows
    ]


def reports_given(given: Mapping[str, str], *, count: int) -> list[Measure]:
    """What was reported of so many measures."""
    return [
        Measure(
            what="",
            done=given.get(f"done-{number}", "").strip()[:TEXT_MAX],
            evidence=given.get(f"evidence-{number}", "").strip()[:TEXT_MAX],
        )
        for number in range(count)
    ]


def _of(measures: Sequence[Measure]) -> Iterator[MeasureFields]:
    for number, each in enumerate(measures):
        yield MeasureFields(
            number=number,
            what=each.what,
            responsible=each.responsible,
            until=each.until.isoformat() if each.until else "",
            done=each.done,
            evidence=each.evidence,
        )


def _given(given: Mapping[str, str]) -> Iterator[MeasureFields]:
    for number in range(MEASURES_MAX):
        if f"what-{number}" in given:
            yield MeasureFields(
                number=number,
                what=given[f"what-{number}"].strip()[:TEXT_MAX],
                responsible=given.get(f"responsible-{number}", "").strip()[:NAME_MAX],
                until=given.get(f"until-{number}", "").strip(),
            )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
