"""没有数据来源和佐证: nobody has said where the figure will come from or what proves it."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import says_nothing
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Named lines with a target, without a source and without evidence."""
    for line in case.lines:
        draft = line.draft
        unproven = says_nothing(draft.source) and says_nothing(draft.evidence)
        if unproven and line.target and not says_nothing(draft.name):
            text = "“{name}”没有写数据从哪里来、用什么证明"
            yield Fault(where=line.where, said=Said(text, {"name": line.name}))


CHECK = GoalCheck(code="no_evidence", field="evidence", find=find)
