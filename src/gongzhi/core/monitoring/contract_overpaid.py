"""More paid on a contract than it is worth."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.figures import WHOLE, in_percent, quotient, shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Paid ÷ amount of the contract above the whole and its slack."""
    most = WHOLE + rule["slack"]
    for contract in case.contracts:
        paid = case.paid_on_contracts.get(contract.key)
        if paid is None or contract.amount <= 0 or paid <= contract.amount * most:
            continue
        yield Sign(
            where=Spot(contract=contract.key),
            said=Said(
                "合同“{contract}”金额 {amount} {currency}，已支付 {paid} {currency}，算术不符",
                {
                    "contract": contract.key,
                    "amount": shown(contract.amount),
                    "paid": shown(paid),
                    "currency": Said(case.plan.currency),
                },
            ),
            since=max(p.paid_on for p in case.payments if p.contract == contract.key),
            arithmetic=f"{quotient(paid, contract.amount)} > {in_percent(most)}",
        )


SIGNAL = Watch(
    code="contract_overpaid",
    name=Said("支付超过合同金额"),
    meaning=Said("一份合同的累计支付超过合同金额"),
    find=find,
    numbers=("slack",),
)
