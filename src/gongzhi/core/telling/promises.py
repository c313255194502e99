"""How a promise stands, in one word: done, on plan, behind, not read yet, not done.

A figure is held against what was planned by the end of the month in which it was read, so that
nobody is behind for a month that isn't over. A difference below one point is none: no drawing
shows it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.monitoring.figures import WHOLE, percent
from gongzhi.core.telling.figures import in_a_row
from gongzhi.core.terms import Ratio, Said

STEP = 1  # points


class Standing(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    ON_PLAN = "on_plan"
    BEHIND = "behind"
    MISSED = "missed"  # the year is over
    UNREAD = "unread"


STANDINGS: Mapping[Standing, Said] = {
    Standing.KEPT: Said("已做到"),
    Standing.ON_PLAN: Said("按计划"),
    Standing.BEHIND: Said("落后"),
    Standing.MISSED: Said("没有全做到"),
    Standing.UNREAD: Said("没有读数"),
}
COUNTS: Mapping[Standing, Said] = {
    Standing.KEPT: Said("{count} 项已做到"),
    Standing.ON_PLAN: Said("{count} 项按计划"),
    Standing.BEHIND: Said("{count} 项落后"),
    Standing.MISSED: Said("{count} 项没有全做到"),
    Standing.UNREAD: Said("{count} 项还没有读数"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An indicator: what was promised, what was read, the shares reached and due by then.

    gathers tells whether the figure grows towards its target; a level is to be kept all year, so
    that nobody has kept it before the year is over. due is None before the first month is over.
    """

    name: str
    target: str = ""
    figure: str = ""
    reached: Ratio | None = None
    due: Ratio | None = None
    gathers: bool = True
    read_on: date | None = None


def standing(promise: Promise, *, is_over: bool) -> Standing:
    """How an indicator stands; is_over tells whether its year is."""
    if not promise.gathers and not is_over and promise.reached is not None:
        due = None if promise.reached >= WHOLE else promise.due
        return Standing.BEHIND if lag(promise.reached, due) >= STEP else Standing.ON_PLAN
    return standing_of(promise.reached, due=promise.due, is_over=is_over)


def standing_of(reached: Ratio | None, *, due: Ratio | None, is_over: bool) -> Standing:
    """How anything stands of which a share was reached, and a share was due by now."""
    if reached is None:
        return Standing.UNREAD
    if reached >= WHOLE:
        return Standing.KEPT
    if is_over:
        return Standing.MISSED
    return Standing.BEHIND if lag(reached, due) >= STEP else Standing.ON_PLAN


def lag(reached: Ratio | None, due: Ratio | None) -> Decimal:
    """By how many points less was reached than was due; nothing where one of them is unknown."""
    if reached is None or due is None:
        return Decimal(0)
    return max(percent(min(due, WHOLE)) - percent(reached), Decimal(0))


def slowest(promises: Iterable[Promise], *, is_over: bool) -> Promise | None:
    """The promise that is furthest behind, or furthest from done; None where none is."""
    late = [
        each
        for each in promises
        if standing(each, is_over=is_over) in (Standing.BEHIND, Standing.MISSED)
    ]
    return max(late, key=lambda each: lag(each.reached, _due(each, is_over=is_over)), default=None)


def _due(promise: Promise, *, is_over: bool) -> Ratio | None:
    return WHOLE if is_over else promise.due


def counted(promises: Iterable[Standing]) -> Mapping[Standing, int]:
    """How many stand how; only what there is, the best first."""
    found = Counter(promises)
    return {each: found[each] for each in Standing if found[each]}


def counts_said(counts: Mapping[Standing, int]) -> Said:
    """The counts in one phrase: 1 项已做到、2 项按计划."""
    parts: Sequence[Said] = [
        Said(COUNTS[each].text, {"count": count}) for each, count in counts.items() if count
    ]
    return in_a_row(parts)
