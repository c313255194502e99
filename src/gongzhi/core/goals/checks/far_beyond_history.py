"""目标远高于历史: far more is promised than was ever reached."""

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.audit.case import Fault
from gongzhi.core.audit.figures import rounded
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.history import mean_of_results
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said, SaidValues


def find(case: GoalCase, rule: GoalRule) -> Iterator[Fault]:
    """A target better than the mean of the last years' results by more than a share of it."""
    share = Fraction(rule.numbers["share"])
    for line in case.lines:
        mean = mean_of_results(line.draft, years=int(rule.numbers["years"]))
        if mean is None or line.number is None or mean.value <= 0:
            continue
        target, less = line.number.value, line.less_is_better
        bound = mean.value * (1 - share if less else 1 + share)
        if (target < bound) if less else (target > bound):
            values: SaidValues = {
                "name": line.name,
                "target": target,
                "mean": rounded(mean.value),
            }
            text = "“{name}”的目标 {target} 与近年实际平均 {mean} 相差很大，请说明凭什么做到"
            figures = (
                f"{mean.figures}; {plain(rounded(bound))} {'>' if less else '<'} {plain(target)}"
            )
            yield Fault(where=line.where, said=Said(text, values), arithmetic=figures)


CHECK = GoalCheck(code="far_beyond_history", field="target", find=find, numbers=("years", "share"))
