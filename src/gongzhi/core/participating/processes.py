"""A process of participation in phases: planned from its template, asked what a day allows.

Days run in working days of the calendar, like every deadline; phases follow one another without a
gap and without overlap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongzhi.core.terms import Said, Text
from gongzhi.core.working_days import Calendar, due_on

DAY = timedelta(days=1)
BACKWARDS = Said("第 {number} 阶段的结束日期早于开始日期")
OVERLAPPING = Said("第 {number} 阶段应当在前一阶段结束以后开始")
NOT_NOW = Said("这一步在参与过程的“{phase}”阶段办理，现在不在这一阶段")
PASSED = Said("第 {number} 阶段已经结束，不能再改日期")


class ProcessStage(StrEnum):
    """How far a process got."""

    OPEN = "open"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


class PhaseState(StrEnum):
    """Where a phase stands on a day."""

    AHEAD = "ahead"
    RUNNING = "running"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhasePlan:
    """A phase of a template: how many working days it takes, and which deeds are for it.

    verbs are done within it alone, answers at any time.
    """

    code: str
    name: Text
    working_days: int
    verbs: tuple[str, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessTemplate:
    """What a process of a kind is for, and its phases; verified: somebody read the source."""

    code: str
    name: Text
    purpose: Text
    effect: Text
    phases: tuple[PhasePlan, ...]
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseDates:
    """When a phase begins and ends, both days included."""

    code: str
    opens_on: date
    closes_on: date

    def state(self, today: date) -> PhaseState:
        """Where it stands on a day."""
        if today < self.opens_on:
            return PhaseState.AHEAD
        return PhaseState.RUNNING if today <= self.closes_on else PhaseState.PAST


def planned(
    template: ProcessTemplate, *, opens_on: date, calendar: Calendar
) -> tuple[PhaseDates, ...]:
    """The phases one after the other from a day on."""
    dates, first = [], opens_on
    for phase in template.phases:
        last = due_on(first, working_days=phase.working_days, calendar=calendar).on
        dates.append(PhaseDates(code=phase.code, opens_on=first, closes_on=last))
        first = last + DAY
    return tuple(dates)


def why_not_planned(phases: Sequence[PhaseDates]) -> Said | None:
    """What is wrong with the dates of phases; None where they follow one another."""
    before: PhaseDates | None = None
    for number, phase in enumerate(phases, start=1):
        if phase.closes_on < phase.opens_on:
            return Said(BACKWARDS.text, {"number": number})
        if before is not None and phase.opens_on <= before.closes_on:
            return Said(OVERLAPPING.text, {"number": number})
        before = phase
    return None


def why_not_moved(
    was: Sequence[PhaseDates], become: Sequence[PhaseDates], *, today: date
) -> Said | None:
    """What keeps phases from being moved: what is past stays as it was."""
    for number, (old, new) in enumerate(zip(was, become, strict=True), start=1):
        if old.state(today) is PhaseState.PAST and old != new:
            return Said(PASSED.text, {"number": number})
    return why_not_planned(become)


def running(phases: Iterable[PhaseDates], *, today: date) -> PhaseDates | None:
    """The phase that a day lies in; none before the first, after the last, or in a pause."""
    return next((each for each in phases if each.state(today) is PhaseState.RUNNING), None)


def verbs_on(
    template: ProcessTemplate, phases: Iterable[PhaseDates], *, today: date
) -> tuple[str, ...]:
    """Which deeds a process invites on a day; whether somebody may do them says the charter."""
    now = running(phases, today=today)
    if now is None:
        return ()
    return next(each.verbs for each in template.phases if each.code == now.code)


def why_not_now(
    template: ProcessTemplate, phases: Iterable[PhaseDates], *, verb: str, today: date
) -> Said | None:
    """Why a deed that belongs to phases can't be done on a day; None for all others."""
    named = [each.name for each in template.phases if verb in each.verbs]
    if not named or verb in verbs_on(template, phases, today=today):
        return None
    return Said(NOT_NOW.text, {"phase": named[0]})
