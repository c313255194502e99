"""总体目标里的数没有指标: figures in the goal's text that no indicator takes up."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.amounts import without_thousands
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.numbers import LONGEST
from gongzhi.core.terms import Said, several

FIGURE = re.compile(r"(?<![0-9.])([0-9]{1,18}+(?:\.[0-9]{1,12}+)?+)")
SHOWN_MAX = 5


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """Figures with one of the units; 2026年 and 35万元 are no quantities."""
    if not case.lines:
        return
    taken = {figure for line in case.lines for figure in _figures_of(line.target)}
    text = without_thousands(canonical(case.goal.text[:LONGEST]))
    units = sorted(rule.words, key=len, reverse=True)
    loose = dict.fromkeys(
        match.group() + unit
        for match in FIGURE.finditer(text)
        if (unit := next((each for each in units if text.startswith(each, match.end())), None))
        and Decimal(match[1]) not in taken
    )
    if loose:
        shown = several(list(loose)[:SHOWN_MAX])
        said = Said("总体目标里的 {figures} 没有对应的指标", {"figures": shown})
        yield Fault(where=case.where, said=said)


def _figures_of(target: str) -> Iterator[Decimal]:
    for match in FIGURE.finditer(without_thousands(target[:LONGEST])):
        yield Decimal(match[1])


CHECK = GoalCheck(code="text_not_measured", field="text", find=find, words=True)
