"""Other ways to the same panels, for small pools: everything listed, and what is done elsewhere."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import inf

from gongzhi.core.participating.sortition.asking import Quota, Sought, Volunteer
from gongzhi.core.participating.sortition.drawing import holds
from gongzhi.core.solving import Program, Solver

TOLERANCE = 1e-7


def every_panel(pool: Sequence[Volunteer], sought: Sought) -> list[frozenset[str]]:
    """All panels that meet the quotas, one by one."""
    return [
        frozenset(each.code for each in panel)
        for panel in combinations(pool, sought.size)
        if holds(panel, sought=sought)
    ]


def leximin_by_hand(pool: Sequence[Volunteer], sought: Sought) -> dict[str, float]:
    """Each person's LEXIMIN chance: over all panels, stage by stage, person by person."""
    panels = every_panel(pool, sought)
    fixed: dict[str, float] = {}
    while len(fixed) < len(pool):
        level = _most(panels, fixed, raised=[p.code for p in pool if p.code not in fixed])
        free = [each.code for each in pool if each.code not in fixed]
        found = {}
        for code in free:
            floors = {**fixed, **{other: level for other in free if other != code}}
            if _most(panels, floors, raised=[code]) <= level + 1e-6:
                found[code] = level
        assert found, "somebody can't have more"
        fixed |= found
    return fixed


def _most(panels: Sequence[frozenset[str]], floors: dict[str, float], raised: list[str]) -> float:
    """The most that the least of some may have, while others have at least their floor."""
    program = Program()
    for _ in panels:
        program.variable()
    level = program.variable(cost=-1.0)
    program.row(1.0, 1.0, dict.fromkeys(range(len(panels)), 1.0))
    for code in {*floors, *raised}:
        on = {at: 1.0 for at, panel in enumerate(panels) if code in panel}
        if code in raised:
            program.row(0.0, inf, {**on, level: -1.0})
        if code in floors:
            program.row(floors[code] - TOLERANCE, inf, on)
    solved = Solver(program).minimised()
    assert solved is not None
    return -solved[0]


def greedy_chances(pool: Sequence[Volunteer], sought: Sought) -> dict[str, Fraction] | None:
    """Everybody's exact chance under the greedy method that lotteries used before LEXIMIN.

    Whoever has the most urgent value (places still needed ÷ people left) is drawn next; a draw
    that ends in a corner starts anew. None where it always does.
    """
    found: dict[frozenset[str], Fraction] = {}
    _greedy(tuple(pool), (), sought, Fraction(1), found)
    total = sum(found.values())
    if not total:
        return None
    return {
        each.code: sum((share for panel, share in found.items() if each.code in panel), Fraction())
        / total
        for each in pool
    }


def _greedy(left, chosen, sought, share, found) -> None:
    if len(chosen) == sought.size:
        if holds(chosen, sought=sought):
            key = frozenset(each.code for each in chosen)
            found[key] = found.get(key, Fraction()) + share
        return
    candidates = _most_urgent(left, chosen, sought)
    for each in candidates:
        now = (*chosen, each)
        full = [q for q in sought.quotas if _having(q, now) >= q.most]
        staying = tuple(
            other
            for other in left
            if other.code != each.code
            and not any(other.features.get(q.feature) == q.value for q in full)
        )
        _greedy(staying, now, sought, share / len(candidates), found)


def _most_urgent(left, chosen, sought) -> tuple[Volunteer, ...]:
    best: Quota | None = None
    worst = Fraction(0)
    for quota in sought.quotas:
        needed, having = quota.least - _having(quota, chosen), _having(quota, left)
        if needed > having:
            return ()
        if needed > 0 and Fraction(needed, having) > worst:
            best, worst = quota, Fraction(needed, having)
    if best is None:
        return left
    return tuple(each for each in left if each.features.get(best.feature) == best.value)


def _having(quota: Quota, people: Sequence[Volunteer]) -> int:
    return sum(each.features.get(quota.feature) == quota.value for each in people)
