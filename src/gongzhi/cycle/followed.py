"""Projects as monitoring sees them: what each promised for a year, and what became of it.

Any number of projects is laid out with the same dozen questions to the database. Corrected rows
don't count, nor does what was read or decided after the day. A project without approved goals is
followed by the targets that files tell of it; without those by its money alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import (
    Case,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.lexicon import Lexicon
from gongzhi.core.monitoring import (
    Contract,
    Course,
    Facts,
    Payment,
    Plan,
    Promised,
    Reading,
    cumulated,
)
from gongzhi.core.monitoring.rules import MonitoringRules
from gongzhi.cycle import models as rows
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.settled import what_stands
from gongzhi.cycle.told_by_files import NOTHING_TOLD, Told, told_by_files
from gongzhi.parties.currency import home_currency
from gongzhi.rules.money import Currency, unit_of
from gongzhi.rules.packs import PACKS, load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.trust.straight import asked

NOTHING = Decimal(0)
Many = Mapping[str, Sequence[Any]]  # by the text of an identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A project, the pack of its goals, its plan and its facts.

    is_told: its targets come from files, for it has no goals in force.
    """

    project: UUID
    pack: str
    is_told: bool
    plan: Plan
    facts: Facts


class _Goals(NamedTuple):
    """The version of goals in force."""

    version: UUID
    pack: str
    money_by_month: Sequence[str]


class _About(NamedTuple):
    """What a project is about, as described last."""

    category: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class _Budget(NamedTuple):
    """The lines of a project's budget, added up."""

    initial: Decimal | None = None
    adjusted: Decimal | None = None
    is_adjusted: bool = False
    received: Decimal | None = None
    carried_over: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """All rows about some projects, each kind by project; indicators by version of goals."""

    goals: Mapping[UUID, _Goals]
    indicators: Many
    told: Mapping[UUID, Told]
    currency: Currency
    about: Mapping[UUID, _About]
    budgets: Mapping[UUID, _Budget]
    acts: Mapping[UUID, Decimal]
    payments: Many
    contracts: Many
    readings: Many


def projects_of(year: int) -> list[UUID]:
    """The projects that have goals, targets, a budget or payments in a year, in no order."""
    goals = rows.GoalVersion.objects.approved().filter(fiscal_year=year)
    lines = rows.BudgetLine.objects.filter(fiscal_year=year, project__isnull=False)
    paid = rows.Payment.objects.filter(paid_on__year=year, project__isnull=False)
    told = rows.TargetLine.objects.filter(fiscal_year=year, project__isnull=False)
    found = [each.order_by().values("project") for each in (goals, lines, paid, told)]
    return [project for (project,) in _asked(found[0].union(*found[1:]))]


def followed(projects: Sequence[UUID], *, year: int, today: date) -> Iterator[Followed]:
    """Each of the projects with its plan for a year and its facts as of a day, one by one."""
    found = _found(projects, year=year, today=today)
    for project in projects:
        goals = found.goals.get(project)
        pack = goals.pack if goals and goals.pack in PACKS else USUAL
        yield Followed(
            project=project,
            pack=pack,
            is_told=goals is None and bool(found.told.get(project, NOTHING_TOLD).indicators),
            plan=_plan(project, found, year=year),
            facts=_facts(project, found, pack=pack),
        )


def budgets_of(projects: Sequence[UUID], *, year: int, today: date) -> Mapping[UUID, Decimal]:
    """The budget of each of the projects that has one: as adjusted, else as it was first."""
    acts = dict(_acts(projects, year=year, today=today))
    found = {
        project: (_adjusted(lines, acts.get(project)), lines.initial)
        for project, lines in _budgets(projects, year=year)
    }
    now = {project: first if now is None else now for project, (now, first) in found.items()}
    return {project: amount for project, amount in now.items() if amount is not None}


def paid_of(projects: Sequence[UUID], *, year: int, today: date) -> Mapping[UUID, Decimal]:
    """What was paid in the year by a day, of each of the projects that paid anything."""
    standing = rows.Payment.objects.standing().filter(
        any_of("project", projects), paid_on__year=year, paid_on__lte=today
    )
    return dict(_asked(standing.order_by().values_list("project").annotate(Sum("amount"))))


