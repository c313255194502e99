"""Sources that read different figures in the same month, and nobody has settled it."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import WHOLE, end_of, in_percent, percent, shown
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """The latest dispute of each indicator, if its two ends are far enough apart."""
    for each in case.curves.indicators:
        if not each.disputes or _is_past(each):
            continue
        month, low, high = each.disputes[-1]
        apart = (high - low) / abs(high) if high else WHOLE
        if apart <= rule["apart"]:
            continue
        yield Sign(
            where=Spot(indicator=each.promised.key),
            said=Said(
                "“{name}”{month} 月读数不一致：{low} 与 {high}，相差 {apart}%，核定前按不利的计",
                {
                    "name": each.promised.name,
                    "month": month,
                    "low": shown(low),
                    "high": shown(high),
                    "apart": percent(apart),
                },
            ),
            since=min(end_of(case.plan.year, month), case.today),
            arithmetic=f"({shown(high)} − {shown(low)}) ÷ {shown(abs(high))}"
            f" = {in_percent(apart)} > {in_percent(rule['apart'])}",
        )


def _is_past(each: Progress) -> bool:
    """Whether a later month was read without dispute; sums carry an old dispute on."""
    is_newer = each.read_on is not None and each.read_on.month > each.disputes[-1].month
    return is_newer and each.promised.course in (Course.SO_FAR, Course.KEPT)


SIGNAL = Watch(
    code="sources_disagree",
    name=Said("来源不一致"),
    meaning=Said("不同来源对同一指标同一月的读数相差超过界线，还没有核定"),
    find=find,
    numbers=("apart",),
)
