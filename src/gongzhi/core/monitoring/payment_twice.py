"""The same amount to the same payee twice within days."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.facts import Payment
from gongzhi.core.monitoring.figures import shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Money, Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Equal amounts from a limit on, to one payee on one contract, few days apart.

    A refund of that amount afterwards settles it.
    """
    refunds = {(each.payee, -each.amount) for each in case.of_year if each.amount < 0}
    before: dict[tuple[str, str, Money], Payment] = {}
    for payment in case.of_year:
        if not payment.payee or payment.amount < rule["amount"]:
            continue
        key = (payment.payee, payment.contract, payment.amount)
        last = before.get(key)
        before[key] = payment
        if last is None or (payment.payee, payment.amount) in refunds:
            continue
        days = (payment.paid_on - last.paid_on).days
        if days > rule["days"]:
            continue
        yield Sign(
            where=Spot(payment=payment.key or None, payee=payment.payee),
            said=Said(
                "{first}、{second} 向同一收款人各付 {amount} {currency}，是否重复，待核实",
                {
                    "first": last.paid_on.isoformat(),
                    "second": payment.paid_on.isoformat(),
                    "amount": shown(payment.amount),
                    "currency": Said(case.plan.currency),
                },
            ),
            since=payment.paid_on,
            arithmetic=f"{payment.paid_on} − {last.paid_on} = {days} ≤ {shown(rule['days'])}",
        )


SIGNAL = Watch(
    code="payment_twice",
    name=Said("支付可能重复"),
    meaning=Said("短期内向同一收款人支付两笔相同金额，且没有退回"),
    find=find,
    numbers=("amount", "days"),
)
