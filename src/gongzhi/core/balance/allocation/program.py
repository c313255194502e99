"""The linear program of an allocation, as arrays for HiGHS.

What a project gets is its floor (if it goes on), less what it lacks of it, plus parts of the range
up to its ceiling: x = low·z − short + Σ y. Amounts are 10,000 yuan here, so that HiGHS's tolerances
are far below a fen. A level L of each group of equal score keeps the order: who is better grows by
L or more, who is worse by L at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from math import inf

import highspy
import numpy as np
from numpy.typing import NDArray

from gongzhi.core.balance.allocation.asked import Asked, Limit
from gongzhi.core.balance.allocation.ranges import Numbers, Ranges, fen_of, groups_of_score

SCALE = 1_000_000.0  # fen in 10,000 yuan
Places = NDArray[np.int64]
NONE = np.zeros(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOf:
    """What a row is: the total, a limit's floor or ceiling (its place), the order of a project."""

    kind: str
    place: int = -1


@dataclass(slots=True, kw_only=True)
class Rows:
    """Rows under way: bounds, entries, and what each is."""

    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    of: list[RowOf] = field(default_factory=list)

    def add(
        self, of: RowOf, columns: Sequence[int], values: Sequence[float], *,
        least: float = -inf, most: float = inf,
    ) -> None:  # fmt: skip
        """Add a row."""
        self.least.append(least)
        self.most.append(most)
        self.columns += columns
        self.values += values
        self.starts.append(len(self.columns))
        self.of.append(of)


