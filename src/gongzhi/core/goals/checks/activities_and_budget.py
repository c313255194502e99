"""各项活动的钱与预算不等: what is planned for each activity does not add up to the budget."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.audit.figures import added, total_of
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Only where every activity has its money."""
    budget = case.goal.budget
    parts = [each.money for each in case.goal.activities if each.money is not None]
    if budget is None or not parts or len(parts) < len(case.goal.activities):
        return
    total = total_of(parts)
    if total != budget:
        values = {"total": total, "budget": budget}
        said = Said("各项活动合计 {total}，预算 {budget}，两者不符", {**values})
        figures = f"{added(parts)} = {plain(total)} ≠ {plain(budget)}"
        yield Fault(where=case.where, said=said, arithmetic=figures)


CHECK = GoalCheck(code="activities_and_budget", field="budget", find=find, certain=True)
