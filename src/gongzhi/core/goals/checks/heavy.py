"""单项分值过重: one indicator carries so much that the others hardly count."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """From the weight on at which the form check speaks, too."""
    limit = case.form_case.limits.heavy_weight
    for line in case.lines:
        weight = line.draft.weight
        if weight is not None and weight >= limit:
            values = {"name": line.name, "carried": weight}
            said = Said("“{name}”一项占 {carried} 分，可考虑拆分", {**values})
            yield Fault(where=line.where, said=said, arithmetic=f"{plain(weight)} ≥ {plain(limit)}")


CHECK = GoalCheck(code="heavy", field="weight", find=find)
