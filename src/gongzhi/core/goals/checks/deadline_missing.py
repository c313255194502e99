"""没有期限: an indicator of time without a date, a duration or a rate."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

WITHOUT_FIGURES = ("qualitative", "done")


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Under 时效: words such as 及时, 按计划."""
    for line in case.lines:
        if line.aspect is Aspect.TIMELINESS and line.kind in WITHOUT_FIGURES:
            values = {"name": line.name, "target": shortened(line.draft.target)}
            said = Said("时效指标“{name}”的目标“{target}”没有日期，也没有天数或比率", values)
            yield Fault(where=line.where, said=said)


CHECK = GoalCheck(code="deadline_missing", field="target", find=find)
