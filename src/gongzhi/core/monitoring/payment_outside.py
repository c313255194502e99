"""A payment before a project began, or long after it ended."""

from collections.abc import Iterator
from datetime import date, timedelta

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.facts import Payment
from gongzhi.core.monitoring.figures import shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said, SaidValues


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Payments before the first day, or more days after the last than retentions may take."""
    starts, ends = case.plan.starts_on, case.plan.ends_on
    latest = None if ends is None else ends + timedelta(days=int(rule["days_after"]))
    paid = case.of_year
    if not paid or not _strays(paid[0].paid_on, paid[-1].paid_on, starts=starts, latest=latest):
        return
    for payment in paid:
        if payment.amount <= 0:
            continue
        if starts is not None and payment.paid_on < starts:
            text = "{day} 支付 {amount} {currency}，早于项目开始（{limit}），待核实"
            yield _sign(case, payment, text=text, limit=starts)
        elif latest is not None and payment.paid_on > latest:
            text = "{day} 支付 {amount} {currency}，晚于项目结束后的期限（{limit}），待核实"
            yield _sign(case, payment, text=text, limit=latest)


def _strays(first: date, last: date, *, starts: date | None, latest: date | None) -> bool:
    """Whether any day from the first to the last may lie outside."""
    return (starts is not None and first < starts) or (latest is not None and last > latest)


def _sign(case: Case, payment: Payment, *, text: str, limit: date) -> Sign:
    values: SaidValues = {
        "day": payment.paid_on.isoformat(),
        "amount": shown(payment.amount),
        "currency": Said(case.plan.currency),
        "limit": limit.isoformat(),
    }
    sign = "<" if payment.paid_on < limit else ">"
    return Sign(
        where=Spot(payment=payment.key or None, payee=payment.payee or None),
        said=Said(text, values),
        since=payment.paid_on,
        arithmetic=f"{payment.paid_on} {sign} {limit}",
    )


SIGNAL = Watch(
    code="payment_outside",
    name=Said("项目期外支付"),
    meaning=Said("支付日期早于项目开始，或晚于项目结束加宽限天数"),
    find=find,
    numbers=("days_after",),
)
