"""A contract without any payment for too long after it was signed."""

from collections.abc import Iterator
from datetime import timedelta

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """Signed more days ago than allowed, nothing paid on it."""
    days = int(rule["days"])
    for contract in case.contracts:
        age = (case.today - contract.signed_on).days
        if age <= days or contract.key in case.paid_on_contracts:
            continue
        yield Sign(
            where=Spot(contract=contract.key),
            said=Said(
                "合同“{contract}”签订 {days} 天，没有支付记录，待核实",
                {"contract": contract.key, "days": age},
            ),
            since=contract.signed_on + timedelta(days=days),
            arithmetic=f"{case.today} − {contract.signed_on} = {age} > {days}",
        )


SIGNAL = Watch(
    code="contract_unpaid",
    name=Said("有合同无支付"),
    meaning=Said("合同签订后超过界线的天数仍没有支付"),
    find=find,
    numbers=("days",),
)
