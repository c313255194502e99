"""Money that will likely be left: even the upper end of the forecast stays below."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import end_of, in_percent
from gongzhi.core.monitoring.forecast import in_points
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """The forecast's upper end below the share that is asked for, from a month on."""
    foreseen, month = case.money_forecast, case.curves.ended
    if foreseen is None or month < rule["from_month"]:
        return
    high = in_points(foreseen.high)
    if high >= rule["below"]:
        return
    said = Said(
        "按目前进度，到年底预计支出 {expected}%（{low}%–{high}%），资金可能用不完，待核实",
        foreseen.in_words(),
    )
    yield Sign(
        said=said,
        since=end_of(case.plan.year, month),
        arithmetic=f"{in_percent(high)} < {in_percent(rule['below'])}",
    )


SIGNAL = Watch(
    code="money_short",
    name=Said("资金可能用不完"),
    meaning=Said("年底支出预测区间的上端仍低于界线"),
    find=find,
    numbers=("from_month", "below"),
)
