"""目标低于历史: less is promised than was reached in the years before."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.audit.figures import rounded
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.history import mean_of_results
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """A target worse than the mean of the last years' results."""
    for line in case.lines:
        mean = mean_of_results(line.draft, years=int(rule.numbers["years"]))
        if mean is None or line.number is None:
            continue
        target = line.number.value
        if (target > mean.value) if line.less_is_better else (target < mean.value):
            values = {"name": line.name, "target": target, "mean": rounded(mean.value)}
            text = "“{name}”的目标 {target} 比近年实际平均 {mean} 还容易，应说明理由"
            sign = "<" if line.less_is_better else ">"
            figures = f"{mean.figures} {sign} {plain(target)}"
            yield Fault(where=line.where, said=Said(text, {**values}), arithmetic=figures)


CHECK = GoalCheck(code="below_history", field="target", find=find, numbers=("years",))
