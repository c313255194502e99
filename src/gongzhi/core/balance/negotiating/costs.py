"""Costs in common: each stretch is borne in equal parts by all who need it, to the fen."""

from dataclasses import dataclass

from gongzhi.core.balance.compensation import in_whole_fen
from gongzhi.core.balance.cost_sharing import airport
from gongzhi.core.balance.negotiating.amounts import in_fen
from gongzhi.core.balance.negotiating.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Borne:
    """A cost in common: its name, the whole in fen, who bears how much (side's code, fen)."""

    name: str
    total: int
    shares: tuple[tuple[str, int], ...]


def borne(case: Case) -> tuple[Borne, ...]:
    """Every cost in common with its shares: Shapley's value of the airport game."""
    found = []
    for cost in case.costs:
        needs = [(code, in_fen(amount)) for code, amount in cost.needs.items()]
        shares = in_whole_fen(airport([amount for _, amount in needs]))
        codes = [code for code, _ in needs]
        found.append(
            Borne(
                name=cost.name,
                total=max((amount for _, amount in needs), default=0),
                shares=tuple(zip(codes, shares, strict=True)),
            )
        )
    return tuple(found)
