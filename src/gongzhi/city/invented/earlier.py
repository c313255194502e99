"""The money of the years before: what recurring projects were given, and what was paid by month.

A project has chance of its own for each of these years, so that they change nothing of the year
itself. Fewer payments are made than in the year: the treasury's archive holds what was paid by
batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from random import Random

from gongzhi.city.invented.calendar import YEAR, working_days
from gongzhi.city.invented.catalogue import Season, Temper, load_manners, load_names
from gongzhi.city.invented.money import (
    CLOSED_DAYS,
    Fen,
    fen_of,
    paid_by_month,
    planned_by_month,
    yuan,
)
from gongzhi.city.invented.payees import Payee, some_firms
from gongzhi.city.invented.projects import CARRIED, CONTRACTED, LARGE, METHODS, drawn_temper
from gongzhi.city.invented.values import EarlierYear, Venture
from gongzhi.core.facts import BudgetFact, ContractFact, PaymentFact
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.plan import MONTHS

FIRST_YEAR = 2024  # the archive reaches no further back
STEP = 1_000_000  # fen: budgets are in whole 10,000 yuan
SAME_TEMPER = 0.6  # how often a year went wrong as this one does
PAID_FROM, SIGNED_FROM = 18, 4  # days of a month from which batches are paid, contracts signed
SUPPLIERS = 6


def with_earlier(venture: Venture, *, season: Season) -> Venture:
    """The project with its money of the years before this one, if it began in one of them."""
    starts_on = venture.fact.starts_on
    assert starts_on is not None, "an invented project has a period"
    years = range(max(starts_on.year, FIRST_YEAR), YEAR)
    if not years:
        return venture
    totals = _totals(venture, years)
    earlier = tuple(
        _Past(venture=venture, year=year, season=season, total=totals[year]).lived()
        for year in years
    )
    whole = yuan(sum(totals.values()) + _of_this_year(venture))
    fact = venture.fact._replace(total=max(whole, venture.fact.total or whole))
    return replace(venture, fact=fact, earlier=earlier)


def _totals(venture: Venture, years: Sequence[int]) -> Mapping[int, Fen]:
    """What each year was given: a little less than the next, or an even part of what is left."""
    this, whole = _of_this_year(venture), fen_of(venture.fact.total)
    assert venture.fact.ends_on is not None, "an invented project has a period"
    if whole > this:
        others = len(years) + venture.fact.ends_on.year - YEAR
        return dict.fromkeys(years, (whole - this) // others // STEP * STEP)
    chance = Random(f"{venture.code}-totals")  # noqa: S311 - a story, no secret
    shares = {year: (0.93 + 0.09 * chance.random()) ** (YEAR - year) for year in years}
    return {year: max(round(this * share / STEP), 1) * STEP for year, share in shares.items()}


def _of_this_year(venture: Venture) -> Fen:
    return sum(fen_of(line.initial) for line in venture.budget)


@dataclass(slots=True, kw_only=True)
class _Past:
    """A project in a year that is over, being told."""

    venture: Venture
    year: int
    season: Season
    total: Fen

    def lived(self) -> EarlierYear:
        """Its lines, contracts and payments."""
        chance = Random(f"{self.venture.code}-{self.year}")  # noqa: S311 - a story, no secret
        plan = planned_by_month(self.total, season=self.season)
        temper = self._temper(chance)
        paid = paid_by_month(self._from_its_start(plan), temper=temper, chance=chance)
        lines = tuple(self._lines())
        suppliers = {line.number: self._suppliers(line, chance) for line in lines}
        payments = tuple(self._payments(lines, suppliers, paid=paid, chance=chance))
        contracts = tuple(
            self._contract(line, suppliers[line.number][0], payments, chance=chance)
            for line in lines
            if _has_contract(line) and any(_on(line, each) for each in payments)
        )
        return EarlierYear(year=self.year, budget=lines, contracts=contracts, payments=payments)

    def _temper(self, chance: Random) -> Temper:
        """Mostly as the project is; a story tells of its own year alone."""
        tempers = load_manners().tempers
        if chance.random() < SAME_TEMPER:
            return next(each for each in tempers if each.code == self.venture.temper)
        return drawn_temper(tempers, chance=chance)

    def _from_its_start(self, plan: Sequence[Fen]) -> list[Fen]:
        """What would have been paid before the project began is paid in its first month."""
        starts_on = self.venture.fact.starts_on or date.min
        first = starts_on.month - 1 if starts_on.year == self.year else 0
        return [*[0] * first, sum(plan[: first + 1]), *plan[first + 1 :]]

    def _lines(self) -> Iterator[BudgetFact]:
        """The lines as this year has them, without what was carried over, in the same parts."""
        lines = [line for line in self.venture.budget if line.funds != CARRIED]
        whole = sum(fen_of(line.initial) for line in lines)
        amounts = [self.total * fen_of(line.initial) // whole // 100 * 100 for line in lines]
        amounts[0] += self.total - sum(amounts)
        for at, (line, amount) in enumerate(zip(lines, amounts, strict=True), start=1):
            yield line._replace(
                number=f"{self.venture.code}-{self.year}-{at}",
                year=self.year,
                initial=yuan(amount),
                adjusted=yuan(amount),
            )

    def _suppliers(self, line: BudgetFact, chance: Random) -> tuple[Payee, ...]:
        """Mostly those of this year, who have been there for some time."""
        known = dict.fromkeys(
            Payee(each.payee, each.payee_id)
            for each in self.venture.payments
            if each.economic == line.economic
        )
        others = some_firms(line.economic, count=2, chance=chance)
        found = tuple(dict.fromkeys([*list(known)[: SUPPLIERS - 2], *others]))
        return found[:1] if _has_contract(line) else found

    def _payments(
        self,
        lines: Sequence[BudgetFact],
        suppliers: Mapping[str, tuple[Payee, ...]],
        *,
        paid: Sequence[Fen],
        chance: Random,
    ) -> Iterator[PaymentFact]:
        """Each month's money in one payment, from the line that has most left, or from several."""
        left = {line: fen_of(line.initial) for line in lines}
        numbers = count(1)
        for month, amount in enumerate(paid, start=1):
            paid_on = self._paid_on(month, chance)
            for line, part in _drawn(left, amount):
                payees, number = suppliers[line.number], next(numbers)
                payee = payees[number % len(payees)]
                yield self._payment(line, part, paid_on=paid_on, payee=payee, number=number)

    def _payment(
        self, line: BudgetFact, amount: Fen, *, paid_on: date, payee: Payee, number: int
    ) -> PaymentFact:
        return PaymentFact(
            number=f"ZF{self.year % 100}{self.venture.code[-6:]}-{number:04}",
            project=line.project,
            unit=line.unit,
            paid_on=paid_on,
            amount=yuan(amount),
            payee=payee.name,
            payee_id=payee.code,
            functional=line.functional,
            economic=line.economic,
            funds=line.funds,
            purpose=load_names().economic[line.economic].zh,
            contract=_contract_number(line) if _has_contract(line) else "",
        )

    def _paid_on(self, month: int, chance: Random) -> date:
        days = working_days(self.year, month)
        open_days = days[: -CLOSED_DAYS if month == MONTHS else None]
        batches = [day for day in open_days if day.day >= PAID_FROM]
        return batches[int(len(batches) * chance.random())]

    def _contract(
        self,
        line: BudgetFact,
        supplier: Payee,
        payments: Sequence[PaymentFact],
        *,
        chance: Random,
    ) -> ContractFact:
        """A contract of the year, signed before its first payment and paid in full."""
        mine = [each for each in payments if _on(line, each)]
        first = min(each.paid_on for each in mine)
        days = working_days(self.year, first.month)
        days_to_sign = [day for day in days if SIGNED_FROM <= day.day < PAID_FROM]
        signed_on = days_to_sign[int(len(days_to_sign) * chance.random())]
        amount = sum(fen_of(each.amount) for each in mine)
        number = _contract_number(line)
        return ContractFact(
            number=number,
            process=f"ocds-yunhe-{number[-12:]}",
            title=f"{self.venture.fact.name}{load_names().economic[line.economic].zh}合同",
            project=line.project,
            unit=line.unit,
            supplier=supplier.name,
            supplier_id=supplier.code,
            amount=yuan(-(-amount // 100) * 100),
            signed_on=signed_on,
            starts_on=signed_on,
            ends_on=end_of(self.year, MONTHS),
            method=METHODS[amount >= LARGE],
            status="terminated",
        )


def _has_contract(line: BudgetFact) -> bool:
    return line.economic.startswith(CONTRACTED)


def _contract_number(line: BudgetFact) -> str:
    return f"{line.project}-HT{line.year % 100}{line.number.rpartition('-')[2]}"


def _on(line: BudgetFact, payment: PaymentFact) -> bool:
    return payment.economic == line.economic and payment.funds == line.funds


def _drawn(left: dict[BudgetFact, Fen], amount: Fen) -> Iterator[tuple[BudgetFact, Fen]]:
    """An amount from the line that has most left, and from the next if that isn't enough."""
    while amount > 0:
        line = max(left, key=lambda each: left[each])
        part = min(amount, left[line])
        assert part > 0, "more was paid than there was"
        left[line] -= part
        amount -= part
        yield line, part
