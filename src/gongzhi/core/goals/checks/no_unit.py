"""没有计量单位: a number, and nobody knows of what."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Numbers without a unit, except what has none (系数, 指数)."""
    for line in case.lines:
        if line.number is None or line.number.unit:
            continue
        if not rule.patterns["unitless"].search(canonical(line.draft.name)):
            values = {"name": line.name, "target": shortened(line.draft.target)}
            said = Said("“{name}”的目标“{target}”没有计量单位", values)
            yield Fault(where=line.where, said=said)


CHECK = GoalCheck(code="no_unit", field="target", find=find, patterns=("unitless",))
