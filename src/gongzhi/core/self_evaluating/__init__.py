"""Self-evaluation: filled in from facts, scored by the pack, and held against the facts.

facts = prefilled(goal, seen=monitoring_sheet, pack=pack)  -> SelfEvaluation without points
scored(sheet, pack=pack)                                   -> with the points that follow
differences(sheet, facts=facts, pack=pack)                 -> what needs a reason
missing(sheet)                                             -> what nobody has said yet
"""

from gongzhi.core.self_evaluating.differing import Difference, differences
from gongzhi.core.self_evaluating.filling import (
    Missing,
    Survey,
    is_satisfaction,
    missing,
    prefilled,
)
from gongzhi.core.self_evaluating.points import computed, scored
from gongzhi.core.self_evaluating.sheet import (
    EvaluatedIndicator,
    SelfEvaluation,
    self_evaluation_of_form,
)

__all__ = [
    "Difference",
    "EvaluatedIndicator",
    "Missing",
    "SelfEvaluation",
    "Survey",
    "computed",
    "differences",
    "is_satisfaction",
    "missing",
    "prefilled",
    "scored",
    "self_evaluation_of_form",
]
