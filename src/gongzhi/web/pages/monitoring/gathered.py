"""Many projects at once: as one, unit by unit and month by month, money beside goals."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.urls import reverse

from gongzhi.core.monitoring import Curves, Together, together
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.terms import Ratio
from gongzhi.cycle.watched_record import shares_from_record
from gongzhi.web.pages.monitoring.drawing import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Sheet,
    Tick,
)
from gongzhi.web.pages.monitoring.seen import percent_or_dash

UNITS_SHOWN, DOTS_SHOWN = 60, 400
MONEY_MOST, GOALS_MOST = 1.25, 1.0
HALF = 2
FIELDS = (
    "project_id",
    "project__name",
    "project__unit_id",
    "project__unit__name",
    "project__unit__parent_id",
    "project__unit__parent__name",
    "level",
    "budget",
    "paid",
    "money_now",
    "goals_now",
    "fiscal_year",
    "curves__month",
    "curves__ended",
    "curves__money",
    "curves__money_planned",
    "curves__goals",
    "curves__goals_planned",
)
SHAPES = {"red": "red", "yellow": "yellow"}


class Slim(NamedTuple):
    """Of a project only what is needed to put many together."""

    project: UUID
    name: str
    unit: UUID
    unit_name: str
    parent: UUID | None
    parent_name: str | None
    level: str
    budget: Decimal | None
    paid: Decimal
    money_now: Ratio | None
    goals_now: Ratio | None
    year: int
    month: int
    ended: int
    money: Sequence[str | None]
    money_planned: Sequence[str | None]
    goals: Sequence[str | None]
    goals_planned: Sequence[str | None]

    @property
    def curves(self) -> Curves:
        """Its two curves."""
        return Curves(
            year=self.year,
            month=self.month,
            ended=self.ended,
            budget=self.budget,
            paid=self.paid,
            money=shares_from_record(self.money),
            money_planned=shares_from_record(self.money_planned),
            goals=shares_from_record(self.goals),
            goals_planned=shares_from_record(self.goals_planned),
        )


Grouped = Callable[[Slim], tuple[UUID, str]]


def by_unit(row: Slim) -> tuple[UUID, str]:
    """The unit that a project is of."""
    return row.unit, row.unit_name


def by_department(row: Slim) -> tuple[UUID, str]:
    """The department above its unit; one that has none is its own."""
    return row.parent or row.unit, row.parent_name or row.unit_name


class GridCell(NamedTuple):
    """A unit in a month: goals minus money in points, and how far that is."""

    text: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A unit, or a department, with its months."""

    unit: UUID
    name: str
    projects: int
    money: str
    goals: str
    cells: tuple[GridCell, ...]
    worst: Ratio


class Dot(NamedTuple):
    """A project in the picture of money and goals."""

    x: float
    y: float
    shape: str
    address: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter(Sheet):
    """Where the projects stand: money to the right, goals upwards; the line is both in step."""

    dots: tuple[Dot, ...]
    left_out: int
    line: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def slim(rows: Any) -> list[Slim]:
    """The rows that were seen last; one that nobody has seen since stands for itself only."""
    found = [Slim._make(row) for row in rows.values_list(*FIELDS)]
    newest = max((each.month, each.ended) for each in found) if found else None
    return [each for each in found if (each.month, each.ended) == newest]


def whole(rows: Sequence[Slim]) -> Together | None:
    """All of them as one."""
    return together(each.curves for each in rows)


def grid(
    rows: Sequence[Slim], *, limit: Ratio | None, of: Grouped = by_unit
) -> tuple[GridRow, ...]:
    """The units, or departments, whose goals lag most behind their money first."""
    units: dict[tuple[UUID, str], list[Slim]] = {}
    for each in rows:
        units.setdefault(of(each), []).append(each)
    found = (_unit(*whose, mine, limit=limit) for whose, mine in units.items())
    return tuple(sorted(found, key=lambda row: (row.worst, row.name)))


def _unit(unit: UUID, name: str, mine: Sequence[Slim], *, limit: Ratio | None) -> GridRow:
    shown = together(each.curves for each in mine)
    assert shown is not None, "a unit has at least one project here"
    curves = shown.curves
    gaps = [curves.gap_at(month) for month in range(1, curves.month + 1)]
    known = [gap for gap in gaps if gap is not None]
    return GridRow(
        unit=unit,
        name=name,
        projects=len(mine),
        money=percent_or_dash(curves.money_now),
        goals=percent_or_dash(curves.goals_now),
        cells=tuple(_cell(gap, limit=limit) for gap in gaps),
        worst=known[-1] if known else Decimal(0),
    )


def _cell(gap: Ratio | None, *, limit: Ratio | None) -> GridCell:
    """A gap; beyond the rule's limit it is a fault, beyond half of it something to watch."""
    if gap is None:
        return GridCell("", "")
    text = signed(f"{percent(gap):+.0f}")
    if limit is None or gap >= -limit / HALF:
        return GridCell(text, "")
    return GridCell(text, "fault" if gap < -limit else "watch")


def signed(figure: str) -> str:
    """A figure with a minus that is as wide as its plus."""
    return figure.replace("-", "−")


def scatter(rows: Sequence[Slim]) -> Scatter:
    """The projects with both figures, the gravest drawn last so that none hides it."""
    known = [each for each in rows if each.money_now is not None and each.goals_now is not None]
    chosen = sorted(known, key=lambda each: _rank(each.level))[:DOTS_SHOWN]
    return Scatter(
        dots=tuple(_dots(reversed(chosen))),
        left_out=len(known) - len(chosen),
        line=f"M{_x(0)} {_y(0)} L{_x(1)} {_y(1)}",
        across=tuple(Tick(_x(n / 4), f"{n * 25}", bool(n % HALF)) for n in range(6)),
        up=tuple(Tick(_y(n / 4), f"{n * 25}", bool(n % HALF)) for n in range(5)),
    )


def _dots(rows: Iterator[Slim]) -> Iterator[Dot]:
    for each in rows:
        assert each.money_now is not None, "chosen for having both"
        assert each.goals_now is not None, "chosen for having both"
        money, goals = in_percent(each.money_now), in_percent(each.goals_now)
        yield Dot(
            x=_x(float(each.money_now)),
            y=_y(float(each.goals_now)),
            shape=SHAPES.get(each.level, "other"),
            address=f"{reverse('project-monitoring', args=[each.project])}?year={each.year}",
            title=f"{each.name} {money} / {goals}",
        )


def _rank(level: str) -> int:
    return ("red", "yellow", "blue", "").index(level)


def _x(share: float) -> float:
    kept = min(max(share, 0), MONEY_MOST)
    return round(LEFT + kept / MONEY_MOST * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    kept = min(max(share, 0), GOALS_MOST)
    return round(HEIGHT - BOTTOM - kept / GOALS_MOST * (HEIGHT - TOP - BOTTOM), 1)


def counted(rows: Sequence[Slim]) -> Mapping[str, int]:
    """How many projects have each colour."""
    found = dict.fromkeys(("red", "yellow", "blue", ""), 0)
    for each in rows:
        found[each.level] += 1
    return found
