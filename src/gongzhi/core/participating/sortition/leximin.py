"""LEXIMIN: the chances that make the least likely as likely as possible, then the next, and so on.

By column generation (Flanigan et al. 2021, supplement, algorithm 1), over groups instead of people:
the dual of each stage prices the groups, a whole-number program looks for the panel worth most by
those prices, until none is worth more than the panels known. Whoever has a price there can't have
a greater chance; the next stage leaves those alone.

Where time runs out, no more panels are looked for: the stages go on among those known. Every panel
still meets the quotas; that nobody's chance could be raised any more is then no longer proven.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from gongzhi.core.participating.sortition.asking import Composition, Group, Sought
from gongzhi.core.participating.sortition.feasible import panels
from gongzhi.core.solving import OutOfTime, Program, Solver

# What a panel is worth beyond the known ones counts from here; a price, too.
NEAR = 1e-7
# A chance is fixed so much below the optimum, lest rounding makes the next stage impossible.
SLACK = 1e-8
# Where rounding makes it impossible all the same, the chances fixed give way by this share.
LESS = 1 - 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairest:
    """The chance of each group's members, and a lottery over panels that gives them.

    Finished: proven to be LEXIMIN, instead of stopped by time.
    """

    chances: tuple[float, ...]
    lottery: tuple[tuple[Composition, float], ...]
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many seconds are left, as whoever waits says, and whom to tell how far it got."""

    left: Callable[[], float]
    tell: Callable[[int, int], None]


def fairest(
    groups: Sequence[Group], *, sought: Sought, patience: Patience | None = None
) -> Fairest:
    """The LEXIMIN chances; some panel has to meet the quotas."""
    search = _Search(groups, sought=sought, patience=patience)
    fixed = search.cover()
    while len(fixed) < len(groups):
        fixed |= _stage(groups, search=search, fixed=fixed)
        if patience:
            patience.tell(len(fixed), len(groups))
    chances = tuple(fixed[at] for at in range(len(groups)))
    return Fairest(
        chances=chances,
        lottery=_lottery(groups, search=search, chances=chances),
        finished=not search.is_over,
    )


class _Search:
    """Panels that meet the quotas: the known ones, and those worth most by prices of groups."""

    def __init__(
        self, groups: Sequence[Group], *, sought: Sought, patience: Patience | None
    ) -> None:
        self.groups = groups
        self.known: dict[Composition, None] = {}
        self.is_over = False
        self._solver = Solver(panels(groups, sought=sought, quotas=sought.quotas))
        if patience:
            # Some panel is known whatever the time: without prices the first one found will do.
            self.known[self.worth_most([0.0] * len(groups))[1]] = None
            self._solver.left = patience.left

    def worth_most(self, prices: Sequence[float]) -> tuple[float, Composition]:
        """The panel worth most by prices for each of a group's members, and its worth."""
        self._solver.price([-price for price in prices])
        try:
            solved = self._solver.minimised()
        except OutOfTime:
            self.is_over = True
            raise
        assert solved is not None, "some panel meets the quotas"
        _, found = solved
        composition = tuple(round(each) for each in found)
        return sum(p * n for p, n in zip(prices, composition, strict=True)), composition

    def cover(self) -> dict[int, float]:
        """Know a panel for each group that can sit on one; the others' chance is nothing."""
        shut_out: dict[int, float] = {}
        seen = {at for panel in self.known for at, count in enumerate(panel) if count}
        for at in range(len(self.groups)):
            if at in seen:
                continue
            others = 1.0 / (1 + sum(group.count for group in self.groups))
            prices = [0.0 if each in seen else others for each in range(len(self.groups))]
            prices[at] = 1.0
            try:
                _, composition = self.worth_most(prices)
            except OutOfTime:
                return dict.fromkeys(set(range(len(self.groups))) - seen, 0.0)
            self.known[composition] = None
            if not composition[at]:
                shut_out[at] = 0.0
            seen |= {place for place, count in enumerate(composition) if count}
        return shut_out


def _stage(
    groups: Sequence[Group], *, search: _Search, fixed: Mapping[int, float]
) -> dict[int, float]:
    """Maximise the least chance of those not fixed; who can't have more, with that chance."""
    solver, value_at = _dual(groups, search=search, fixed=fixed)
    while True:
        solved = solver.minimised()
        if solved is None:  # no lottery over the known panels gives quite what was fixed
            return {at: chance * LESS for at, chance in fixed.items()}
        least, found = solved
        better = _better(groups, search=search, found=found, than=found[value_at])
        if better is None:
            priced = [at for at in range(len(groups)) if at not in fixed]
            most = max(found[at] for at in priced)
            return {
                at: max(0.0, least - SLACK)
                for at in priced
                if found[at] > NEAR or found[at] == most
            }
        search.known[better] = None
        solver.add(-inf, 0.0, _row(better, groups, value_at=value_at))


def _better(
    groups: Sequence[Group], *, search: _Search, found: Sequence[float], than: float
) -> Composition | None:
    """A panel that isn't known and worth more; None where there is none, or no time to look."""
    prices = [found[at] / group.count for at, group in enumerate(groups)]
    try:
        worth, composition = search.worth_most(prices)
    except OutOfTime:
        return None
    return None if worth <= than + NEAR or composition in search.known else composition


def _dual(
    groups: Sequence[Group], *, search: _Search, fixed: Mapping[int, float]
) -> tuple[Solver, int]:
    """Prices of groups, which make one together over those not fixed, and what a panel is worth."""
    program = Program()
    for at in range(len(groups)):
        program.variable(cost=-fixed.get(at, 0.0))
    value_at = program.variable(cost=1.0)
    free = [at for at in range(len(groups)) if at not in fixed]
    program.row(1.0, 1.0, dict.fromkeys(free, 1.0))
    for composition in search.known:
        program.row(-inf, 0.0, _row(composition, groups, value_at=value_at))
    return Solver(program), value_at


def _row(composition: Composition, groups: Sequence[Group], *, value_at: int) -> dict[int, float]:
    shares = {at: n / groups[at].count for at, n in enumerate(composition) if n}
    return {**shares, value_at: -1.0}


def _lottery(
    groups: Sequence[Group], *, search: _Search, chances: Sequence[float]
) -> tuple[tuple[Composition, float], ...]:
    """A lottery over the known panels that gives the chances, as nearly as it can be."""
    known = list(search.known)
    program = Program()
    for _ in known:
        program.variable()
    off = program.variable(cost=1.0)
    program.row(1.0, 1.0, dict.fromkeys(range(len(known)), 1.0))
    for at, group in enumerate(groups):
        shares = {place: panel[at] / group.count for place, panel in enumerate(known) if panel[at]}
        program.row(chances[at], inf, {**shares, off: 1.0})
    solved = Solver(program).minimised()
    assert solved is not None, "off may be as much as it takes"
    _, found = solved
    drawn = ((panel, found[place]) for place, panel in enumerate(known))
    return tuple((panel, share) for panel, share in drawn if share > 0)
