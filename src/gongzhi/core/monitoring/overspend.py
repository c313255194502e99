"""More paid than budgeted."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Watch
from gongzhi.core.monitoring.figures import WHOLE, in_percent, quotient, shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Paid ÷ budget above the whole and its slack."""
    budget, paid = case.budget, case.curves.paid
    if budget is None or paid <= budget * (WHOLE + rule["slack"]):
        return
    most = WHOLE + rule["slack"]

    def is_over(month: int) -> bool:
        share = case.curves.money[month - 1]
        return share is not None and share > most

    said = Said(
        "已支出 {paid} {currency}，超过预算 {budget} {currency}，算术不符",
        {"paid": shown(paid), "budget": shown(budget), "currency": Said(case.plan.currency)},
    )
    yield Sign(
        said=said,
        since=min(case.since(case.curves.month, is_over), case.today),
        arithmetic=f"{quotient(paid, budget)} > {in_percent(most)}",
    )


SIGNAL = Watch(
    code="overspend",
    name=Said("支出超过预算"),
    meaning=Said("累计支出超过全年预算数"),
    find=find,
    numbers=("slack",),
)
