"""总体目标空泛: the goal's text has words like 进一步 and no figure, indicators have some."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

FIGURE = re.compile(r"[0-9]")


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Where no indicator has a figure either, the form's own check speaks."""
    text = canonical(case.goal.text)
    vague = rule.patterns["vague"].search(text)
    if vague is None or FIGURE.search(text):
        return
    if any(FIGURE.search(line.target) for line in case.lines):
        values = {"text": shortened(case.goal.text), "word": vague.group()}
        said = Said("总体目标“{text}”用了“{word}”，没有写到什么程度、到什么时候", values)
        yield Fault(where=case.where, said=said)


CHECK = GoalCheck(code="vague_text", field="text", find=find, patterns=("vague",))
