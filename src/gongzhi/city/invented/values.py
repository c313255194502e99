"""What the invented year has that core.facts has no words for, as frozen values.

Money is yuan; texts that people in the city wrote are Chinese, texts that tell the story are in
both languages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongzhi.core.facts import (
    BudgetFact,
    ContractFact,
    Fact,
    PaymentFact,
    PlanFact,
    ProjectFact,
    ReadingFact,
    TargetFact,
)
from gongzhi.core.goals import DraftGoal
from gongzhi.core.monitoring.alert import Choice
from gongzhi.core.terms import FiscalYear, Money, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation of the city; department is the code of the one above it, if any.

    place is the code of the street or town that it serves, where that isn't the whole city.

    One with functional classes (7 digits) has a budget and projects. reports_after and
    answers_after are the working days that it usually takes after a month's end, after a warning.
    """

    code: str
    name: Text
    kind: str
    department: str = ""
    place: str = ""
    functional: tuple[str, ...] = ()
    reports_after: int = 4
    answers_after: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What was announced and projects serve; within is the code of the wider aim."""

    code: str
    kind: str
    name: Text
    within: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody of the cast and the office they hold; sees tells what there is to see from it.

    number is the seat's place among the ten to switch between, 0 for the others.
    """

    username: str
    name: str
    organisation: str
    title: Text
    roles: tuple[str, ...]
    sees: Text
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An organisation's part in a project, and since when."""

    organisation: str
    does: Text
    since_on: date


class ActKind(StrEnum):
    """The two acts on money; a change of targets is a deed."""

    AMENDMENT = "amendment"  # 预算调整
    TRANSFER = "transfer"  # 预算调剂


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A change of a project's budget on a line of it; other is where a transfer goes or is from."""

    decided_on: date
    kind: ActKind
    line: str
    amount: Money
    authority: str
    document_number: str
    reason: str
    other: str = ""


