"""没有效益也占分: “无” as a target, and points for it."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain, shortened
from gongzhi.core.terms import Said


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """无, 不涉及 or 无经济效益 with a weight."""
    for line in case.lines:
        weight = line.draft.weight
        if weight is None or weight <= 0:
            continue
        if rule.patterns["nothing"].search(canonical(line.draft.target)):
            values = {
                "name": line.name,
                "target": shortened(line.draft.target),
                "weight": weight,
            }
            said = Said("“{name}”的目标是“{target}”，却占 {weight} 分，等于白送", {**values})
            yield Fault(where=line.where, said=said, arithmetic=f"{plain(weight)} > 0")


CHECK = GoalCheck(code="nothing_scored", field="target", find=find, patterns=("nothing",))
