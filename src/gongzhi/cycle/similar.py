"""Projects that promise the same kind of output for the same kind of purpose, and what it costs.

Similar is: the same year, the same functional class (its first three digits), a quantity counted
in the same measure whose name has enough in common. Only what the reader may view is compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.comparing import Compared, compare
from gongzhi.core.goals.likeness import alike
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.models import GoalIndicator, Profile, Project, Reading, Watched

QUANTITY = "数量"
NO_COUNTS = ("", "%", "％", "‰")  # shares aren't counted in units
CLASS_DIGITS = 3
ALIKE_LEAST = Fraction(1, 4)  # ours
LINES_MAX = 2000
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """What one unit of an output costs: by the budget as promised, and as paid by what was read."""

    project: Project
    line: GoalIndicator
    budget: Decimal
    promised: Decimal
    paid: Decimal | None
    done: Decimal | None

    @property
    def planned(self) -> Decimal:
        """The budget over what is promised."""
        return _over(self.budget, self.promised)

    @property
    def actual(self) -> Decimal | None:
        """What was paid over what was reached; None until something was."""
        return _over(self.paid, self.done) if self.paid and self.done else None

    @property
    def arithmetic(self) -> str:
        """The sum in figures."""
        return f"{self.budget:,.2f} ÷ {plain(self.promised)} = {self.planned:,.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """An output of a project, those of others that are like it, and where its costs stand."""

    mine: UnitCost
    others: tuple[UnitCost, ...]
    planned: Compared | Said
    actual: Compared | Said | None


def similar_outputs(member: Member, project: Project, *, year: FiscalYear) -> tuple[Similar, ...]:
    """Each quantity that a project promises, among those of similar projects."""
    functional = _class_of(member, project)
    mine = _costs(member, _lines(member, year=year).filter(version__project=project), year=year)
    if not functional or not mine:
        return ()
    measures = {each.line.measure for each in mine}
    same_class = (
        Profile.objects.visible_to(member).newest().filter(functional__startswith=functional)
    )
    others = _lines(member, year=year).filter(
        measure__in=measures, version__project__in=same_class.values("project")
    )
    known = _costs(member, others.exclude(version__project=project)[:LINES_MAX], year=year)
    return tuple(_similar(each, known) for each in mine)


def _class_of(member: Member, project: Project) -> str:
    newest = Profile.objects.visible_to(member).newest().filter(project=project).first()
    return str(newest.functional)[:CLASS_DIGITS] if newest else ""


def _lines(member: Member, *, year: FiscalYear) -> Any:
    lines = GoalIndicator.objects.visible_to(member).in_force()
    counted = lines.filter(
        version__fiscal_year=year, value__gt=0, heading__contains=QUANTITY
    ).exclude(measure__in=NO_COUNTS)
    return counted.select_related("version__project__unit").order_by("version", "position")


def _costs(
    member: Member, lines: Iterable[GoalIndicator], *, year: FiscalYear
) -> tuple[UnitCost, ...]:
    """The lines of projects that have a budget, with their costs."""
    found = list(lines)
    projects = {line.version.project_id for line in found}
    rows = Watched.objects.visible_to(member).filter(project__in=projects, fiscal_year=year)
    money = {row.project_id: row for row in rows.only("project", "budget", "paid")}
    done = _done(member, projects)
    return tuple(_each_cost(found, money=money, done=done))


def _each_cost(
    lines: Iterable[GoalIndicator],
    *,
    money: Mapping[UUID, Watched],
    done: Mapping[tuple[UUID, str], Decimal],
) -> Iterator[UnitCost]:
    for line in lines:
        project = line.version.project
        row = money.get(project.pk)
        if row is not None and row.budget and line.value is not None:
            yield UnitCost(
                project=project,
                line=line,
                budget=row.budget,
                promised=line.value,
                paid=row.paid,
                done=done.get((project.pk, line.key)),
            )


def _done(member: Member, projects: Iterable[UUID]) -> Mapping[tuple[UUID, str], Decimal]:
    """The newest figure that was read of each indicator and that nobody corrected."""
    readings = Reading.objects.visible_to(member).filter(
        project__in=projects, value__gt=0, corrected_by=None
    )
    rows = readings.order_by("ends_on", "read_on", "pk")
    return {
        (project, key): value
        for project, key, value in rows.values_list("project_id", "indicator", "value")
    }


def _similar(mine: UnitCost, known: Iterable[UnitCost]) -> Similar:
    others = tuple(
        each
        for each in known
        if each.line.measure == mine.line.measure
        and alike(each.line.name, mine.line.name) >= ALIKE_LEAST
    )
    paid = [each.actual for each in others if each.actual]
    return Similar(
        mine=mine,
        others=tuple(sorted(others, key=lambda each: (each.planned, each.project.code))),
        planned=compare(mine.planned, [each.planned for each in others]),
        actual=compare(mine.actual, paid) if mine.actual else None,
    )


def _over(money: Decimal, count: Decimal) -> Decimal:
    """Money over a count, in cents but never nothing."""
    return max((money / count).quantize(CENT, rounding=ROUND_HALF_UP), CENT)
