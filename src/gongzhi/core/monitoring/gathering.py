"""Facts of other systems' files, gathered project by project into plans and what became of them.

A project without a target is followed by its money alone. A target without a figure is followed by
words, and only where somebody reads words as a share. What the facts don't say stays unsaid.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongzhi.core.facts import (
    BudgetFact,
    ContractFact,
    Fact,
    PaymentFact,
    PlanFact,
    ProjectFact,
    ReadingFact,
    TargetFact,
)
from gongzhi.core.known import sum_known
from gongzhi.core.monitoring.facts import Contract, Facts, Payment, Reading
from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.core.monitoring.plan import MONTHS, Course, Plan, Promised, cumulated
from gongzhi.core.terms import FiscalYear, Ratio

Months = dict[int, Decimal]


@dataclass(slots=True)
class _Heap:
    """What was found of one project so far."""

    project: ProjectFact | None = None
    budgets: list[BudgetFact] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    targets: dict[str, TargetFact] = field(default_factory=dict)
    plans: dict[str, Months] = field(default_factory=lambda: defaultdict(dict))
    currency: str = ""


def gather(facts: Iterable[Fact], *, year: FiscalYear) -> Iterator[tuple[Plan, Facts]]:
    """A plan and its facts for each project that the facts name, in the order of their codes."""
    heaps: dict[str, _Heap] = defaultdict(_Heap)
    for fact in facts:
        code = fact.code if isinstance(fact, ProjectFact) else fact.project
        if code:
            _put(heaps[code], fact, year=year)
    for code in sorted(heaps):
        heap = heaps[code]
        yield _plan(code, heap, year=year), _facts(heap)


def _put(heap: _Heap, fact: Fact, *, year: FiscalYear) -> None:
    match fact:
        case ProjectFact():
            heap.project = fact
        case BudgetFact() if fact.year == year:
            heap.budgets.append(fact)
        case PaymentFact():
            heap.payments.append(_payment(fact))
        case ContractFact() if fact.amount is not None and fact.signed_on is not None:
            supplier = fact.supplier_id or fact.supplier
            contract = Contract(fact.number, fact.amount, fact.signed_on, supplier)
            heap.contracts.append(contract)
        case TargetFact() if fact.year == year:
            heap.targets[fact.indicator] = fact
        case PlanFact() if fact.year == year:
            months = heap.plans[fact.indicator]
            months[fact.month] = months.get(fact.month, NOTHING) + fact.amount
        case ReadingFact():
            source = fact.source or fact.unit
            heap.readings.append(Reading(fact.indicator, fact.ends_on, fact.value, None, source))
        case _:
            return
    if isinstance(fact, PaymentFact | BudgetFact | ProjectFact | PlanFact):
        heap.currency = heap.currency or fact.currency


def _payment(fact: PaymentFact) -> Payment:
    payee = fact.payee_id or fact.payee
    return Payment(fact.paid_on, fact.amount, payee, fact.contract, fact.economic, fact.number)


def _plan(code: str, heap: _Heap, *, year: FiscalYear) -> Plan:
    project, money = heap.project, heap.plans.get("")
    return Plan(
        project=code,
        year=year,
        money=cumulated(twelve(money)) if money else (),
        indicators=tuple(
            promised_by(target, heap.plans.get(target.indicator))
            for target in heap.targets.values()
        ),
        starts_on=project.starts_on if project else None,
        ends_on=project.ends_on if project else None,
        category=project.category if project else "",
        currency=heap.currency or "元",
    )


def promised_by(target: TargetFact, planned: Mapping[int, Decimal] | None) -> Promised:
    """What a file's target promises, with the figures that were planned for single months."""
    course = Course(target.course) if target.course else Course.SO_FAR
    return Promised(
        key=target.indicator,
        name=target.name or target.indicator,
        target=target.value,
        less_is_better=target.less_is_better,
        course=course,
        weight=target.weight,
        baseline=target.baseline,
        by_month=_shares(planned, target.value, course=course) if planned else (),
    )


def _shares(
    planned: Mapping[int, Decimal], target: Decimal | None, *, course: Course
) -> tuple[Ratio, ...]:
    """The plan in shares of the target; what adds up is planned by single months."""
    if target is None or target <= 0:
        return ()
    months = twelve(planned)
    figures = cumulated(months) if course is Course.ADDS_UP else _highest(months)
    return tuple(figure / target for figure in figures)


def _highest(months: Iterable[Decimal]) -> list[Decimal]:
    now = NOTHING
    return [now := max(now, figure) for figure in months]


def twelve(months: Mapping[int, Decimal]) -> tuple[Decimal, ...]:
    """A figure for each month of the year; nothing where none was planned."""
    return tuple(months.get(month, NOTHING) for month in range(1, MONTHS + 1))


def _facts(heap: _Heap) -> Facts:
    return Facts(
        initial=sum_known(line.initial for line in heap.budgets),
        adjusted=sum_known(line.adjusted for line in heap.budgets),
        received=sum_known(line.received for line in heap.budgets),
        payments=tuple(heap.payments),
        contracts=tuple(heap.contracts),
        readings=tuple(heap.readings),
    )
