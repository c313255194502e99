"""A large payment for what needs a contract, and no contract known for it."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Payments of the rule's economic classes from an amount on that name no known contract."""
    known = {contract.key for contract in case.contracts}
    for payment in case.of_year:
        if payment.amount < rule["amount"] or not payment.economic.startswith(rule.words):
            continue
        if payment.contract in known:
            continue
        yield Sign(
            where=Spot(payment=payment.key or None, payee=payment.payee or None),
            said=Said(
                "{day} 支付 {amount} {currency}（经济分类 {economic}），没有找到对应的合同，待核实",
                {
                    "day": payment.paid_on.isoformat(),
                    "amount": shown(payment.amount),
                    "currency": Said(case.plan.currency),
                    "economic": payment.economic,
                },
            ),
            since=payment.paid_on,
            arithmetic=f"{shown(payment.amount)} ≥ {shown(rule['amount'])}",
        )


SIGNAL = Watch(
    code="payment_uncontracted",
    name=Said("有支付无合同"),
    meaning=Said("规定经济分类下达到界线的支付没有对应的合同"),
    find=find,
    numbers=("amount",),
    words=True,
)
