"""分值不全: some lines have a weight and others none, or nothing, or less than nothing."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Only once a first weight was written."""
    if not case.form_case.has_weights:
        return
    for line in case.lines:
        weight = line.draft.weight
        if weight is None:
            yield Fault(where=line.where, said=Said("“{name}”没有分值", {"name": line.name}))
        elif weight <= 0:
            values = {"name": line.name, "weight": weight}
            said = Said("“{name}”的分值是 {weight}，不起作用", {**values})
            yield Fault(where=line.where, said=said)


CHECK = GoalCheck(code="weights_partial", field="weight", find=find)
