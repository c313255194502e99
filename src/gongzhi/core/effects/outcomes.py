"""Outcomes of several units over periods, laid out for the designs; what doesn't fit is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from gongzhi.core.effects.effect import shown
from gongzhi.core.terms import Said, SaidValues

BEFORE_LEAST, AFTER_LEAST, OTHERS_LEAST = 2, 1, 2
Series: TypeAlias = tuple[float, ...]
Row: TypeAlias = tuple[str, int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The mean of the units with the project, and each of those without, period by period.

    before is the number of periods before the project; treated the units that the mean is of.
    """

    periods: tuple[int, ...]
    before: int
    treated: tuple[str, ...]
    seen: Series
    others: tuple[str, ...]
    values: tuple[Series, ...]

    def as_if(self, other: str) -> "Outcomes":
        """A placebo: one of the others taken as if it had the project, the rest as its others."""
        at = self.others.index(other)
        return Outcomes(
            periods=self.periods,
            before=self.before,
            treated=(other,),
            seen=self.values[at],
            others=(*self.others[:at], *self.others[at + 1 :]),
            values=(*self.values[:at], *self.values[at + 1 :]),
        )


def outcomes_of(rows: Iterable[Row], *, treated: frozenset[str], since: int) -> Outcomes | Said:
    """Rows of unit, period and value; since is the first period with the project.

    Or why they can't be compared, in words: designs need every unit in every period.
    """
    cells: dict[tuple[str, int], float] = {}
    for unit, period, value in rows:
        if (unit, period) in cells:
            return Said("{unit} 的 {period} 期有两个数", {"unit": unit, "period": period})
        if not isfinite(value):
            return Said("{unit} 的 {period} 期不是数字", {"unit": unit, "period": period})
        cells[unit, period] = value
    units = sorted({unit for unit, _ in cells})
    periods = tuple(sorted({period for _, period in cells}))
    told = _why_not(cells, units=units, periods=periods, treated=treated, since=since)
    if told is not None:
        return told
    mine = tuple(unit for unit in units if unit in treated)
    others = tuple(unit for unit in units if unit not in treated)
    return Outcomes(
        periods=periods,
        before=sum(period < since for period in periods),
        treated=mine,
        seen=tuple(sum(cells[unit, at] for unit in mine) / len(mine) for at in periods),
        others=others,
        values=tuple(tuple(cells[unit, at] for at in periods) for unit in others),
    )


def _why_not(
    cells: dict[tuple[str, int], float],
    *,
    units: list[str],
    periods: tuple[int, ...],
    treated: frozenset[str],
    since: int,
) -> Said | None:
    unknown = sorted(treated - set(units))
    if unknown or not treated:
        return Said("没有 {unit} 的数据", {"unit": unknown[0] if unknown else "—"})
    if len(units) - len(treated) < OTHERS_LEAST:
        return Said("对照不到 {least} 个，不能比较", {"least": OTHERS_LEAST})
    before = sum(period < since for period in periods)
    if before < BEFORE_LEAST or len(periods) - before < AFTER_LEAST:
        values = {"before": BEFORE_LEAST, "after": AFTER_LEAST}
        return Said("之前至少要有 {before} 期，之后至少要有 {after} 期", values)
    missing = ((unit, at) for unit in units for at in periods if (unit, at) not in cells)
    gap = next(missing, None)
    if gap is not None:
        return Said("缺少 {unit} 的 {period} 期", {"unit": gap[0], "period": gap[1]})
    return None


def few_others(count: int, *, level: float) -> tuple[Said, ...]:
    """A caution where even the largest difference couldn't stand out among so few."""
    if count + 1 >= 1 / (1 - level):
        return ()
    values: SaidValues = {"count": count, "least": shown(1 / (count + 1))}
    return (Said("对照只有 {count} 个，再大的差别 p 也不小于 {least}", values),)
