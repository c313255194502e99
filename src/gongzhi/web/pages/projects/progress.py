"""How far several projects are as one: an aim, a unit, whatever they serve together."""

from dataclasses import dataclass
from typing import Any

from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.telling import Part, Parts, Standing, standing_of
from gongzhi.web.pages.monitoring.seen import percent_or_dash
from gongzhi.web.pages.projects.bars import Stands, bar, stands
from gongzhi.web.shown import Bar

# What is asked of what was watched of a project, annotated with `cycle.standing`.
PART = ("budget", "goals_now", "due", "over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far projects are together, weighed by their budgets."""

    standing: Standing
    stands: Stands
    share: str
    bar: Bar | None


def part_of(row: Any) -> Part:
    """A project as one of several."""
    return Part(budget=row.budget, reached=row.goals_now, due=row.due, is_over=row.over == MONTHS)


def progress(parts: Parts) -> Progress:
    """The projects as one."""
    reached, due = parts.weighed
    standing = standing_of(reached, due=due, is_over=parts.is_over)
    return Progress(
        standing=standing,
        stands=stands(standing),
        share=percent_or_dash(reached),
        bar=bar("goals", reached, due=due),
    )
