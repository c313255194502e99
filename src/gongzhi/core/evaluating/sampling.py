"""Which self-evaluations are checked again: drawn in each class and size, and those that stand out.

At least the pack's share of each stratum, rounded up, so never none where there is one. What must
be checked anyway (a finding, a complaint) is taken besides the draw and doesn't use it up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from gongzhi.core.evaluating.drawing import lots_of
from gongzhi.core.evaluating.rules import SamplingRules
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Money, Said, SaidValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkable:
    """A self-evaluation that may be checked: its class, its money, why it must be if it must."""

    code: str
    group: str
    amount: Money
    must: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A self-evaluation that is checked again, and why; lot is empty where it wasn't drawn."""

    code: str
    said: Said
    lot: str = ""


def sample(things: Iterable[Checkable], *, rules: SamplingRules, seed: str) -> tuple[Sampled, ...]:
    """What is checked again, by code; the seed is handed in and published."""
    strata: dict[tuple[str, int], list[Checkable]] = {}
    for each in things:
        strata.setdefault((each.group, size_of(each.amount, rules=rules)), []).append(each)
    found = [
        sampled
        for (group, size), mine in strata.items()
        for sampled in _in_stratum(mine, group=group, size=size, rules=rules, seed=seed)
    ]
    return tuple(sorted(found, key=lambda each: each.code))


def size_of(amount: Money, *, rules: SamplingRules) -> int:
    """The number of the size, 0 for the smallest."""
    return sum(amount >= least for least in rules.sizes)


def in_words(size: int, *, rules: SamplingRules) -> Said:
    """A size by its bounds."""
    if not rules.sizes:
        return Said("各种规模")
    if size == 0:
        return Said("{amount} 元以下", {"amount": plain(rules.sizes[0])})
    return Said("{amount} 元及以上", {"amount": plain(rules.sizes[size - 1])})


def _in_stratum(
    mine: list[Checkable], *, group: str, size: int, rules: SamplingRules, seed: str
) -> list[Sampled]:
    forced = [Sampled(code=each.code, said=each.must) for each in mine if each.must is not None]
    free = [each.code for each in mine if each.must is None]
    count = min(ceil(rules.share * len(mine)), len(free))
    values: SaidValues = {
        "group": group,
        "size": in_words(size, rules=rules),
        "all": len(mine),
        "count": count,
    }
    said = Said("抽签：{group}、{size}共 {all} 项，抽 {count} 项", values)
    lots = lots_of(free, seed=seed, thing=f"{group}/{size}", count=count)
    drawn = [Sampled(code=each.code, said=said, lot=each.lot) for each in lots if each.drawn]
    return [*forced, *drawn]
