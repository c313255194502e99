"""Greedy rules: the most wanted project first, while there is money."""

from collections.abc import Sequence
from fractions import Fraction

from gongzhi.core.balance.voting.election import Election
from gongzhi.core.balance.voting.method import Utility


def by_score(election: Election, *, utility: Utility, ranks: Sequence[int]) -> list[int]:
    """Projects by votes or points; by cardinality, by votes for the money."""
    if utility is Utility.CARDINALITY:
        return by_density(election, utility=utility, ranks=ranks)
    scores = _scores(election, utility)
    return sorted(range(len(scores)), key=lambda at: (-scores[at], ranks[at]))


def by_density(election: Election, *, utility: Utility, ranks: Sequence[int]) -> list[int]:
    """Projects by what they are worth to all for each unit of money; by cost, that is votes."""
    scores = _scores(election, utility)
    costs = [each.cost for each in election.candidates]

    def key(at: int) -> tuple[bool, Fraction, int]:
        if utility is Utility.COST:
            return False, -Fraction(scores[at]), ranks[at]
        if not costs[at]:
            return not scores[at], Fraction(0), ranks[at]
        return not scores[at], -Fraction(scores[at]) / costs[at], ranks[at]

    return sorted(range(len(scores)), key=key)


def _scores(election: Election, utility: Utility) -> list[int]:
    sums = election.scores() if utility.has_points else election.votes()
    found: list[int] = sums.tolist()
    return found
