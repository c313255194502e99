"""More paid than has arrived: one of the two figures is missing something."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import WHOLE, shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Paid above received and its slack."""
    received, paid = case.facts.received, case.curves.paid
    if received is None or not case.of_year or paid <= received * (WHOLE + rule["slack"]):
        return
    said = Said(
        "已支出 {paid} {currency}，到位资金只有 {received} {currency}，算术不符",
        {"paid": shown(paid), "received": shown(received), "currency": Said(case.plan.currency)},
    )
    yield Sign(
        said=said,
        since=case.of_year[-1].paid_on,
        arithmetic=f"{shown(paid)} > {shown(received)}",
    )


SIGNAL = Watch(
    code="paid_before_received",
    name=Said("支出超过到位资金"),
    meaning=Said("累计支出超过已经到位的资金"),
    find=find,
    numbers=("slack",),
)
