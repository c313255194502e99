"""Many projects at once: as one, unit by unit and month by month, money beside goals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.core.monitoring import Together
from gongzhi.core.monitoring.figures import in_percent, percent
from gongzhi.core.terms import Ratio
from gongzhi.cycle.standing import graveness
from gongzhi.cycle.summing import Body, Per, added, bodies, by_level, lagging
from gongzhi.web.addresses import address_of
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
DOT_FIELDS = ("project_id", "project__name", "level", "money_now", "goals_now", "fiscal_year")
COLOURS = ("red", "yellow", "blue", "")
GREEN = "green"  # how addresses name the projects without a colour
SHAPES = {"red": "red", "yellow": "yellow"}


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


def narrowed(chosen: Mapping[str, object], *, way: str = "") -> Q:
    """The rows of a year, department, unit, level, as far as they are chosen.

    `way` leads from a row to what has the unit.
    """
    rows = Q()
    if year := chosen["year"]:
        rows &= Q(fiscal_year=year)
    if department := chosen["department"]:
        rows &= Q((f"{way}unit__parent", department)) | Q((f"{way}unit", department))
    if unit := chosen["unit"]:
        rows &= Q((f"{way}unit", unit))
    if level := chosen["level"]:
        rows &= Q(level="" if level == GREEN else level)
    return rows


def whole(sums: QuerySet[Any]) -> Together | None:
    """All projects of kept sums as one; None for no project."""
    found = added(sums)
    return None if found is None else found.together


def grid(
    sums: QuerySet[Any], *, limit: Ratio | None, month: int, per: Per = Per.UNIT
) -> tuple[tuple[GridRow, ...], int]:
    """The units, or departments, whose goals lag most behind their money first; how many more.

    `month` is the last month of the sums.
    """
    shown = lagging(sums, per=per, month=month, at_most=UNITS_SHOWN)
    more = bodies(sums, per=per) - len(shown) if len(shown) == UNITS_SHOWN else 0
    return tuple(_row(each, limit=limit) for each in shown), more


def _row(body: Body, *, limit: Ratio | None) -> GridRow:
    curves = body.sums.together.curves
    return GridRow(
        unit=body.id,
        name=body.name,
        projects=body.sums.projects,
        money=percent_or_dash(curves.money_now),
        goals=percent_or_dash(curves.goals_now),
        cells=tuple(
            _cell(curves.gap_at(month), limit=limit) for month in range(1, curves.month + 1)
        ),
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


def scatter(rows: QuerySet[Any], *, known: int) -> Scatter:
    """The projects with both figures, the gravest drawn last so that none hides it.

    known is how many have both.
    """
    drawn = rows.filter(money_now__isnull=False, goals_now__isnull=False)
    chosen = drawn.order_by(graveness(), "-budget")[:DOTS_SHOWN]
    dots = tuple(_dot(*row) for row in chosen.values_list(*DOT_FIELDS))
    return Scatter(
        dots=dots[::-1],
        left_out=known - len(dots) if len(dots) == DOTS_SHOWN else 0,
        line=f"M{_x(0)} {_y(0)} L{_x(1)} {_y(1)}",
        across=tuple(Tick(_x(n / 4), f"{n * 25}", bool(n % HALF)) for n in range(6)),
        up=tuple(Tick(_y(n / 4), f"{n * 25}", bool(n % HALF)) for n in range(5)),
    )


def _dot(project: UUID, name: str, level: str, money: Ratio, goals: Ratio, year: int) -> Dot:
    return Dot(
        x=_x(float(money)),
        y=_y(float(goals)),
        shape=SHAPES.get(level, "other"),
        address=f"{address_of('project-monitoring', project)}?year={year}",
        title=f"{name} {in_percent(money)} / {in_percent(goals)}",
    )


def counted(sums: QuerySet[Any]) -> Mapping[str, int]:
    """How many projects have each colour, the gravest first."""
    return dict.fromkeys(COLOURS, 0) | dict(by_level(sums))


def _x(share: float) -> float:
    kept = min(max(share, 0), MONEY_MOST)
    return round(LEFT + kept / MONEY_MOST * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    kept = min(max(share, 0), GOALS_MOST)
    return round(HEIGHT - BOTTOM - kept / GOALS_MOST * (HEIGHT - TOP - BOTTOM), 1)
