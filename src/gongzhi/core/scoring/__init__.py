"""What a form earns: packs of rules, points per row, execution, total, grade."""

from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import Basis, Earned
from gongzhi.core.scoring.scorecard import Scorecard, score_form

__all__ = ["Basis", "Earned", "Pack", "Scorecard", "score_form"]
