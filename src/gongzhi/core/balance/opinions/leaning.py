"""Which statements stand for a group, unite all, divide, or are held by a minority."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gongzhi.core.balance.opinions.asking import GroupRules
from gongzhi.core.balance.opinions.counting import Counts, above_half, above_others, share
from gongzhi.core.balance.opinions.matrix import Numbers

HALF, STRONG = 0.5, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """What a group thinks of a statement, against all others.

    column: which statement. agrees: whether it is agreed with or rejected. count of seen in the
    group; share by Laplace; ratio to the others' share; certain and against_others are z-values;
    others: the others' share.
    """

    column: int
    agrees: bool
    count: int
    seen: int
    share: float
    others: float
    certain: float
    against_others: float
    significant: bool

    @property
    def ratio(self) -> float:
        """How many times the others' share."""
        return self.share / self.others

    @property
    def weight(self) -> float:
        """By what the statements of a group are put in order."""
        return self.ratio * self.against_others * self.share * self.certain


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A statement with the share of each group that agrees, and one figure of them all."""

    column: int
    value: float
    shares: tuple[float, ...]
    seen: int


def leanings(counts: Counts, group: int, *, rules: GroupRules) -> tuple[Leaning, ...]:
    """What a group thinks of each statement that it was asked, the most telling first."""
    sides = [_side(part, counts.seen, group=group) for part in (counts.agree, counts.disagree)]
    found = []
    for column in np.flatnonzero(counts.seen[group] > 0):
        side = 0 if sides[0][2][column] > sides[1][2][column] else 1
        part = (counts.agree, counts.disagree)[side]
        shares, certain, against, others = sides[side]
        found.append(
            Leaning(
                column=int(column),
                agrees=side == 0,
                count=int(part[group, column]),
                seen=int(counts.seen[group, column]),
                share=float(shares[column]),
                others=float(others[column]),
                certain=float(certain[column]),
                against_others=float(against[column]),
                significant=bool(min(certain[column], against[column]) > rules.certain),
            )
        )
    return tuple(sorted(found, key=lambda each: (not each.significant, -each.weight, each.column)))


def representative(found: Sequence[Leaning], *, rules: GroupRules) -> tuple[Leaning, ...]:
    """The statements that stand for a group; where none is significant, the one nearest to it."""
    significant = [each for each in found if each.significant][: rules.listed_most]
    if significant or not found:
        return tuple(significant)
    return (max(found, key=lambda each: (min(each.certain, each.against_others), -each.column)),)


def of_minority(found: Sequence[Leaning], *, rules: GroupRules) -> tuple[Leaning, ...]:
    """What a minority holds strongly and most of the others don't."""
    held = (
        each for each in found if each.significant and each.share >= STRONG and each.others < HALF
    )
    return tuple(held)[: rules.listed_most]


def uniting(part: Numbers, seen: Numbers) -> tuple[Held, ...]:
    """Statements by the chance that one of each group would say so: the product of its shares."""
    shares = share(part, seen)
    return _held(shares, shares.prod(axis=0), seen)


def dividing(counts: Counts) -> tuple[Held, ...]:
    """Statements by how far apart the groups' shares are that agree."""
    shares = share(counts.agree, counts.seen)
    if len(shares) > 1:
        return _held(shares, shares.max(axis=0) - shares.min(axis=0), counts.seen)
    evenly = 2 * np.minimum(counts.agree, counts.disagree)[0] / np.maximum(counts.seen[0], 1)
    return _held(shares, evenly, counts.seen)


def _held(shares: Numbers, values: Numbers, seen: Numbers) -> tuple[Held, ...]:
    asked = seen.sum(axis=0)
    order = sorted(np.flatnonzero(asked > 0), key=lambda at: (-float(values[at]), int(at)))
    return tuple(
        Held(
            column=int(at),
            value=float(values[at]),
            shares=tuple(float(each) for each in shares[:, at]),
            seen=int(asked[at]),
        )
        for at in order
    )


def _side(part: Numbers, seen: Numbers, *, group: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """For one side (agree or disagree): the group's share, its two z-values, the others' share."""
    others, asked = part.sum(axis=0) - part[group], seen.sum(axis=0) - seen[group]
    return (
        share(part[group], seen[group]),
        above_half(part[group], seen[group]),
        above_others(part[group], seen[group], others, asked),
        share(others, asked),
    )
