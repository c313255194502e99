"""Money through a year: what was planned by month, what was paid, payment by payment.

Inside, money is whole fen; a Decimal is made where a fact is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from random import Random

from gongzhi.city.invented.calendar import YEAR, working_days
from gongzhi.city.invented.catalogue import Season, Temper
from gongzhi.city.invented.payees import Payee
from gongzhi.core.facts import BudgetFact, ContractFact, PaymentFact
from gongzhi.core.monitoring.plan import MONTHS

FEN = -2  # a yuan has two places
WHOLE, PER_CENT = 1000, 100
LEAST, LEAST_ON_CONTRACT = 50_000, 3_000_000  # fen that a payment is worth making for
CLOSED_DAYS = 6  # of December, before which the treasury closes its accounts
Fen = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money that goes one way: on a line, on a contract or not, to some payees, for a purpose.

    share are the thousandths of the project's money that it takes; first is the first month,
    before since_on nothing is paid.
    """

    line: BudgetFact
    share: int
    payees: tuple[Payee, ...]
    purpose: str
    contract: ContractFact | None = None
    first: int = 1
    count: int = 12
    since_on: date = date.min


def yuan(amount: Fen) -> Decimal:
    """Fen as yuan with two places."""
    return Decimal(amount).scaleb(FEN)


def fen_of(amount: Decimal | None) -> Fen:
    """Yuan as fen; what isn't known is nothing."""
    return 0 if amount is None else int(amount.scaleb(-FEN))


def planned_by_month(total: Fen, *, season: Season) -> tuple[Fen, ...]:
    """The plan of a year in whole hundreds of yuan; December takes what is left."""
    months = [total * share // WHOLE // 10_000 * 10_000 for share in season.money[:-1]]
    return (*months, total - sum(months))


def paid_by_month(plan: Sequence[Fen], *, temper: Temper, chance: Random) -> tuple[Fen, ...]:
    """What was really paid: the temper's pace, caught up in December as far as the year ends."""
    low, high = temper.ends
    end = sum(plan) * round(low + (high - low) * chance.random()) // WHOLE
    sums = accumulate(
        round(amount * pace / PER_CENT * (0.94 + 0.12 * chance.random()))
        for amount, pace in zip(plan[:-1], temper.pace, strict=False)
    )
    reached = [min(amount, end) for amount in sums]
    before = [0, *reached]
    return tuple(now - then for now, then in zip([*reached, end], before, strict=True))


def payments_of(
    flows: Sequence[Flow], *, paid: Sequence[Fen], chance: Random
) -> tuple[PaymentFact, ...]:
    """The payments of a project: each month's money along its flows, cut, numbered by day."""
    found = [
        each
        for flow in flows
        for month, amount in _from(flow.first, [part * flow.share // WHOLE for part in paid])
        if amount > 0
        for each in _month(flow, amount, month=month, chance=chance)
    ]
    found.sort(key=_by_day)
    return tuple(_payment(each, number=number) for number, each in enumerate(found, start=1))


def _from(first: int, months: Sequence[Fen]) -> list[tuple[int, Fen]]:
    """Months with their money; what would have come before the first comes with it."""
    before = sum(months[: first - 1])
    later = list(enumerate(months[first - 1 :], start=first))
    return [(month, amount + (before if month == first else 0)) for month, amount in later]


def _month(
    flow: Flow, amount: Fen, *, month: int, chance: Random
) -> Iterator[tuple[date, Fen, Payee, Flow]]:
    """A month's payments of a flow."""
    days = [day for day in working_days(YEAR, month) if day >= flow.since_on]
    last = len(days) - (CLOSED_DAYS if month == MONTHS else 0)
    parts = min(flow.count, amount // (LEAST_ON_CONTRACT if flow.contract else LEAST))
    for part in cut(amount, parts=parts, chance=chance):
        payee = flow.payees[int(len(flow.payees) * chance.random())]
        yield _day(days, last=last, chance=chance), part, payee, flow


def _by_day(payment: tuple[date, Fen, Payee, Flow]) -> date:
    return payment[0]


def _payment(payment: tuple[date, Fen, Payee, Flow], *, number: int) -> PaymentFact:
    paid_on, amount, payee, flow = payment
    line = flow.line
    return PaymentFact(
        f"ZF{line.project[-6:]}-{number:04}",
        line.project,
        line.unit,
        paid_on,
        yuan(amount),
        payee.name,
        payee.code,
        line.functional,
        line.economic,
        line.funds,
        flow.purpose,
        flow.contract.number if flow.contract else "",
    )


def _day(days: Sequence[date], *, last: int, chance: Random) -> date:
    """A working day, rather late in the month than early; December's accounts close early."""
    return days[int(last * max(chance.random(), chance.random()))]


def cut(amount: Fen, *, parts: int, chance: Random) -> list[Fen]:
    """An amount in so many uneven parts, none of them nothing."""
    parts = max(parts, 1)
    weights = [0.3 + chance.random() ** 2 for _ in range(parts)]
    whole = sum(weights)
    pieces = [int(amount * weight / whole) for weight in weights[1:]]
    return [amount - sum(pieces), *pieces]
