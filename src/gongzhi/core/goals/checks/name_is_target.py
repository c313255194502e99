"""目标照抄名称: the target says no more than the name."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

IN_WORDS = "qualitative"


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Targets equal to the name, or words of some length of which one text holds the other."""
    for line in case.lines:
        name = canonical(line.draft.name)
        if not name or not line.target:
            continue
        inside = line.target in name or name in line.target
        long = min(len(name), len(line.target)) >= rule.numbers["letters"]
        if name == line.target or (line.kind == IN_WORDS and inside and long):
            values = {"name": line.name, "target": shortened(line.draft.target)}
            said = Said("“{name}”的目标“{target}”只重复了名称", values)
            yield Fault(where=line.where, said=said)


CHECK = GoalCheck(code="name_is_target", field="target", find=find, numbers=("letters",))
