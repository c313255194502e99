"""有钱没有数量: money, and no quantity that would say how much is bought with it."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """A budget, indicators, and none of quantity with a number."""
    if case.budget is None or not case.lines:
        return
    counted = any(line.aspect is Aspect.QUANTITY and line.number is not None for line in case.lines)
    if not counted:
        text = "预算 {budget}，却没有一项带数字的数量指标，看不出做多少事"
        yield Fault(where=case.where, said=Said(text, {"budget": case.budget}))


CHECK = GoalCheck(code="money_without_quantity", field="budget", find=find)
