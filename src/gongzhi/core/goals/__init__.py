"""Goals while they are written: suggestions, checks, the logic model, differences, costs, lessons.

    pack = load_packs()["mof-2020-10"]
    rules = load_goal_rules(on=today)                      # gongzhi.rules.goals
    goal = DraftGoal(project="小学课后服务", functional="2050202", indicators=(…))

    suggest(words=goal.project, functional=goal.functional, library=load_library().values(),
            past=closed, have=goal.indicators)             # gongzhi.rules.indicators
    check_goal(goal, pack=pack, rules=rules, norms=norms)  # findings; FIELDS says at which field
    logic_model(goal)                                      # nodes by layer, links, gaps
    difference(approved, goal)                             # side by side, and what became easier
    cost_per_beneficiary(goal), cost_per_unit(goal)
    similar(words=goal.project, functional=goal.functional, closed=closed)

Everything is a value and nothing is asked elsewhere, so that a page may ask while somebody types.
"""

from gongzhi.core.goals.aspects import Aspect, Stage, aspect_of, headings_in
from gongzhi.core.goals.checking import FIELDS, GOAL_CHECKS, GoalCheck, check_goal
from gongzhi.core.goals.costs import Cost, cost_per_beneficiary, cost_per_unit
from gongzhi.core.goals.differing import (
    Change,
    Difference,
    Ease,
    IndicatorChange,
    Mark,
    Piece,
    difference,
)
from gongzhi.core.goals.drafts import (
    Activity,
    Asked,
    Beneficiaries,
    DraftGoal,
    DraftIndicator,
    Funds,
    Ground,
    Measured,
    Medium,
    Past,
    draft_of,
)
from gongzhi.core.goals.lessons import ClosedProject, Similar, similar
from gongzhi.core.goals.library import Basis, LibraryIndicator, Typical
from gongzhi.core.goals.logic import Gap, Layer, Link, LogicModel, Node, logic_model
from gongzhi.core.goals.rules import CostNorm, GoalRule, GoalRules
from gongzhi.core.goals.suggesting import Suggestion, suggest, taken_over

__all__ = [
    "FIELDS",
    "GOAL_CHECKS",
    "Activity",
    "Asked",
    "Aspect",
    "Basis",
    "Beneficiaries",
    "Change",
    "ClosedProject",
    "Cost",
    "CostNorm",
    "Difference",
    "DraftGoal",
    "DraftIndicator",
    "Ease",
    "Funds",
    "Gap",
    "GoalCheck",
    "GoalRule",
    "GoalRules",
    "Ground",
    "IndicatorChange",
    "Layer",
    "LibraryIndicator",
    "Link",
    "LogicModel",
    "Mark",
    "Measured",
    "Medium",
    "Node",
    "Past",
    "Piece",
    "Similar",
    "Stage",
    "Suggestion",
    "Typical",
    "aspect_of",
    "check_goal",
    "cost_per_beneficiary",
    "cost_per_unit",
    "difference",
    "draft_of",
    "headings_in",
    "logic_model",
    "similar",
    "suggest",
    "taken_over",
]
