"""Single rows that are wrong in projects that are otherwise in order, as in any real books.

SLIPS is an open list: each entry says which projects it can befall, and what it does to one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from gongzhi.city.invented.calendar import YEAR, handed_in, working_days
from gongzhi.city.invented.catalogue import load_manners
from gongzhi.city.invented.payees import some_firms
from gongzhi.city.invented.values import Footing, Report, Venture
from gongzhi.core.facts import BudgetFact, ContractFact, PaymentFact, TargetFact
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar

LARGE, SMALL = Decimal(100_000), Decimal(1_000)
CAPITAL = ("309", "310")
SPRING, AUTUMN = date(YEAR, 3, 1), date(YEAR, 10, 31)
ENDS_ON = date(YEAR, 8, 31)
WATCHERS = ("YH-501", "YH-504", "YH-505", "YH-506")
LOW, WHOLE = Decimal("0.84"), Decimal(100)
FELL, READ_BEFORE, READ_AFTER = Decimal("0.82"), 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip: whether a project can have it, and the project with it."""

    fits: Callable[[Venture], bool]
    happens: Callable[[Venture, Random], Venture]


def with_slips(ventures: Sequence[Venture], *, chance: Random) -> tuple[Venture, ...]:
    """The projects, some of them with a slip each; none has two."""
    found = list(ventures)
    for code, times in load_manners().slips.items():
        fitting = [
            at
            for at, each in enumerate(found)
            if not each.temper and not each.slip and SLIPS[code].fits(each)
        ]
        assert len(fitting) >= times, f"enough projects for {code}"
        for at in chance.sample(fitting, times):
            found[at] = replace(SLIPS[code].happens(found[at], chance), slip=code)
    return tuple(found)


def _loose(venture: Venture) -> list[PaymentFact]:
    """Payments to firms without a contract, in spring and summer."""
    return [
        each
        for each in venture.payments
        if each.payee and not each.contract and SPRING <= each.paid_on <= AUTUMN
        if each.amount >= SMALL
    ]


def _room(venture: Venture) -> Decimal:
    """What is left of the budget at the year's end."""
    budget = sum((line.initial or Decimal(0) for line in venture.budget), start=Decimal(0))
    return budget - sum((each.amount for each in venture.payments), start=Decimal(0))


def _later(payment: PaymentFact, *, days: int, ending: str, amount: Decimal) -> PaymentFact:
    paid_on = due_on(payment.paid_on, working_days=days, calendar=load_calendar()).on
    return payment._replace(number=f"{payment.number}{ending}", paid_on=paid_on, amount=amount)


def _paid_twice(venture: Venture, chance: Random) -> Venture:
    room = _room(venture)
    payment = chance.choice([each for each in _loose(venture) if each.amount <= room])
    again = _later(payment, days=2, ending="-2", amount=payment.amount)
    return replace(venture, payments=(*venture.payments, again))


def _can_be_paid_twice(venture: Venture) -> bool:
    room = _room(venture)
    return any(each.amount <= room for each in _loose(venture))


def _returned(venture: Venture, chance: Random) -> Venture:
    payment = chance.choice(_loose(venture))
    back = _later(payment, days=4, ending="-R", amount=-payment.amount)
    again = _later(payment, days=9, ending="-2", amount=payment.amount)
    return replace(venture, payments=(*venture.payments, back, again))


def _one_payee(venture: Venture, chance: Random) -> Venture:
    (favoured,) = some_firms(_loose(venture)[0].economic, count=1, chance=chance)

    def favour(payment: PaymentFact) -> PaymentFact:
        if not payment.payee or payment.contract or chance.random() > float(LOW):
            return payment
        return payment._replace(payee=favoured.name, payee_id=favoured.code)

    return replace(venture, payments=tuple(favour(each) for each in venture.payments))


def _is_mostly_loose(venture: Venture) -> bool:
    loose = [each for each in venture.payments if each.payee and not each.contract]
    return len(loose) > len(venture.payments) // 2 and bool(_loose(venture))


def _uncontracted(venture: Venture) -> list[PaymentFact]:
    return [
        each
        for each in venture.payments
        if each.economic.startswith(CAPITAL) and each.amount >= LARGE and each.paid_on >= SPRING
    ]


def _no_contract(venture: Venture, chance: Random) -> Venture:
    without = {each.number for each in chance.sample(_uncontracted(venture), 2)}
    payments = (
        each._replace(contract="") if each.number in without else each for each in venture.payments
    )
    return replace(venture, payments=tuple(payments))


def _contract_unpaid(venture: Venture, chance: Random) -> Venture:
    first = venture.contracts[0]
    days = working_days(YEAR, 3)
    (supplier,) = some_firms("30227", count=1, chance=chance)
    unpaid: ContractFact = first._replace(
        number=f"{venture.code}-HT9",
        process=f"{first.process}9",
        title=f"{venture.name.zh}监理服务合同",
        supplier=supplier.name,
        supplier_id=supplier.code,
        amount=Decimal(186_000),
        signed_on=days[int(len(days) * chance.random())],
    )
    return replace(venture, contracts=(*venture.contracts, unpaid))