def _found(projects: Sequence[UUID], *, year: int, today: date) -> _Found:
    in_force = rows.GoalVersion.objects.in_force_on(today)
    versions = in_force.filter(any_of("project", projects), fiscal_year=year)
    goals = dict(_single(versions, "id", "pack", "record__money_by_month", make=_Goals))
    return _Found(
        goals=goals,
        indicators=_indicators([each.version for each in goals.values()]),
        told=told_by_files(projects, year=year),
        currency=home_currency(),
        about=dict(_abouts(projects)),
        budgets=dict(_budgets(projects, year=year)),
        acts=dict(_acts(projects, year=year, today=today)),
        payments=_payments(projects, year=year, today=today),
        contracts=_contracts(projects, today=today),
        readings=_readings(projects, year=year, today=today),
    )


# ── the questions ──


def _asked(queryset: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """The rows of a queryset of values, straight from the driver in its binary form."""
    try:
        statement, values = queryset.query.sql_with_params()
    except EmptyResultSet:  # about no project at all
        return []
    return asked(statement, tuple(values))


def _single(queryset: QuerySet[Any], *fields: Any, make: Any) -> Iterator[tuple[UUID, Any]]:
    """A row for each project, as a value."""
    for project, *own in _asked(queryset.order_by().values_list("project", *fields)):
        yield project, make(*own)


def _many(queryset: QuerySet[Any], *fields: Any, by: str = "project") -> Many:
    """The rows of each project, straight from the driver: there may be hundreds of thousands.

    They are told apart by texts, which are laid out and compared far faster than identifiers.
    """
    whose = Cast(by, TextField())
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in _asked(queryset.order_by().values_list(whose, *fields)):
        grouped[row[0]].append(row[1:])
    return grouped


def _indicators(versions: Sequence[UUID]) -> Many:
    lines = rows.GoalIndicator.objects.filter(any_of("version", versions))
    fields = ("position", "key", "name", "target", "value", "less_is_better", "course", "weight")
    return _many(lines, *fields, "by_month", by="version")


def _abouts(projects: Sequence[UUID]) -> Iterator[tuple[UUID, _About]]:
    newest = rows.Profile.objects.filter(any_of("project", projects)).order_by("project", "-id")
    chosen = newest.distinct("project").values_list("project", "category", "starts_on", "ends_on")
    for project, *own in _asked(chosen):
        yield project, _About(*own)


def _budgets(projects: Sequence[UUID], *, year: int) -> Iterator[tuple[UUID, _Budget]]:
    lines = rows.BudgetLine.objects.standing().filter(any_of("project", projects), fiscal_year=year)
    now = Coalesce("adjusted", "initial")
    carried = Sum(Case(When(carried_over(load_monitoring(USUAL)), then=now)))
    sums = lines.order_by().values("project").annotate(
        first=Sum("initial"),
        now=Sum(now),
        changed=Max(Case(When(adjusted__isnull=False, then=1), default=0)),
        came=Sum("received"),
        carried=carried,
        money=Max("currency"),
    )  # fmt: skip
    names = ("project", "first", "now", "changed", "came", "carried", "money")
    for project, first, total, changed, came, kept, money in _asked(sums.values_list(*names)):
        yield project, _Budget(first, total, bool(changed), came, kept, money or "")


def carried_over(rules: MonitoringRules) -> Q:
    """Whether a line's source of funds came over from an earlier year, by its name."""
    return reduce(or_, (Q(funds__contains=word) for word in rules.carried_over))


def _acts(projects: Sequence[UUID], *, year: int, today: date) -> Iterator[tuple[UUID, Decimal]]:
    acts = rows.BudgetAct.objects.filter(
        any_of("project", projects), fiscal_year=year, decided_on__lte=today
    )
    sums = acts.order_by().values("project").annotate(total=Sum("amount"))
    yield from _asked(sums.values_list("project", "total"))


def _payments(projects: Sequence[UUID], *, year: int, today: date) -> Many:
    """Those of the year, and earlier ones on contracts, which may run for several."""
    counted = Q(paid_on__year=year) | ~Q(contract="")
    standing = rows.Payment.objects.standing().filter(
        counted, any_of("project", projects), paid_on__lte=today
    )
    payee = Case(When(payee_id="", then=F("payee")), default=F("payee_id"))
    return _many(standing, "paid_on", "amount", payee, "contract", "economic", "number")


def _contracts(projects: Sequence[UUID], *, today: date) -> Many:
    standing = rows.Contract.objects.standing().filter(
        any_of("project", projects), amount__isnull=False, signed_on__lte=today
    )
    supplier = Case(When(supplier_id="", then=F("supplier")), default=F("supplier_id"))
    return _many(standing, "number", "amount", "signed_on", supplier)


def _readings(projects: Sequence[UUID], *, year: int, today: date) -> Many:
    """The readings of the year that nobody corrected by the day, and whether each was settled."""
    corrected = rows.Reading.objects.filter(corrects=OuterRef("pk"), read_on__lte=today)
    read = rows.Reading.objects.filter(
        ~Exists(corrected), any_of("project", projects), ends_on__year=year, read_on__lte=today
    )
    mine = rows.Settlement.objects.filter(reading=OuterRef("pk"), settled_on__lte=today)
    settled = _settled(read.annotate(is_settled=Exists(mine)).filter(is_settled=True), today)
    by = Concat("source", Value(":"), Cast("organisation", TextField()), output_field=TextField())
    stands = Case(When(any_of("pk", settled), then=True), default=False)
    return _many(read, "indicator", "ends_on", "value", "text", by, stands)


def _settled(readings: QuerySet[Any], today: date) -> Collection[UUID]:
    settlements = rows.Settlement.objects.filter(reading__in=readings, settled_on__lte=today)
    chosen = _asked(settlements.order_by("id").values_list("reading", "against"))
    return what_stands((reading, against, None) for reading, against in chosen)


# ── laid out as values ──


def _plan(project: UUID, found: _Found, *, year: int) -> Plan:
    goals, about = found.goals.get(project), found.about.get(project, _About())
    told = found.told.get(project, NOTHING_TOLD)
    months = tuple(Decimal(str(amount)) for amount in goals.money_by_month or ()) if goals else ()
    return Plan(
        project=str(project),
        year=year,
        money=cumulated(months or told.money),
        indicators=_promises(goals, found) if goals else told.indicators,
        starts_on=about.starts_on,
        ends_on=about.ends_on,
        category=about.category,
        currency=unit_of(found.budgets.get(project, _Budget()).currency, usual=found.currency),
    )


def _promises(goals: _Goals, found: _Found) -> tuple[Promised, ...]:
    lines = found.indicators.get(str(goals.version), ())
    return tuple(_promised(*own) for own in sorted(lines))


def _promised(
    _position: int,
    key: str,
    name: str,
    _target: str,
    value: Decimal | None,
    less_is_better: bool,
    course: str,
    weight: Decimal | None,
    by_month: Sequence[str],
) -> Promised:
    return Promised(
        key=key,
        name=name,
        target=value,
        less_is_better=less_is_better,
        course=Course(course),
        weight=weight,
        by_month=tuple(Decimal(str(share)) for share in by_month),
    )


def _facts(project: UUID, found: _Found, *, pack: str) -> Facts:
    budget, moved = found.budgets.get(project, _Budget()), found.acts.get(project)
    goals = found.goals.get(project)
    targets = found.told.get(project, NOTHING_TOLD).texts
    if goals:
        lines = found.indicators.get(str(goals.version), ())
        targets = {key: target for _, key, _, target, *_ in lines}
    return Facts(
        initial=budget.initial,
        adjusted=_adjusted(budget, moved),
        received=budget.received,
        carried_over=budget.carried_over,
        payments=tuple(map(Payment._make, found.payments.get(str(project), ()))),
        contracts=tuple(map(Contract._make, found.contracts.get(str(project), ()))),
        readings=tuple(
            _read(found.readings.get(str(project), ()), targets, lexicon=load_packs()[pack].lexicon)
        ),
    )


def _adjusted(budget: _Budget, moved: Decimal | None) -> Decimal | None:
    """The budget as the acts made it; where there are none, as the lines tell it."""
    if moved is not None:
        return (budget.initial or NOTHING) + moved
    return budget.adjusted if budget.is_adjusted else None


def _read(
    readings: Iterable[Any], targets: Mapping[str, str], *, lexicon: Lexicon
) -> Iterator[Reading]:
    """Figures as they are; words for as much as the pack's words say. A reason isn't a reading."""
    for indicator, ends_on, value, text, source, settled in readings:
        degree = None
        if value is None and text:
            target = canonical(targets.get(indicator))
            degree = lexicon.degree(result=canonical(text), target=target)
        if value is not None or degree is not None:
            yield Reading(indicator, ends_on, value, degree, source, settled)
