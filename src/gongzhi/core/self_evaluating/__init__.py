"""Self-evaluation: filled in from facts, scored by the pack, and held against the facts.

facts = prefilled(goal, seen=monitoring_sheet, pack=pack)  -> SelfEvaluation without points
scored(sheet, pack=pack)                                   -> with the points that follow
differences(sheet, facts=facts, pack=pack)                 -> what needs a reason
missing(sheet)                                             -> what nobody has said yet

WholeStatement states a unit's whole spending (部门整体支出): duties, main tasks and such a sheet.
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
from gongzhi.core.self_evaluating.whole import (
    NO_TASK,
    TASKS_MAX,
    WHOLE_FORMS,
    MainTask,
    WholeStatement,
    main_tasks,
    whole_of_form,
)

__all__ = [
    "NO_TASK",
    "TASKS_MAX",
    "WHOLE_FORMS",
    "Difference",
    "EvaluatedIndicator",
    "MainTask",
    "Missing",
    "SelfEvaluation",
    "Survey",
    "WholeStatement",
    "computed",
    "differences",
    "is_satisfaction",
    "main_tasks",
    "missing",
    "prefilled",
    "scored",
    "self_evaluation_of_form",
    "whole_of_form",
]
