"""A target that was already reached before the year began."""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import WHOLE, shown
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.monitoring.progress import reach
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """The figure at the start meets the target with a margin to spare.

    What adds up starts the year from nothing: its last year proves nothing about this one's.
    """
    if not case.curves.month:
        return
    for promised in case.plan.indicators:
        baseline, target = promised.baseline, promised.target
        if baseline is None or target is None or promised.course is Course.ADDS_UP:
            continue
        margin = WHOLE - rule["margin"] if promised.less_is_better else WHOLE + rule["margin"]
        limit = target * margin
        is_met = baseline <= limit if promised.less_is_better else baseline >= limit
        if not is_met or reach(promised, baseline) < WHOLE:
            continue
        sign = "≤" if promised.less_is_better else "≥"
        yield Sign(
            where=Spot(indicator=promised.key),
            said=Said(
                "“{name}”年初已是 {baseline}，目标是 {target}，目标在开始前已经达到，待核实",
                {"name": promised.name, "baseline": shown(baseline), "target": shown(target)},
            ),
            since=date(case.plan.year, 1, 1),
            arithmetic=f"{shown(baseline)} {sign} {shown(limit)}",
        )


SIGNAL = Watch(
    code="already_reached",
    name=Said("目标年初已达到"),
    meaning=Said("年初的基数已经达到全年目标"),
    find=find,
    numbers=("margin",),
)
