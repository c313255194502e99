"""How much each criterion weighs: by points, by pairs (AHP), by what the figures tell apart."""

from gongzhi.core.balance.weighting.ahp import Advice, Compared, Matrix, by_pairs
from gongzhi.core.balance.weighting.entropy import by_entropy
from gongzhi.core.balance.weighting.points import by_points
from gongzhi.core.balance.weighting.together import judgements_together, priorities_together

__all__ = [
    "Advice",
    "Compared",
    "Matrix",
    "by_entropy",
    "by_pairs",
    "by_points",
    "judgements_together",
    "priorities_together",
]
