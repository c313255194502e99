"""Everything that is to be said about a goal while it is written.

The checks of forms that hold for goals too are run as they are; GOAL_CHECKS come besides.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from gongzhi.core.audit import (
    beyond_the_whole,
    budget_again,
    listed_amounts,
    mixed_units,
    pack_weights,
    personal_data,
    unit_cost,
    unmeasurable,
    weights_total,
    wrong_direction,
)
from gongzhi.core.audit.checked import finding_of, findings_of
from gongzhi.core.goals.case import GoalCase, GoalCheck, goal_case
from gongzhi.core.goals.checks import GOAL_CHECKS
from gongzhi.core.goals.drafts import DraftGoal
from gongzhi.core.goals.rules import CostNorm, GoalRules
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Finding

# Checks of forms that say the same about a goal, each with the field where it is shown.
FORM_CHECKS = (
    (unmeasurable.CHECK, "target"),
    (wrong_direction.CHECK, "target"),
    (beyond_the_whole.CHECK, "target"),
    (budget_again.CHECK, "name"),
    (weights_total.CHECK, "weight"),
    (pack_weights.CHECK, "weight"),
    (unit_cost.CHECK, "budget"),
    (mixed_units.CHECK, "budget"),
    (listed_amounts.CHECK, "text"),
    (personal_data.CHECK, "text"),
)
# At which field of a goal's form a code is shown.
FIELDS: Mapping[str, str] = MappingProxyType(
    {check.code: field for check, field in FORM_CHECKS}
    | {check.code: check.field for check in GOAL_CHECKS}
)


def check_goal(
    goal: DraftGoal, *, pack: Pack, rules: GoalRules, norms: tuple[CostNorm, ...] = ()
) -> tuple[Finding, ...]:
    """The findings, those that figures prove first; never an error, whatever was typed."""
    case = goal_case(goal, pack=pack, norms=norms)
    of_forms = findings_of(case.form_case, checks=[check for check, _ in FORM_CHECKS])
    found = [*of_forms, *_of_goals(case, rules)]
    return tuple(sorted(found, key=lambda finding: not finding.certain))


def _of_goals(case: GoalCase, rules: GoalRules) -> Iterator[Finding]:
    for check in GOAL_CHECKS:
        rule = rules[check.code]
        clause = _pack_clause(case.pack) if check.by_pack else rule.clause
        for fault in check.find(case, rule):
            yield finding_of(fault, code=check.code, certain=check.certain, clause=clause)


def _pack_clause(pack: Pack) -> str:
    return f"{pack.name}@{pack.in_force_from.isoformat()}"


__all__ = ["FIELDS", "FORM_CHECKS", "GOAL_CHECKS", "GoalCheck", "check_goal"]
