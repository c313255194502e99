"""Proposals side by side: the fairest and the largest total; by other rules on demand.

Gains are counted from limits of institutions. A limit of a resident, or one that is kept to
oneself, never enters: there a gain is counted from the least that the options at hand bring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from gongzhi.core.balance.bargaining import Chosen, egalitarian, kalai_smorodinsky, nash
from gongzhi.core.balance.compensation import Settled, Transfer
from gongzhi.core.balance.lotteries import kalai_smorodinsky_mix
from gongzhi.core.balance.negotiating.amounts import Value
from gongzhi.core.balance.negotiating.case import Case
from gongzhi.core.balance.negotiating.shortlist import Shortlist, settled_at
from gongzhi.core.balance.negotiating.table import Table

MIXED_MAX, MIXED_LEAST = 1000, 0.005


class Rule(StrEnum):
    """By which rule an option was proposed."""

    FAIREST = "fairest"
    LARGEST = "largest_total"
    NASH = "nash"
    EGALITARIAN = "egalitarian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An option with payments in fen, which add up to the subsidy, and what each side gains.

    gains: over the limit, in the side's measure; None where it keeps its limit to itself. shares:
    which part of its best each side gets; of institutions and others as the module says. evenly:
    other payments at the same option, which make the smallest gains as large as can be.
    """

    rule: Rule
    option: int
    settled: Settled
    gains: tuple[Value | None, ...]
    shares: tuple[Fraction | None, ...]
    total: int
    evenly: Settled | None = None

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """Who pays whom how much."""
        return self.settled.transfers()


Candidates: TypeAlias = list[tuple[int, Settled]]


def at_hand(table: Table, short: Shortlist) -> Candidates:
    """Options without compensation where there are any, else with payments as even as can be."""
    if short.without:
        nobody = (0,) * len(table.sides)
        unpaid = Settled(payments=nobody, subsidy=0, gains=(None,) * len(nobody))
        return [(o, unpaid) for o in short.without]
    return [
        (o, found)
        for o, _ in short.settlements
        if isinstance(found := settled_at(table, o, evenly=True), Settled)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """Options mixed by shares, where plans can be divided: the smallest share of one's best.

    alone: the same of the best single option, which is less.
    """

    parts: tuple[tuple[int, float], ...]
    smallest: float
    alone: Fraction


def fairest(table: Table, candidates: Candidates) -> Proposal | None:
    """The largest smallest share of one's best (Kalai–Smorodinsky)."""
    return _by_rule(table, candidates, Rule.FAIREST)


def by_product(table: Table, candidates: Candidates) -> Proposal | None:
    """The largest product of gains, with the sides' weights (Nash)."""
    return _by_rule(table, candidates, Rule.NASH)


def gains_compare(case: Case) -> bool:
    """Whether all sides value options in the same measure."""
    return len({side.measure for side in case.sides}) == 1


def by_smallest_gain(table: Table, candidates: Candidates) -> Proposal | None:
    """The largest smallest gain (egalitarian); None where gains have no measure in common."""
    if not gains_compare(table.case):
        return None
    return _by_rule(table, candidates, Rule.EGALITARIAN)


def largest(table: Table, short: Shortlist) -> Proposal | None:
    """The largest total among options that payments make acceptable; then least is moved."""
    if not short.settlements or not table.has_money:
        return None
    option, found = max(
        short.settlements, key=lambda each: (table.total(each[0]), -each[1].moved, -each[0])
    )
    evenly = settled_at(table, option, evenly=True)
    assert isinstance(evenly, Settled), "what can be settled can be settled evenly"
    return Proposal(
        rule=Rule.LARGEST,
        option=option,
        settled=found,
        gains=gains_of(table, option, found),
        shares=(None,) * len(table.sides),
        total=table.total(option),
        evenly=evenly,
    )


def gains_of(table: Table, option: int, found: Settled) -> tuple[Value | None, ...]:
    """What each side gains over its limit at an option with payments."""
    return tuple(
        None if (limit := table.limit(at)) is None else table.brings(at, option, paid=paid) - limit
        for at, paid in zip(table.sides, found.payments, strict=True)
    )


def mixture(table: Table, candidates: Candidates) -> Mixture | None:
    """The mix of options with the largest smallest share of one's best, where it is larger."""
    if not 1 < len(candidates) <= MIXED_MAX:
        return None
    brought, least = _brought(table, candidates)
    chosen = kalai_smorodinsky(brought, least)
    found = kalai_smorodinsky_mix(
        [[float(each) for each in row] for row in brought], [float(each) for each in least]
    )
    assert chosen is not None, "every option at hand is acceptable to all"
    assert found is not None, "every option at hand is acceptable to all"
    reached = _smallest_share(found.utilities, brought, least)
    if reached <= float(min(chosen.shares)) + MIXED_LEAST:
        return None
    return Mixture(
        parts=tuple(
            (option, share)
            for (option, _), share in zip(candidates, found.shares, strict=True)
            if share > MIXED_LEAST
        ),
        smallest=reached,
        alone=min(chosen.shares),
    )


def _smallest_share(
    utilities: Sequence[float], brought: list[list[Value]], least: list[Value]
) -> float:
    best = [float(max(column)) for column in zip(*brought, strict=True)]
    return min(
        (u - float(d)) / (a - float(d)) if a > d else 1.0
        for u, d, a in zip(utilities, least, best, strict=True)
    )


def _brought(table: Table, candidates: Candidates) -> tuple[list[list[Value]], list[Value]]:
    """What each option brings each side, and from where each side's gain is counted."""
    brought = [
        [table.brings(at, o, paid=found.payments[at]) for at in table.sides]
        for o, found in candidates
    ]
    least = [_counted_from(table, at, [row[at] for row in brought]) for at in table.sides]
    return brought, least


def _by_rule(table: Table, candidates: Candidates, rule: Rule) -> Proposal | None:
    if not candidates:
        return None
    chosen = _chosen(table, *_brought(table, candidates), rule)
    option, found = candidates[chosen.option]
    return Proposal(
        rule=rule,
        option=option,
        settled=found,
        gains=gains_of(table, option, found),
        shares=chosen.shares,
        total=table.total(option),
    )


def _counted_from(table: Table, at: int, brought: list[Value]) -> Value:
    limit = None if table.side(at).is_resident else table.limit(at)
    return min(brought) if limit is None else limit


def _chosen(table: Table, brought: list[list[Value]], least: list[Value], rule: Rule) -> Chosen:
    if rule is Rule.NASH:
        weights = [Fraction(side.weight) for side in table.case.sides]
        chosen = nash(brought, least, weights=weights)
    elif rule is Rule.EGALITARIAN:
        chosen = egalitarian(brought, least)
    else:
        chosen = kalai_smorodinsky(brought, least)
    assert chosen is not None, "every option at hand is acceptable to all"
    return chosen