def _contract_overpaid(venture: Venture, chance: Random) -> Venture:  # noqa: ARG001
    first, *others = venture.contracts
    paid = sum((p.amount for p in venture.payments if p.contract == first.number), Decimal(0))
    lower = (paid * LOW / 1000).to_integral_value() * 1000
    return replace(venture, contracts=(first._replace(amount=lower), *others))


def _paid_outside(venture: Venture, chance: Random) -> Venture:  # noqa: ARG001
    return replace(
        venture,
        fact=venture.fact._replace(ends_on=ENDS_ON),
        goal=replace(venture.goal, ends_on=ENDS_ON),
    )


def _growing(venture: Venture) -> list[TargetFact]:
    return [
        each
        for each in venture.targets
        if each.course == Course.SO_FAR and not each.less_is_better and (each.value or 0) > WHOLE
    ]


def _reading_falls(venture: Venture, chance: Random) -> Venture:
    key = chance.choice(_growing(venture)).indicator
    before = next(
        report.reading.value
        for report in venture.reports
        if report.reading.indicator == key and report.reading.ends_on.month == READ_BEFORE
    )
    assert before is not None, "what was read is a figure"
    fallen = (before * FELL).to_integral_value()

    def fall(report: Report) -> Report:
        reading = report.reading
        if reading.indicator != key or reading.ends_on.month != READ_AFTER:
            return report
        return replace(report, reading=reading._replace(value=fallen))

    return replace(venture, reports=tuple(fall(each) for each in venture.reports))


def _held(venture: Venture) -> list[TargetFact]:
    return [
        each
        for each in venture.targets
        if each.course == Course.KEPT and not each.less_is_better and each.measure == "%"
        if each.value is not None and each.value < WHOLE
    ]


def _already_reached(venture: Venture, chance: Random) -> Venture:
    key = chance.choice(_held(venture)).indicator
    reached = {each.indicator: each.value for each in venture.targets}[key]
    return replace(
        venture,
        targets=tuple(
            each._replace(baseline=reached) if each.indicator == key else each
            for each in venture.targets
        ),
        goal=replace(
            venture.goal,
            indicators=tuple(
                replace(each, baseline=reached) if each.key == key else each
                for each in venture.goal.indicators
            ),
        ),
    )


def _not_received(venture: Venture, chance: Random) -> Venture:  # noqa: ARG001
    def held_back(line: BudgetFact) -> BudgetFact:
        assert line.initial is not None, "an approved line has an amount"
        return line._replace(received=line.initial * 7 / 10)

    return replace(venture, budget=tuple(held_back(each) for each in venture.budget))


def _satisfaction(venture: Venture) -> list[TargetFact]:
    return [each for each in _held(venture) if each.name.endswith("满意度")]


def _sources_differ(venture: Venture, chance: Random) -> Venture:
    key = chance.choice(_satisfaction(venture)).indicator
    by, month = chance.choice(WATCHERS), chance.choice((4, 6, 8))
    own = next(
        report
        for report in venture.reports
        if report.reading.indicator == key and report.reading.ends_on.month == month
    )
    assert own.reading.value is not None, "what was read is a figure"
    lower = (own.reading.value * LOW).quantize(Decimal("0.1"))
    other = Report(
        reading=own.reading._replace(value=lower, source=by, note="入户问卷，附原始数据"),
        by=by,
        footing=Footing.SOCIAL,
        submitted_on=handed_in(month, 7),
    )
    return replace(venture, reports=(*venture.reports, other))


SLIPS = {
    "paid_twice": Slip(fits=_can_be_paid_twice, happens=_paid_twice),
    "one_payee": Slip(fits=_is_mostly_loose, happens=_one_payee),
    "no_contract": Slip(fits=lambda each: len(_uncontracted(each)) > 1, happens=_no_contract),
    "contract_unpaid": Slip(fits=lambda each: bool(each.contracts), happens=_contract_unpaid),
    "contract_overpaid": Slip(fits=lambda each: bool(each.contracts), happens=_contract_overpaid),
    "paid_outside": Slip(fits=lambda each: "校舍" in each.name.zh, happens=_paid_outside),
    "reading_falls": Slip(fits=lambda each: bool(_growing(each)), happens=_reading_falls),
    "already_reached": Slip(fits=lambda each: bool(_held(each)), happens=_already_reached),
    "not_received": Slip(fits=lambda each: bool(each.budget), happens=_not_received),
    "sources_differ": Slip(fits=lambda each: bool(_satisfaction(each)), happens=_sources_differ),
    "returned_and_paid_again": Slip(fits=lambda each: bool(_loose(each)), happens=_returned),
}
