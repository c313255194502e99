"""Those who weigh criteria taken together: their weights as one, and the options by them.

Judgements of pairs are joined by their geometric mean (AIJ) where everybody compared, else weights
are (AIP). What the scores tell apart by themselves (entropy) stands beside it; the order is TOPSIS'
over mean scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.balance.conflict import ranks
from gongzhi.core.balance.negotiating.stated import Weighed
from gongzhi.core.balance.negotiating.table import Table
from gongzhi.core.balance.ranking import topsis
from gongzhi.core.balance.weighting import (
    by_entropy,
    by_pairs,
    judgements_together,
    priorities_together,
)
from gongzhi.core.terms import Said

DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Who weighed, their weights as one, by entropy, and how close options are to the best.

    by_judgements: joined as judgements (AIJ) instead of as weights (AIP).
    """

    sides: tuple[int, ...]
    by_judgements: bool
    weights: tuple[float, ...]
    by_figures: tuple[float, ...] | None
    closeness: tuple[float, ...]

    @property
    def ranks(self) -> tuple[Fraction, ...]:
        """The ranks of the options, 1 the best."""
        return ranks([Fraction(str(round(each, DIGITS))) for each in self.closeness])


def together(table: Table) -> Together | None:
    """Those who weighed, as one; None where nobody did."""
    found = [(at, each) for at, each in enumerate(table.stated.weighed) if each is not None]
    if not found:
        return None
    weighed = [each for _, each in found]
    joined = _judgements(table, [at for at, _ in found], weighed)
    weights = joined or _priorities(weighed)
    scores = _mean_scores(weighed)
    by_figures = by_entropy(scores)
    closeness = topsis(scores, weights=weights, more_is_better=[True] * len(weights))
    assert not isinstance(closeness, Said), "scores are numbers and weights add up to one"
    return Together(
        sides=tuple(at for at, _ in found),
        by_judgements=joined is not None,
        weights=weights,
        by_figures=None if isinstance(by_figures, Said) else by_figures,
        closeness=closeness,
    )


def _judgements(
    table: Table, sides: Sequence[int], weighed: Sequence[Weighed]
) -> tuple[float, ...] | None:
    """The weights of all judgements as one matrix, where everybody compared all pairs."""
    if any(each.compared is None for each in weighed):
        return None
    codes = [each.code for each in table.case.criteria]
    matrices = []
    for at in sides:
        matrix = [[1.0] * len(codes) for _ in codes]
        for each in table.side(at).judgements:
            one, other = codes.index(each.first), codes.index(each.second)
            matrix[one][other] = float(each.times)
            matrix[other][one] = float(1 / each.times)
        matrices.append(matrix)
    found = by_pairs(judgements_together(matrices))
    return None if isinstance(found, Said) else found.weights


def _priorities(weighed: Sequence[Weighed]) -> tuple[float, ...]:
    """Weights joined by their geometric mean; by the plain one where somebody gives nothing."""
    given = [[float(weight) for weight in each.weights] for each in weighed]
    if min(min(row) for row in given) > 0:
        return priorities_together(given)
    return tuple(sum(column) / len(given) for column in zip(*given, strict=True))


def _mean_scores(weighed: Sequence[Weighed]) -> list[list[float]]:
    return [
        [float(sum(cell) / len(cell)) for cell in zip(*rows, strict=True)]
        for rows in zip(*(each.scores for each in weighed), strict=True)
    ]
