"""Difference in differences of two groups before and after, with errors clustered by unit.

The estimate is (after − before with the project) − (after − before without). Units may be missing
in one of the times; the interval allows for a unit's own values being alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, sqrt

from gongzhi.core.effects.effect import LEVEL, Design, Effect
from gongzhi.core.effects.student import bound, p_of
from gongzhi.core.terms import Said

UNITS_LEAST = 2
FEW_UNITS = 20
CELLS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A value of a unit, before or after, with or without the project."""

    unit: str
    with_project: bool
    after: bool
    value: float


def difference_in_differences(
    observed: Iterable[Observed], *, level: float = LEVEL
) -> Effect | Said:
    """The effect from single observations, or why it can't be told."""
    rows = [each for each in observed if isfinite(each.value)]
    cells = {
        (group, after): [each.value for each in rows if _cell(each) == (group, after)]
        for group in (True, False)
        for after in (True, False)
    }
    groups = {group: {r.unit for r in rows if r.with_project is group} for group in (True, False)}
    if not all(cells.values()) or any(len(units) < UNITS_LEAST for units in groups.values()):
        return Said("两组在前后都要有数据，每组至少 {least} 个单位", {"least": UNITS_LEAST})
    if groups[True] & groups[False]:
        return Said("{unit} 同时在两组里", {"unit": min(groups[True] & groups[False])})
    means = {cell: sum(values) / len(values) for cell, values in cells.items()}
    with_project = means[True, True] - means[True, False]
    estimate = with_project - (means[False, True] - means[False, False])
    sizes = {cell: len(values) for cell, values in cells.items()}
    count = len(groups[True]) + len(groups[False])
    error = _error(rows, means=means, sizes=sizes, units=count)
    degrees = count - UNITS_LEAST
    reach = bound(level, degrees=degrees) * error
    return Effect(
        design=Design.DIFFERENCES,
        estimate=estimate,
        low=estimate - reach,
        high=estimate + reach,
        level=level,
        p=p_of(estimate / error, degrees=degrees) if error else None,
        cautions=_cautions(min(map(len, groups.values()))),
    )


def _cell(observed: Observed) -> tuple[bool, bool]:
    return observed.with_project, observed.after


def _error(
    rows: list[Observed],
    *,
    means: Mapping[tuple[bool, bool], float],
    sizes: Mapping[tuple[bool, bool], int],
    units: int,
) -> float:
    """The standard error: each unit's pull on the estimate, squared and added (CR1)."""
    pulls: dict[str, float] = {}
    for each in rows:
        cell = _cell(each)
        sign = 1 if each.with_project is each.after else -1
        pull = sign * (each.value - means[cell]) / sizes[cell]
        pulls[each.unit] = pulls.get(each.unit, 0.0) + pull
    small = units / (units - 1)
    if len(rows) > CELLS:
        small *= (len(rows) - 1) / (len(rows) - CELLS)
    return sqrt(small * sum(pull * pull for pull in pulls.values()))


def _cautions(fewest: int) -> tuple[Said, ...]:
    if fewest >= FEW_UNITS:
        return ()
    return (Said("一组只有 {count} 个单位，区间偏窄", {"count": fewest}),)
