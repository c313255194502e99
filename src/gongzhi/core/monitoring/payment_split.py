"""Payments that look split: several to one payee within days, each just below a limit."""

from collections.abc import Iterator

from gongzhi.core.monitoring.case import Case, Sign, Spot, Watch
from gongzhi.core.monitoring.facts import Payment
from gongzhi.core.monitoring.figures import NOTHING, shown
from gongzhi.core.monitoring.rules import Rule
from gongzhi.core.terms import Said


def find(case: Case, rule: Rule) -> Iterator[Sign]:
    """So many payments near the limit and below it within so many days, together above it."""
    limit, near = rule["limit"], rule["limit"] * rule["near"]
    by_payee: dict[str, list[Payment]] = {}
    for payment in case.of_year:
        if payment.payee and near <= payment.amount < limit:
            by_payee.setdefault(payment.payee, []).append(payment)
    for payee, payments in sorted(by_payee.items()):
        group = _close(payments, count=int(rule["payments"]), days=int(rule["days"]))
        total = sum((payment.amount for payment in group), start=NOTHING)
        if total <= limit:
            continue
        yield Sign(
            where=Spot(payee=payee),
            said=Said(
                "{days} 天内向同一收款人支付 {count} 笔，每笔略低于限额，合计超过限额，待核实",
                {"days": (group[-1].paid_on - group[0].paid_on).days, "count": len(group)},
            ),
            since=group[-1].paid_on,
            arithmetic=f"{' + '.join(shown(each.amount) for each in group)}"
            f" = {shown(total)} > {shown(limit)}",
        )


def _close(payments: list[Payment], *, count: int, days: int) -> list[Payment]:
    """The first so many payments within so many days, in order of their days; empty if none."""
    for first in range(len(payments) - count + 1):
        group = payments[first : first + count]
        if (group[-1].paid_on - group[0].paid_on).days <= days:
            return group
    return []


SIGNAL = Watch(
    code="payment_split",
    name=Said("支付可能拆分"),
    meaning=Said("短期内多笔略低于限额的支付付给同一收款人，合计超过限额"),
    find=find,
    numbers=("limit", "near", "payments", "days"),
)
