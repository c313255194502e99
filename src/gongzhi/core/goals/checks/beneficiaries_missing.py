"""没有受益人数: nobody is named whom the money is for, or nobody counted them."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Once there are indicators: nobody, or a group without a number."""
    if not case.lines:
        return
    if not case.goal.beneficiaries:
        yield Fault(where=case.where, said=Said("没有写谁受益、有多少"))
    for group in case.goal.beneficiaries:
        if group.count is None or group.count <= 0:
            said = Said("受益的“{who}”没有写有多少", {"who": group.who})
            yield Fault(where=case.where, said=said)


CHECK = GoalCheck(code="beneficiaries_missing", field="beneficiaries", find=find)
