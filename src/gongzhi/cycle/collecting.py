"""What a call for readings asks of a unit, what was given, and how far everybody got.

A line for each indicator of the goals in force of the unit's disclosed projects; what the unit
itself read of the month already isn't asked again: it is corrected, not overwritten.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.terms import Said
from gongzhi.cycle.actions.readings import EMPTY, Read
from gongzhi.cycle.asked import asked_for, month_of
from gongzhi.cycle.models import Collection, GoalIndicator, Reading, Submission
from gongzhi.parties.models import Organisation

NOT_A_NUMBER = Said("不是数，请只填数字")
TOO_LONG = Said("太长，请写得短些")
WORDS_MAX = 500
DIGITS_MAX, PLACES_MAX = 18, 6  # before and behind the point, as they are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An indicator that a unit is asked for: `last` was read before, `own` in the month itself."""

    indicator: GoalIndicator
    last: Reading | None
    own: Reading | None

    @property
    def name(self) -> str:
        """What names the line in a form and in a table."""
        return f"{self.indicator.version.project.code}/{self.indicator.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was typed into a line, as it was typed."""

    value: str = ""
    text: str = ""
    why_none: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A unit that is asked: for how many indicators, and what it answered."""

    unit: Organisation
    asked: int
    answer: Submission | None

    def is_late(self, *, due_on: date, today: date) -> bool:
        """Whether it answered after the day, or hasn't though the day is over."""
        return (self.answer.submitted_on if self.answer else today) > due_on


def lines_of(collection: Collection, *, unit: UUID) -> list[Line]:
    """The lines that one unit is asked for, in three questions."""
    asked = asked_for(collection).filter(version__project__unit=unit)
    indicators = list(
        asked.select_related("version__project__unit__region").order_by(
            "version__project__code", "position"
        )
    )
    read = _standing(indicators, unit=unit, until=month_of(collection)[1])
    starts_on, _ = month_of(collection)
    return [
        Line(
            indicator=each,
            own=next((r for r in reversed(of) if r.ends_on >= starts_on), None),
            last=next((r for r in reversed(of) if r.ends_on < starts_on), None),
        )
        for each in indicators
        for of in (read.get((each.version.project_id, each.key), []),)
    ]


def _standing(
    indicators: Iterable[GoalIndicator], *, unit: UUID, until: date
) -> Mapping[tuple[UUID, str], list[Reading]]:
    """What the unit read of its projects and nobody corrected, the earliest first."""
    projects = {each.version.project_id for each in indicators}
    rows = Reading.objects.filter(
        project__in=projects, organisation=unit, corrected_by__isnull=True, ends_on__lte=until
    ).order_by("ends_on", "id")
    found: dict[tuple[UUID, str], list[Reading]] = {}
    for row in rows:
        found.setdefault((row.project_id, row.indicator), []).append(row)
    return found


def reads_of(
    lines: Sequence[Line], given: Mapping[str, Given], *, collection: Collection
) -> tuple[list[Read], Mapping[str, Said]]:
    """The readings that were typed, and what is wrong by line; lines read already are left out."""
    starts_on, ends_on = month_of(collection)
    reads, faults = [], {}
    for line in lines:
        if line.own is not None:
            continue
        typed = given.get(line.name, Given())
        value = as_value(typed.value)
        if fault := value if isinstance(value, Said) else _fault(typed, value):
            faults[line.name] = fault
            continue
        assert not isinstance(value, Said), "a fault was told"
        reads.append(
            Read(
                project=line.indicator.version.project,
                indicator=line.indicator.key,
                starts_on=starts_on,
                ends_on=ends_on,
                source=Reading.Source.UNIT,
                value=value,
                text=typed.text,
                why_none=typed.why_none,
                evidence=typed.evidence,
            )
        )
    return reads, faults


def as_value(typed: str) -> Decimal | Said | None:
    """The figure that was typed, None for none, or what is wrong with it."""
    plain = typed.replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return NOT_A_NUMBER
    if not value.is_finite():
        return NOT_A_NUMBER
    whole = value.adjusted() < DIGITS_MAX and value == round(value, PLACES_MAX)
    return value if whole else TOO_LONG


def _fault(typed: Given, value: Decimal | None) -> Said | None:
    words = (typed.text.strip(), typed.why_none.strip(), typed.evidence.strip())
    if value is None and not words[0] and not words[1]:
        return EMPTY
    return TOO_LONG if max(map(len, words)) > WORDS_MAX else None


def progress_of(collection: Collection) -> list[Progress]:
    """Every unit that is asked, with its first answer; who hasn't answered comes first."""
    counts = Counter(asked_for(collection).values_list("version__project__unit", flat=True))
    units = Organisation.objects.filter(pk__in=counts).select_related("region", "parent")
    answers: dict[UUID, Submission] = {}
    for answer in collection.submissions.order_by("submitted_on", "id"):
        answers.setdefault(answer.unit_id, answer)
    rows = [
        Progress(unit=unit, asked=counts[unit.pk], answer=answers.get(unit.pk))
        for unit in units.order_by("code")
    ]
    return sorted(rows, key=lambda row: row.answer is not None)


def calls_not_answered(unit: UUID) -> QuerySet[Any]:
    """The open calls that a unit hasn't answered, whether it is asked or not."""
    answered = Submission.objects.filter(unit=unit).values("collection")
    return Collection.objects.filter(stage=Collection.Stage.OPEN).exclude(pk__in=answered)


def calls_to_answer(unit: UUID) -> list[Collection]:
    """The open calls that a unit is asked by and hasn't answered."""
    calls = calls_not_answered(unit)
    found = calls.select_related("organisation__region").order_by("due_on")
    return [call for call in found if asked_for(call).filter(version__project__unit=unit).exists()]


def calls_that_are_over(*, due_before: date) -> QuerySet[Any]:
    """The open calls whose day is over."""
    return Collection.objects.filter(stage=Collection.Stage.OPEN, due_on__lt=due_before)


def unanswered_calls(
    *, due_before: date, units: Iterable[UUID]
) -> Iterator[tuple[Collection, UUID]]:
    """The open calls whose day is over, each with the units among some that still owe an answer.

    Calls of the same office and year ask the same units: these are looked up once.
    """
    calls = calls_that_are_over(due_before=due_before)
    found = list(calls.select_related("organisation__region").order_by("due_on"))
    answers = Submission.objects.filter(collection__in=found, unit__in=units)
    answered = set(answers.values_list("collection", "unit"))
    asked: dict[tuple[UUID, int], set[UUID]] = {}
    for call in found:
        key = (call.organisation.region_id, call.fiscal_year)
        if key not in asked:
            of_units = asked_for(call).filter(version__project__unit__in=units).order_by()
            asked[key] = set(of_units.values_list("version__project__unit", flat=True).distinct())
        yield from ((call, unit) for unit in asked[key] if (call.pk, unit) not in answered)
