"""The year's money and promises, added up by department and by the aims that they serve."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.cycle.described import described
from gongzhi.cycle.models import Aim, BudgetAct, PurposeSum
from gongzhi.cycle.purposes import added
from gongzhi.cycle.summing import Per
from gongzhi.cycle.units_having import names_of
from gongzhi.web.pages.monitoring.seen import percent_or_dash

DEPTH_MAX = 8
DEPARTMENT = Coalesce("project__unit__parent_id", "project__unit_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Some projects added up; goals are weighed by budget, as everywhere.

    moved is by how much the year's acts changed the budget.
    """

    projects: int = 0
    budget: Decimal = NOTHING
    paid: Decimal = NOTHING
    paid_of_budget: Decimal = NOTHING
    goals_weight: Decimal = NOTHING
    goals: Decimal = NOTHING
    red: int = 0
    yellow: int = 0
    moved: Decimal = NOTHING

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        names = [each.name for each in fields(self)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def initial(self) -> Decimal:
        """The budget before the year's acts."""
        return self.budget - self.moved

    @property
    def money_share(self) -> str:
        """Paid of the budget."""
        return percent_or_dash(self.paid_of_budget / self.budget if self.budget else None)

    @property
    def goals_share(self) -> str:
        """How far the goals are, of what was read."""
        return percent_or_dash(self.goals / self.goals_weight if self.goals_weight else None)


SUMMED = tuple(each.name for each in fields(Tally) if each.name != "moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A department or an aim with what its projects add up to; wider aims stand above."""

    name: str
    address: str
    tally: Tally
    depth: int = 0
    kind: str = ""
    document: str = ""
    department: UUID | None = None


def departments(member: Member, *, year: int) -> tuple[Line, ...]:
    """A line for each department, the largest budget first."""
    kept = PurposeSum.objects.by_department_for(member).filter(fiscal_year=year)
    rows = kept.annotate(whose=Per.DEPARTMENT.body)
    moved = _moved(_acts(member, year=year).annotate(whose=DEPARTMENT))
    tallies = _tallies(rows, moved)
    names = names_of(tallies.keys())
    lines = (
        Line(
            name=names[whose],
            address=f"{reverse('monitoring')}?{urlencode({'year': year, 'department': whose})}",
            tally=tally,
            department=whose,
        )
        for whose, tally in tallies.items()
    )
    return tuple(sorted(lines, key=lambda line: (-line.tally.budget, line.name)))


def aims(member: Member, *, year: int) -> tuple[Line, ...]:
    """A line for each aim that projects serve, wider ones above, each with all below it."""
    whose = described("aim", reader=member)
    kept = PurposeSum.objects.whole_for(member).filter(fiscal_year=year)
    served = _tallies(
        kept.annotate(whose=F("aim")),
        _moved(_acts(member, year=year).annotate(whose=whose)),
    )
    parts: dict[UUID | None, list[Aim]] = defaultdict(list)
    for aim in Aim.objects.visible_to(member):
        parts[aim.within_id].append(aim)
    return tuple(_lines(parts, served=served))


def _acts(member: Member, *, year: int) -> QuerySet[Any]:
    decided: QuerySet[Any] = BudgetAct.objects.visible_to(member).filter(fiscal_year=year)
    return decided.order_by()


def _moved(acts: QuerySet[Any]) -> Mapping[UUID, Decimal]:
    return dict(acts.values("whose").annotate(total=Sum("amount")).values_list("whose", "total"))


def _tallies(kept: QuerySet[Any], moved: Mapping[UUID, Decimal]) -> Mapping[UUID, Tally]:
    """What the database adds up for each; what nobody knows counts as nothing."""
    found = kept.order_by().values("whose").annotate(**added())
    return {row["whose"]: _tally(row, moved=moved.get(row["whose"], NOTHING)) for row in found}


def _tally(row: Mapping[str, Any], *, moved: Decimal) -> Tally:
    known = {name: row[f"sum_{name}"] for name in SUMMED}
    return Tally(**known, moved=moved)


def _lines(
    parts: Mapping[UUID | None, list[Aim]],
    *,
    served: Mapping[UUID, Tally],
    within: UUID | None = None,
    depth: int = 0,
) -> Iterator[Line]:
    if depth == DEPTH_MAX:
        return
    for aim in parts.get(within, ()):
        tally = _below(aim, parts, served=served)
        if tally.projects:
            yield Line(
                name=aim.name,
                address=f"{reverse('aims')}#aim-{aim.pk}",
                tally=tally,
                depth=depth,
                kind=str(aim.get_kind_display()),
                document=aim.document,
            )
            yield from _lines(parts, served=served, within=aim.pk, depth=depth + 1)


def _below(
    aim: Aim,
    parts: Mapping[UUID | None, list[Aim]],
    *,
    served: Mapping[UUID, Tally],
    depth: int = 0,
) -> Tally:
    """What serves an aim and all under it."""
    whole = served.get(aim.pk, Tally())
    if depth < DEPTH_MAX:
        for part in parts.get(aim.pk, ()):
            whole += _below(part, parts, served=served, depth=depth + 1)
    return whole
