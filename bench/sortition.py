"""Lotteries of panels: how long the fairest one takes, beside the solver alone and beside greedy.

    ./run bench sortition [volunteers…]

Volunteers have four features of unequal shares, the panel is to be near equal ones, so that who has
rare features is wanted more often. The solver's part is the time within HiGHS. Greedy is the method
that was usual before: the most urgent value next; its least chance is counted over many draws.
"""

import random
import sys
import time
from collections import Counter

from measuring import fingerprint, table

from gongzhi.core import solving
from gongzhi.core.participating.sortition.asking import Quota, Sought, Volunteer, groups_of
from gongzhi.core.participating.sortition.feasible import contradiction
from gongzhi.core.participating.sortition.lottery import Lottery, fairest_lottery

SIZES = (100, 300, 1_000)
FEATURES = {"gender": 2, "age": 4, "district": 8, "role": 3}
SHARE, DRAWS, CORNERS = 12, 2_000, 200


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    print(fingerprint(), "\n")
    heads = [
        "volunteers", "panel", "groups", "all s", "HiGHS s", "runs", "ratio",
        "least chance", "greedy's", "most chance", "equal",
    ]  # fmt: skip
    print(table(heads, [measured(size) for size in sizes]))


def measured(size: int) -> list[str]:
    chance = random.Random(size)
    pool, sought = asked(size, chance)
    groups = groups_of(pool, sought=sought)
    assert contradiction(groups, sought=sought) is None, "the example can be met"
    solver = Watched()
    started = time.perf_counter()
    lottery = fairest_lottery(pool, sought=sought)
    whole = time.perf_counter() - started
    solver.end()
    chances = lottery.chances()
    return [
        f"{size:,}", str(sought.size), str(len(groups)), f"{whole:.2f}", f"{solver.seconds:.2f}",
        f"{solver.runs:,}", f"{whole / solver.seconds:.2f}", f"{float(min(chances)):.4f}",
        f"{greedy_least(pool, sought, lottery, chance):.4f}", f"{float(max(chances)):.4f}",
        f"{sought.size / size:.4f}",
    ]  # fmt: skip


class Watched:
    """The time within the solver while something runs."""

    def __init__(self) -> None:
        self.seconds, self.runs = 0.0, 0
        self._minimised = solving.Solver.minimised
        watched = self

        def minimised(solver: solving.Solver) -> object:
            started = time.perf_counter()
            found = watched._minimised(solver)
            watched.seconds += time.perf_counter() - started
            watched.runs += 1
            return found

        solving.Solver.minimised = minimised

    def end(self) -> None:
        solving.Solver.minimised = self._minimised


def asked(size: int, chance: random.Random) -> tuple[list[Volunteer], Sought]:
    panel = max(12, min(60, size // 6))
    pool = [
        Volunteer(
            code=f"{at:05}",
            features={
                name: str(chance.choices(range(count), [1 / (n + 1) for n in range(count)])[0])
                for name, count in FEATURES.items()
            },
        )
        for at in range(size)
    ]
    having = Counter((name, value) for each in pool for name, value in each.features.items())
    quotas = tuple(
        Quota(
            feature=name,
            value=str(value),
            least=min(int(panel / count * 0.8), having[name, str(value)]),
            most=int(panel / count * 1.2) + 1,
        )
        for name, count in FEATURES.items()
        for value in range(count)
    )
    return pool, Sought(size=panel, quotas=quotas)


def greedy_least(
    pool: list[Volunteer], sought: Sought, lottery: Lottery, chance: random.Random
) -> float:
    """The least chance of a group under greedy, over many draws; groups that can't sit aside."""
    possible = {
        group.features
        for group, fair in zip(lottery.groups, lottery.chances(), strict=True)
        if fair
    }
    drawn: Counter[str] = Counter()
    draws = max(50, DRAWS // max(1, len(pool) // 100))
    for _ in range(draws):
        drawn.update(greedy(pool, sought, chance))
    by_group: dict[tuple[str, ...], list[int]] = {}
    for each in pool:
        key = tuple(each.features.get(name, "") for name in sought.features)
        if key in possible:
            by_group.setdefault(key, []).append(drawn[each.code])
    return min(sum(counts) / len(counts) for counts in by_group.values()) / draws


def greedy(pool: list[Volunteer], sought: Sought, chance: random.Random) -> list[str]:
    """One panel by the greedy method; a corner starts it anew."""
    for _ in range(CORNERS):
        panel = attempt(pool, sought, chance)
        if panel is not None:
            return panel
    return []


def attempt(pool: list[Volunteer], sought: Sought, chance: random.Random) -> list[str] | None:
    left, panel = list(pool), []
    having = dict.fromkeys(sought.quotas, 0)
    while len(panel) < sought.size:
        people = Counter(pair for each in left for pair in each.features.items())
        urgent, worst = None, 0.0
        for quota in sought.quotas:
            needed = quota.least - having[quota]
            there = people[quota.feature, quota.value]
            if needed > there:
                return None
            if needed > 0 and needed / there > worst:
                urgent, worst = quota, needed / there
        among = [e for e in left if urgent is None or e.features[urgent.feature] == urgent.value]
        if not among:
            return None
        taken = chance.choice(among)
        panel.append(taken.code)
        left.remove(taken)
        for quota in sought.quotas:
            if taken.features[quota.feature] == quota.value:
                having[quota] += 1
                if having[quota] == quota.most:
                    left = [e for e in left if e.features[quota.feature] != quota.value]
    return panel


if __name__ == "__main__":
    main()
