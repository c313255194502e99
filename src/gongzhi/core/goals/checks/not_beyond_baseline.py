"""目标不优于基数: who does nothing reaches it."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """A target equal to the baseline or worse."""
    for line in case.lines:
        baseline, number = line.draft.baseline, line.number
        if baseline is None or number is None:
            continue
        target, less = number.value, line.less_is_better
        if (target < baseline) if less else (target > baseline):
            continue
        values = {"name": line.name, "target": target, "baseline": baseline}
        text = "“{name}”的目标 {target} 不优于基数 {baseline}，不做也能达到，待核实"
        sign = "≥" if less else "≤"
        figures = f"{plain(target)} {sign} {plain(baseline)}"
        yield Fault(where=line.where, said=Said(text, {**values}), arithmetic=figures)


CHECK = GoalCheck(code="not_beyond_baseline", field="baseline", find=find)
