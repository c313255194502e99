"""文字目标没有标准: a target in words, and nothing to hold the result against."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.aspects import Aspect
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import says_nothing
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

IN_WORDS = "qualitative"
FIGURE = re.compile(r"[0-9]")


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """Words without a figure or a standard; vague words and deadlines have their own checks."""
    vague = case.form_case.limits.vague_target
    for line in case.lines:
        if line.kind != IN_WORDS or line.aspect is Aspect.TIMELINESS:
            continue
        if FIGURE.search(line.target) or vague.search(line.target):
            continue
        if not says_nothing(line.draft.standard):
            continue
        values = {"name": line.name, "target": shortened(line.draft.target)}
        said = Said("“{name}”的目标是文字“{target}”，没有写达成、部分达成的标准", values)
        yield Fault(where=line.where, said=said)


CHECK = GoalCheck(code="no_standard", field="target", find=find)
