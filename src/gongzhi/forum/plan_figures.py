"""Figures of the cycle that plans are told by: found for a reader, who sees what it may read there.

Until a settlement is up for signature a figure is what its source says now; from then on it is
what it was that day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from gongzhi.core.charter import Member
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Said
from gongzhi.cycle.models import (
    BudgetLine,
    Delivery,
    GoalIndicator,
    Profile,
    Project,
    Reading,
)
from gongzhi.forum.models import FigureTaken, Negotiation, PlanFigure

Kind = PlanFigure.Kind
BAR = "|"  # between project and indicator, kind and year; in no code of ours
OPEN = frozenset((Negotiation.Stage.LISTING, Negotiation.Stage.TALKS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure as it stands: what it is called, as it reads, from which row, of which day.

    `thing` is what has a page of its own.
    """

    kind: PlanFigure.Kind
    year: int | None
    key: str
    name: str
    told: str
    source: str
    source_on: date | None
    thing: Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure of a plan for a reader: as it holds, where it came from, what it differs from.

    held: as it was taken for the settlement, or is now; None where its reader may not see it.
    earlier: as it was when it was linked; now: as the source has it since it was fixed.
    """

    row: PlanFigure
    name: str = ""
    held: str | None = None
    source_on: date | None = None
    thing: Model | None = None
    taken_on: date | None = None
    earlier: str = ""
    now: str = ""
    is_fixed: bool = False


def found_in(project: Project, *, reader: Member) -> list[Found]:
    """All figures of a project that a reader may see."""
    return [each for find in FINDERS.values() for each in find(project, reader)]


def found(row: PlanFigure, *, reader: Member) -> Found | None:
    """The figure of a plan as it stands now; None where it is gone or its reader may not see it."""
    for each in FINDERS[Kind(row.kind)](row.project, reader):
        if (each.year, each.key) == (row.fiscal_year, row.key):
            return each
    return None


def figures_of(negotiation: Negotiation, *, reader: Member) -> Mapping[UUID, Sequence[Shown]]:
    """The linked figures of each plan, by the plan."""
    rows = PlanFigure.objects.standing().filter(option__negotiation=negotiation)
    shown: dict[UUID, list[Shown]] = {}
    whole = rows.select_related("project__unit__region").prefetch_related("taken")
    for row in whole:
        each = _shown(row, reader=reader, is_open=negotiation.stage in OPEN)
        shown.setdefault(row.option_id, []).append(each)
    return shown


def _shown(row: PlanFigure, *, reader: Member, is_open: bool) -> Shown:
    now = found(row, reader=reader)
    taken = list(row.taken.all())
    last: FigureTaken = taken[-1]
    known = _may_read(row, last, reader=reader)
    if is_open:
        if now is None:
            return Shown(row=row)
        earlier = taken[0].told if _may_read(row, taken[0], reader=reader) else now.told
        return Shown(
            row=row,
            name=now.name,
            held=now.told,
            source_on=now.source_on,
            thing=now.thing,
            taken_on=taken[0].taken_on,
            earlier="" if earlier == now.told else earlier,
        )
    if not known:
        return Shown(row=row, is_fixed=True)
    return Shown(
        row=row,
        name=now.name if now else "",
        held=last.told,
        source_on=last.source_on,
        thing=now.thing if now else None,
        taken_on=last.taken_on,
        now=now.told if now and now.told != last.told else "",
        is_fixed=True,
    )


def _may_read(row: PlanFigure, taken: FigureTaken, *, reader: Member) -> bool:
    """Whether a reader may read the row that a figure was taken from, replaced as it may be."""
    rows: Any = SOURCES[Kind(row.kind)]
    return bool(rows.objects.visible_to(reader).filter(pk=taken.source).exists())


def _totals(project: Project, reader: Member) -> Iterator[Found]:
    rows = Profile.objects.visible_to(reader).filter(project=project)
    for row in rows.newest().exclude(total=None):
        yield Found(
            kind=Kind.TOTAL,
            year=None,
            key="",
            name=str(Kind.TOTAL.label),
            told=_yuan(row.total),
            source=str(row.pk),
            source_on=row.described_on,
            thing=project,
        )


def _budgets(project: Project, reader: Member) -> Iterator[Found]:
    rows = BudgetLine.objects.visible_to(reader).standing().filter(project=project)
    lines = [row for row in rows if row.adjusted is not None or row.initial is not None]
    brought = dict(
        Delivery.objects.filter(pk__in={row.delivery_id for row in lines}).values_list(
            "pk", "brought_on"
        )
    )
    for row in lines:
        yield Found(
            kind=Kind.BUDGET,
            year=row.fiscal_year,
            key=row.number,
            name=f"{row.fiscal_year} {row.name or row.number}",
            told=_yuan(row.initial if row.adjusted is None else row.adjusted),
            source=str(row.pk),
            source_on=brought.get(row.delivery_id),
            thing=row,
        )


def _targets(project: Project, reader: Member) -> Iterator[Found]:
    rows = GoalIndicator.objects.visible_to(reader).in_force().filter(version__project=project)
    for row in rows.select_related("version__project").order_by("-version__fiscal_year", "pk"):
        told = row.target or ("" if row.value is None else _measured(row.value, row.measure))
        if told:
            yield Found(
                kind=Kind.TARGET,
                year=row.version.fiscal_year,
                key=row.key,
                name=f"{row.version.fiscal_year} {row.name}",
                told=told,
                source=str(row.pk),
                source_on=row.version.approved_on,
                thing=row.version,
            )


def _readings(project: Project, reader: Member) -> Iterator[Found]:
    """The newest of each indicator on each footing: a survey's beside a unit's own."""
    named = {
        row.key: row
        for row in GoalIndicator.objects.visible_to(reader).filter(version__project=project)
    }
    rows = Reading.objects.visible_to(reader).filter(project=project, corrected_by=None)
    told = rows.filter(Q(value__isnull=False) | ~Q(text=""))
    newest = {(row.indicator, row.source): row for row in told.order_by("ends_on", "pk")}
    for (indicator, source), row in newest.items():
        line = named.get(indicator)
        measure = line.measure if line else ""
        yield Found(
            kind=Kind.READING,
            year=None,
            key=f"{source}{BAR}{indicator}",
            name=f"{line.name if line else indicator} · {row.get_source_display()}",
            told=row.text if row.value is None else _measured(row.value, measure),
            source=str(row.pk),
            source_on=row.ends_on,
            thing=row,
        )


def _yuan(amount: Decimal) -> str:
    return f"{grouped(amount)} {YUAN.text}"


def _measured(value: Decimal, measure: str) -> str:
    return f"{value.normalize():f} {measure}".strip()


FINDERS: Mapping[PlanFigure.Kind, Callable[[Project, Member], Iterator[Found]]] = {
    Kind.TOTAL: _totals,
    Kind.BUDGET: _budgets,
    Kind.TARGET: _targets,
    Kind.READING: _readings,
}
SOURCES: Mapping[PlanFigure.Kind, type[Model]] = {
    Kind.TOTAL: Profile,
    Kind.BUDGET: BudgetLine,
    Kind.TARGET: GoalIndicator,
    Kind.READING: Reading,
}
YUAN = Said("元")
UNKNOWN = Said("没有这个数，或者不给您看；请从列出的里面选")
