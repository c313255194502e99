"""名称是愿望: the name says what is wished for (提升…水平), not what is counted."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.terms import Said


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Names that begin with a wish and don't end in a measure."""
    for line in case.lines:
        name = canonical(line.draft.name)
        if rule.patterns["wish"].match(name) and not rule.patterns["measure"].search(name):
            text = "“{name}”写的是愿望，不是能数的东西；写成比率、数量或时间"
            yield Fault(where=line.where, said=Said(text, {"name": line.name}))


CHECK = GoalCheck(code="wish_as_name", field="name", find=find, patterns=("wish", "measure"))