class Program:
    """The columns and rows of an allocation; elastic: floors may lack something, at a price.

    Columns in this order: parts of the range (part by part over all projects), whether a project
    goes on, what it lacks of its floor; then, as rows need them, what limits lack and the levels of
    the order.
    """

    def __init__(self, asked: Asked, ranges: Ranges, *, elastic: bool, firm: bool = True) -> None:
        self.asked, self.ranges = asked, ranges
        self.elastic, self.firm = elastic, firm
        self.parts = len(asked.rules.segments)
        self.count = ranges.count
        self.low, self.high = ranges.low / SCALE, ranges.high / SCALE
        self.base = ranges.base / SCALE
        self.caps = ranges.caps()
        self.rows = Rows()
        self.lower: list[Numbers] = []
        self.upper: list[Numbers] = []
        self.value: list[Numbers] = []
        self.lack: list[Numbers] = []
        self.columns = 0
        self._columns_of_projects()
        self.groups = groups_of_score(asked.requests, ranges) if asked.rules.ordered else []
        self._money_rows()
        self._stop_rows()
        self._order_rows()

    # ── columns ──

    def _add(self, lower: Numbers, upper: Numbers, value: Numbers, lack: Numbers) -> Places:
        self.lower.append(lower)
        self.upper.append(upper)
        self.value.append(value)
        self.lack.append(lack)
        first, self.columns = self.columns, self.columns + len(lower)
        return np.arange(first, self.columns)

    def _one(self, lower: float, upper: float, *, lack: float = 0.0) -> int:
        self._add(np.array([lower]), np.array([upper]), NONE, np.array([lack]))
        return self.columns - 1

    def _columns_of_projects(self) -> None:
        nothing, weight = np.zeros(self.count), self.ranges.weight
        self.width = (self.high - self.low) / self.parts
        for slope in self.asked.rules.segments:
            self._add(nothing, self.width, weight * float(slope), nothing)
        on = np.where(self.ranges.stoppable, 0.0, 1.0)
        self.going = self._add(on, np.ones(self.count), weight * self.low, nothing)
        soft = self.elastic & ~self.ranges.rigid
        lacking = np.where(soft, self.low, 0.0)
        price = np.full(self.count, 1.0 if self.firm else 0.0)
        self.lacking = self._add(nothing, lacking, -weight, price)
        places = np.arange(self.count)
        self._parts_of = np.stack([places + p * self.count for p in range(self.parts)], 1).tolist()
        self._going_of, self._lacking_of = self.going.tolist(), self.lacking.tolist()
        self._low_of, self._base_of = self.low.tolist(), self.base.tolist()
        self._caps_of: list[float] = self.caps.tolist()

    def of(self, members: Places, factors: Numbers) -> tuple[list[Places], list[Numbers]]:
        """The entries of Σ factor · x over projects."""
        parts = [members + part * self.count for part in range(self.parts)]
        columns = [*parts, self.going[members]]
        values = [factors] * self.parts + [factors * self.low[members]]
        if self.elastic:
            columns.append(self.lacking[members])
            values.append(-factors)
        return columns, values

    def _of_one(self, at: int, factor: float) -> tuple[list[int], list[float]]:
        """The entries of factor · x of one project."""
        columns = [*self._parts_of[at], self._going_of[at]]
        values = [factor] * self.parts + [factor * self._low_of[at]]
        if self.elastic:
            columns.append(self._lacking_of[at])
            values.append(-factor)
        return columns, values

    def _of_all(self, members: Places) -> tuple[list[int], list[float]]:
        """The entries of Σ x over projects."""
        columns, values = self.of(members, np.ones(len(members)))
        return np.concatenate(columns).tolist(), np.concatenate(values).tolist()

    # ── rows ──

    def _money_rows(self) -> None:
        columns, values = self._of_all(np.arange(self.count))
        self._ceiling(RowOf(kind="total"), columns, values, most=fen_of(self.asked.total) / SCALE)
        for place, limit in enumerate(self.asked.limits):
            members = np.array(self.asked.members[limit.of, limit.name], dtype=np.int64)
            columns, values = self._of_all(members)
            if limit.most is not None:
                most = fen_of(limit.most) / SCALE
                self._ceiling(RowOf(kind="most", place=place), columns, values, most=most)
            if limit.least is not None:
                self._floor(place, limit, columns, values)

    def _ceiling(self, of: RowOf, columns: list[int], values: list[float], *, most: float) -> None:
        if not self.firm:
            over = self._one(0.0, inf, lack=1.0)
            columns, values = [*columns, over], [*values, -1.0]
        self.rows.add(of, columns, values, most=most)

    def _floor(self, place: int, limit: Limit, columns: list[int], values: list[float]) -> None:
        least = fen_of(limit.least or Decimal(0)) / SCALE
        if (self.elastic and not limit.firm) or not self.firm:
            priced = limit.firm or self.firm
            under = self._one(0.0, inf, lack=1.0 if priced else 0.0)
            columns, values = [*columns, under], [*values, 1.0]
        self.rows.add(RowOf(kind="least", place=place), columns, values, least=least)

    def _stop_rows(self) -> None:
        """Who stops gets no part of the range, and lacks nothing."""
        for at in np.flatnonzero(self.ranges.stoppable).tolist():
            row, on, width = RowOf(kind="on", place=at), self._going_of[at], float(self.width[at])
            for part in self._parts_of[at]:
                self.rows.add(row, [part, on], [1.0, -width], most=0.0)
            if self.elastic:
                lacking = self._lacking_of[at]
                self.rows.add(row, [lacking, on], [1.0, -self._low_of[at]], most=0.0)

    def _order_rows(self) -> None:
        self.level_of: dict[int, int] = {}
        self.later: dict[int, list[int]] = {}
        caps = self._caps_of
        for groups in self.groups:
            above: int | None = None
            highest = self._highest_after(groups)
            for number, group in enumerate(groups):
                if above is not None:
                    for at in group:
                        self._grows_no_more(at, above)
                if number + 1 < len(groups):
                    above = self._level(group, above)
                    late = [at for at in group if caps[at] < highest[number]]
                    for at in group:
                        if caps[at] >= highest[number]:
                            self._grows_no_less(at, above, highest=highest[number])
                    if late:
                        rest = [at for later in groups[number + 1 :] for at in later]
                        self.later.update(dict.fromkeys(late, rest))
            self._alike(groups)

    def _highest_after(self, groups: Sequence[Sequence[int]]) -> list[float]:
        """For each group the most that anybody who comes after it may grow to."""
        most = [max(map(self._caps_of.__getitem__, group)) for group in reversed(groups)]
        return [*list(accumulate(most, max))[-2::-1], -inf]

    def _level(self, group: Sequence[int], above: int | None) -> int:
        level = self._one(0.0, inf)
        if above is not None:
            self.rows.add(RowOf(kind="levels"), [above, level], [1.0, -1.0], least=0.0)
        self.level_of.update(dict.fromkeys(group, level))
        return level

    def _grows_no_more(self, at: int, level: int) -> None:
        columns, values = self._of_one(at, 1.0)
        entries = [*columns, level], [*values, -self._base_of[at]]
        self.rows.add(RowOf(kind="held", place=at), *entries, most=0.0)

    def _grows_no_less(self, at: int, level: int, *, highest: float) -> None:
        """A project grows no less than a level; one that stops isn't compared, and holds nobody."""
        columns, values = self._of_one(at, 1.0)
        base, row = self._base_of[at], RowOf(kind="lifted", place=at)
        free = base * highest if self.ranges.stoppable[at] else 0.0
        values[columns.index(self._going_of[at])] -= free
        self.rows.add(row, [*columns, level], [*values, -base], least=-free)

    def _alike(self, groups: Sequence[Sequence[int]]) -> None:
        """Who can't be told apart grows alike."""
        for one, other in self._twins(groups):
            first, values = self._of_one(one, 1.0 / self._base_of[one])
            second, less = self._of_one(other, -1.0 / self._base_of[other])
            row = RowOf(kind="alike", place=one)
            self.rows.add(row, [*first, *second], [*values, *less], least=0.0, most=0.0)

    def _twins(self, groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
        ranges = self.ranges
        for group in groups:
            seen: dict[tuple[object, ...], int] = {}
            for at in group:
                if ranges.stoppable[at] or ranges.low[at] == ranges.high[at]:
                    continue
                each, base = self.asked.requests[at], ranges.base[at]
                likeness = (each.need, each.field, each.region, ranges.low[at] / base)
                key = (*likeness, ranges.high[at] / base)
                if key in seen:
                    yield seen[key], at
                seen[key] = at

    # ── for HiGHS ──

    def model(self, cost: Numbers) -> highspy.HighsLp:
        """The program with these costs, to be made as small as possible."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, len(self.rows.of)
        model.col_cost_ = cost
        model.col_lower_ = np.concatenate(self.lower)
        model.col_upper_ = np.concatenate(self.upper)
        model.row_lower_ = np.array(self.rows.least)
        model.row_upper_ = np.array(self.rows.most)
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.array(self.rows.starts, dtype=np.int32)
        matrix.index_ = np.array(self.rows.columns, dtype=np.int32)
        matrix.value_ = np.array(self.rows.values)
        if self.ranges.stoppable.any():
            kinds = [highspy.HighsVarType.kContinuous] * self.columns
            for at in self.going[self.ranges.stoppable]:
                kinds[at] = highspy.HighsVarType.kInteger
            model.integrality_ = kinds
        return model

    def worth(self) -> Numbers:
        """The costs of the second step: less the weighted value."""
        return -np.concatenate(self.value)

    def lacks(self) -> Numbers:
        """The costs of the first step: what floors lack."""
        return np.concatenate(self.lack)

    def amounts(self, found: Numbers) -> Numbers:
        """What each project gets, in fen, not yet rounded."""
        parts = found[: self.count * self.parts].reshape(self.parts, self.count).sum(axis=0)
        lacking = found[self.lacking] if self.elastic else 0.0
        amounts: Numbers = (parts + self.low * found[self.going] - lacking) * SCALE
        return amounts
