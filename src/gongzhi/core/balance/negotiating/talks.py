"""Talks in rounds: how near the sides' support is, who stands farthest, until they are near enough.

Closeness is 1 − mean |p − q| over all pairs of sides and all options, where p and q say how much
two sides support an option, 0 to 1. Before the first round worth says it: a side's least option 0,
its best 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from gongzhi.core.balance.negotiating.case import Round
from gongzhi.core.balance.negotiating.table import Table

Positions: TypeAlias = tuple[tuple[Fraction, ...], ...]  # side by side, option by option
FULL = 100


class State(StrEnum):
    """Where talks stand."""

    REACHED = "reached"
    GOING_ON = "going_on"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """How near the sides are in a round: all together, each to the others, who is farthest.

    about: the option on which the farthest differs most; its support and the mean of the others.
    """

    level: Fraction
    by_side: tuple[Fraction, ...]
    farthest: int
    about: int
    supports: Fraction
    others: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks:
    """Closeness before the first round and in each; dissents with reasons, by side's code."""

    rounds: tuple[Closeness, ...]
    standing: State
    dissents: tuple[tuple[int, str, str], ...]  # round, side's code, reason


def talks(table: Table) -> Talks | None:
    """The rounds of a case; None where no options were compared."""
    if not table.options:
        return None
    positions = [_from_worth(table)]
    for each in table.case.rounds:
        positions.append(_after(table, positions[-1], each))
    found = tuple(closeness(each) for each in positions)
    reached = found[-1].level >= Fraction(table.case.close_enough)
    ended = len(table.case.rounds) >= table.case.rounds_most
    standing = State.GOING_ON
    if reached or ended:
        standing = State.REACHED if reached else State.ENDED
    dissents = tuple(
        (number, code, reason)
        for number, each in enumerate(table.case.rounds, start=1)
        for code, reason in each.dissents.items()
    )
    return Talks(rounds=found, standing=standing, dissents=dissents)


def closeness(positions: Positions) -> Closeness:
    """How near two sides or more are, exactly."""
    sides, options = len(positions), len(positions[0])
    apart = [Fraction(0)] * sides
    for column in zip(*positions, strict=True):
        for at, distance in enumerate(_distances(column)):
            apart[at] += distance
    by_side = tuple(1 - each / (options * (sides - 1)) for each in apart)
    farthest = min(range(sides), key=lambda at: by_side[at])
    means = [
        (sum(row[o] for row in positions) - positions[farthest][o]) / (sides - 1)
        for o in range(options)
    ]
    about = max(range(options), key=lambda o: abs(positions[farthest][o] - means[o]))
    return Closeness(
        level=sum(by_side, Fraction(0)) / sides,
        by_side=by_side,
        farthest=farthest,
        about=about,
        supports=positions[farthest][about],
        others=means[about],
    )


def _distances(column: Sequence[Fraction]) -> list[Fraction]:
    """Of each value the sum of distances to all others, by one sorting, in whole numbers."""
    scale = lcm(*(value.denominator for value in column))
    whole = [value.numerator * (scale // value.denominator) for value in column]
    order = sorted(range(len(whole)), key=lambda at: whole[at])
    everything, below = sum(whole), 0
    found = [Fraction(0)] * len(whole)
    for place, at in enumerate(order):
        value = whole[at]
        above = everything - below - value
        apart = value * place - below + above - value * (len(whole) - place - 1)
        found[at] = Fraction(apart, scale)
        below += value
    return found


def _from_worth(table: Table) -> Positions:
    rows = []
    for at in table.sides:
        values = [table.by_law(at, o) for o in table.options]
        least, most = min(values), max(values)
        span = most - least
        rows.append(tuple(Fraction(v - least) / span if span else Fraction(1) for v in values))
    return tuple(rows)


def _after(table: Table, before: Positions, now: Round) -> Positions:
    """Support in a round; where a side says nothing, it stays as it was."""
    nothing: Mapping[str, Decimal] = {}
    return tuple(
        tuple(
            Fraction(said[option.code]) / FULL if option.code in said else old
            for option, old in zip(table.stated.options, row, strict=True)
        )
        for said, row in zip(
            (now.support.get(side.code, nothing) for side in table.case.sides), before, strict=True
        )
    )
