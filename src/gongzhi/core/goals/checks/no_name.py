"""指标没有名称: a line with a target or a weight, but nothing that says what is measured."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import says_nothing
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Lines without a name that hold something else."""
    for line in case.lines:
        if says_nothing(line.draft.name) and (line.target or line.draft.weight is not None):
            yield Fault(where=line.where, said=Said("{name}没有名称", {"name": line.name}))


CHECK = GoalCheck(code="no_name", field="name", find=find)