class Footing(StrEnum):
    """On what footing a figure was read."""

    UNIT = "unit"
    SOCIAL = "social"
    ENTERPRISE = "enterprise"
    SURVEY = "survey"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """The survey that a reading rests on: how many were asked, how many answered, and how."""

    asked: int
    answered: int
    method: str
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reading, who handed it in, on what footing and when; until then nobody knows of it."""

    reading: ReadingFact
    by: str
    footing: Footing
    submitted_on: date
    survey: Surveyed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for the readings of a month: from when, until when."""

    month: int
    opened_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The day on which a unit answered the call of a month; after the due day it was late."""

    unit: str
    month: int
    submitted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that somebody in a story did or said on a day.

    verb is a step of an alert (core.monitoring.alert) of a round, order_visit, settle_reading,
    adjust_goal, or tell for what only the story knows. by is an organisation, "" the platform;
    text is what it wrote, told is the story's sentence. indicator and month say which
    reading is settled, stands whose figure it is then; choice goes with answers that make one.
    """

    on: date
    verb: str
    project: str
    by: str
    told: Text | None = None
    text: str = ""
    round: int = 0
    choice: Choice | None = None
    indicator: str = ""
    month: int = 0
    stands: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shows:
    """A signal that a project shows on a day, or shows no longer."""

    on: date
    project: str
    signal: str
    indicator: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One of the nine stories: its projects (codes), what happens in them, what they show."""

    code: str
    name: Text
    tells: Text
    projects: tuple[str, ...]
    deeds: tuple[Deed, ...]
    shows: tuple[Shows, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A target that reads anew from a day on, with its plan by month, by whose document."""

    since_on: date
    document_number: str
    target: TargetFact
    plans: tuple[PlanFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Which of a month's readings of an indicator stands from a day on: that of by."""

    on: date
    indicator: str
    month: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierYear:
    """What a year that was over before the city's year left in the books of a project."""

    year: FiscalYear
    budget: tuple[BudgetFact, ...]
    contracts: tuple[ContractFact, ...]
    payments: tuple[PaymentFact, ...]

    def facts(self) -> Iterator[Fact]:
        """Every fact of it."""
        yield from self.budget
        yield from self.contracts
        yield from self.payments


@dataclass(frozen=True, slots=True, kw_only=True)
class Venture:
    """A project with everything that was planned and happened to it in the year.

    budget are the lines as first approved, acts what changed them, adjusted what changed of the
    targets. Nobody knew of it before since_on. temper names what goes wrong where no story tells
    it, slip a single row that is wrong. earlier are the years before, by their money alone.
    """

    fact: ProjectFact
    name: Text
    aim: str
    basis: str
    goal: DraftGoal
    budget: tuple[BudgetFact, ...]
    targets: tuple[TargetFact, ...]
    plans: tuple[PlanFact, ...]
    contracts: tuple[ContractFact, ...]
    payments: tuple[PaymentFact, ...]
    reports: tuple[Report, ...]
    acts: tuple[Act, ...] = ()
    parts: tuple[Part, ...] = ()
    adjusted: tuple[Adjustment, ...] = ()
    settled: tuple[Settled, ...] = ()
    since_on: date = date.min
    story: str = ""
    temper: str = ""
    slip: str = ""
    earlier: tuple[EarlierYear, ...] = ()

    @property
    def code(self) -> str:
        """Its code."""
        return self.fact.code

    def budget_on(self, day: date) -> tuple[BudgetFact, ...]:
        """The lines of its budget with what was decided by a day."""
        return tuple(_changed(line, self.acts, day=day) for line in self.budget)

    def targets_on(self, day: date) -> tuple[TargetFact, ...]:
        """Its targets as they read on a day."""
        now = {target.indicator: target for target in self.targets}
        now |= {each.target.indicator: each.target for each in self._adjusted_by(day)}
        return tuple(now.values())

    def plans_on(self, day: date) -> tuple[PlanFact, ...]:
        """Its plans of money and goals as they read on a day."""
        anew = {each.target.indicator: each.plans for each in self._adjusted_by(day) if each.plans}
        kept = tuple(each for each in self.plans if each.indicator not in anew)
        return (*kept, *(plan for plans in anew.values() for plan in plans))

    def reports_on(self, day: date) -> Iterator[Report]:
        """What was handed in by a day, without readings that were settled not to stand."""
        stands = {(each.indicator, each.month): each.by for each in self.settled if each.on <= day}
        for report in self.reports:
            key = (report.reading.indicator, report.reading.ends_on.month)
            if report.submitted_on <= day and stands.get(key, report.by) == report.by:
                yield report

    def known_on(self, day: date) -> Iterator[Fact]:
        """Every fact of it that stood at the end of a day."""
        if day < self.since_on:
            return
        yield self.fact
        yield from self.budget_on(day)
        yield from self.targets_on(day)
        yield from self.plans_on(day)
        yield from (each for each in self.contracts if each.signed_on and each.signed_on <= day)
        yield from (each for each in self.payments if each.paid_on <= day)
        yield from (each.reading for each in self.reports_on(day))

    def _adjusted_by(self, day: date) -> Iterator[Adjustment]:
        yield from (each for each in self.adjusted if each.since_on <= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class CityYear:
    """A fiscal year of the city: who is who, what was promised, what came of it."""

    year: FiscalYear
    bodies: tuple[Body, ...]
    aims: tuple[Aim, ...]
    seats: tuple[Seat, ...]
    calls: tuple[Call, ...]
    submissions: tuple[Submission, ...]
    ventures: tuple[Venture, ...] = field(repr=False)
    stories: tuple[Story, ...]

    @property
    def units(self) -> tuple[Body, ...]:
        """The organisations that have a budget."""
        return tuple(body for body in self.bodies if body.functional)

    @property
    def earlier(self) -> Mapping[FiscalYear, tuple[tuple[Venture, EarlierYear], ...]]:
        """The years before, in their order: the projects that had money then, and how it went."""
        found: dict[FiscalYear, list[tuple[Venture, EarlierYear]]] = {}
        for venture in self.ventures:
            for past in venture.earlier:
                found.setdefault(past.year, []).append((venture, past))
        return {year: tuple(found[year]) for year in sorted(found)}

    def venture(self, code: str) -> Venture:
        """A project by its code."""
        return next(each for each in self.ventures if each.code == code)

    def known_on(self, day: date) -> Iterator[Fact]:
        """Every fact that the city knew of at the end of a day."""
        for venture in self.ventures:
            yield from venture.known_on(day)

    def facts(self) -> Iterator[Fact]:
        """Every fact of the year: budgets as approved, targets as first approved."""
        for each in self.ventures:
            yield each.fact
            for rows in (each.budget, each.targets, each.plans, each.contracts, each.payments):
                yield from rows
            yield from (report.reading for report in each.reports)


def _changed(line: BudgetFact, acts: tuple[Act, ...], *, day: date) -> BudgetFact:
    moved = [act.amount for act in acts if act.line == line.number and act.decided_on <= day]
    if not moved or line.initial is None:
        return line
    changed = sum(moved[1:], start=moved[0])
    return line._replace(changed=changed, adjusted=line.initial + changed)
