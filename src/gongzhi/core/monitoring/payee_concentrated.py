"""Most of what is paid without a contract goes to one payee, again and again."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.facts import Payment
from gongzhi.core.monitoring.figures import NOTHING, in_percent, percent, quotient
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """A payee's share above the limit, in at least so many payments.

    Payments on contracts were decided when the contract was let; they don't count here.
    """
    free = [each for each in case.of_year if each.payee and not each.contract and each.amount > 0]
    if len(free) < rule["payments"]:
        return
    total = sum((each.amount for each in free), start=NOTHING)
    by_payee: dict[str, list[Payment]] = {}
    for each in free:
        by_payee.setdefault(each.payee, []).append(each)
    for payee, payments in sorted(by_payee.items()):
        paid = sum((each.amount for each in payments), start=NOTHING)
        if len(payments) < rule["payments"] or paid / total <= rule["share"]:
            continue
        yield Sign(
            where=Spot(payee=payee),
            said=Said(
                "没有合同的支付中，{share}% 付给同一收款人，共 {count} 笔，待核实",
                {"share": percent(paid / total), "count": len(payments)},
            ),
            since=payments[-1].paid_on,
            arithmetic=f"{quotient(paid, total)} > {in_percent(rule['share'])}",
        )


SIGNAL = Watch(
    code="payee_concentrated",
    name=Said("收款人集中"),
    meaning=Said("没有合同的支付多次付给同一收款人，所占比例超过界线"),
    find=find,
    numbers=("payments", "share"),
)
