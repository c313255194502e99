"""Proposals side by side: the largest smallest gain, the largest total, and Nash's product.

Gains are counted from limits of institutions. A limit of a resident, or one that is kept to
oneself, never enters: there a gain is counted from the least that the options at hand bring.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.balance.bargaining import Chosen, kalai_smorodinsky, nash
from gongzhi.core.balance.compensation import Settled, Transfer
from gongzhi.core.balance.negotiating.amounts import Value
from gongzhi.core.balance.negotiating.shortlist import Shortlist, settled_at
from gongzhi.core.balance.negotiating.table import Table


class Rule(StrEnum):
    """By which rule an option was proposed."""

    FAIREST = "fairest"
    LARGEST = "largest_total"
    NASH = "nash"


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


def fairest(table: Table, short: Shortlist) -> Proposal | None:
    """The largest smallest share of one's best (Kalai–Smorodinsky)."""
    return _by_rule(table, short, Rule.FAIREST)


def by_product(table: Table, short: Shortlist) -> Proposal | None:
    """The largest product of gains, with the sides' weights (Nash)."""
    return _by_rule(table, short, Rule.NASH)


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


def _by_rule(table: Table, short: Shortlist, rule: Rule) -> Proposal | None:
    """Without compensation where that is possible, else with payments as even as can be."""
    if short.without:
        unpaid = Settled(
            payments=(0,) * len(table.sides), subsidy=0, gains=(None,) * len(table.sides)
        )
        candidates = [(o, unpaid) for o in short.without]
    else:
        candidates = [
            (o, found)
            for o, _ in short.settlements
            if isinstance(found := settled_at(table, o, evenly=True), Settled)
        ]
    if not candidates:
        return None
    brought = [
        [table.brings(at, o, paid=found.payments[at]) for at in table.sides]
        for o, found in candidates
    ]
    least = [_counted_from(table, at, [row[at] for row in brought]) for at in table.sides]
    chosen = _chosen(table, brought, least, rule)
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
    else:
        chosen = kalai_smorodinsky(brought, least)
    assert chosen is not None, "every option at hand is acceptable to all"
    return chosen
