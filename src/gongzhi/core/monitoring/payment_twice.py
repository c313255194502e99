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
    amounts = [payment.amount for payment in case.of_year]
    if len(set(amounts)) == len(amounts):
        return
    least, most = rule["amount"], rule["days"]
    before: dict[tuple[str, str, Money], Payment] = {}
    for payment in case.of_year:
        day, amount, payee, contract, _, _ = payment
        if not payee or amount < least:
            continue
        key = (payee, contract, amount)
        last = before.get(key)
        before[key] = payment
        if last is None:
            continue
        if (day - last.paid_on).days > most or _is_returned(case, payment):
            continue
        yield Sign(
            where=Spot(payment=payment.key or None, payee=payee),
            said=Said(
                "{first}、{second} 向同一收款人各付 {amount} {currency}，是否重复，待核实",
                {
                    "first": last.paid_on.isoformat(),
                    "second": day.isoformat(),
                    "amount": shown(amount),
                    "currency": Said(case.plan.currency),
                },
            ),
            since=day,
            arithmetic=f"{day} − {last.paid_on} = {(day - last.paid_on).days} ≤ {shown(most)}",
        )


def _is_returned(case: Case, payment: Payment) -> bool:
    returned = (payment.payee, -payment.amount)
    return any((each.payee, each.amount) == returned for each in case.of_year)


SIGNAL = Watch(
    code="payment_twice",
    name=Said("支付可能重复"),
    meaning=Said("短期内向同一收款人支付两笔相同金额，且没有退回"),
    find=find,
    numbers=("amount", "days"),
)
