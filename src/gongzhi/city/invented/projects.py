"""The projects that nobody wrote a story about: drawn from the patterns of work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from gongzhi.city.invented.calendar import YEAR, working_days
from gongzhi.city.invented.catalogue import (
    Season,
    Temper,
    Work,
    load_bodies,
    load_manners,
    load_names,
    load_works,
)
from gongzhi.city.invented.following import months_read, plans_of, reports_of
from gongzhi.city.invented.goals import Line, lines_of, nice
from gongzhi.city.invented.money import (
    Fen,
    Flow,
    paid_by_month,
    payments_of,
    planned_by_month,
    yuan,
)
from gongzhi.city.invented.payees import Payee, some_firms
from gongzhi.city.invented.values import Body, Venture
from gongzhi.core.facts import BudgetFact, ContractFact, PlanFact, ProjectFact
from gongzhi.core.goals import DraftGoal
from gongzhi.core.goals.drafts import Activity, Beneficiaries
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Text

REGION = "990100"
PEOPLE = "any-people-reached"
LETTERS = {"运转类": "Y", "特定目标类": "T"}
GENERAL, CARRIED = "一般公共预算拨款", "上年结转资金"
LOTTERY, LOTTERY_CLASS = "政府性基金预算拨款", "229"
TEN_THOUSAND_YUAN = 1_000_000  # in fen
CONTRACTED = ("310", "30209", "30213", "30227")
LONG_SEASONS = ("even", "building", "quarters", "terms")  # contracts run on from last year
LARGE = 4_000_000_00  # fen from which a purchase is tendered in public
METHODS = {True: "公开招标", False: "竞争性磋商"}
Submitted = Mapping[str, Mapping[int, date]]  # by unit and month


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A project as it was drawn: what kind, whose, where, how much."""

    work: Work
    unit: Body
    place: Text
    code: str
    money: int
    season: Season
    temper: Temper

    @property
    def name(self) -> Text:
        """Its name, with its place or its unit."""
        city = load_names().city
        values = {"place": self.place.zh, "body": self.unit.name.zh.removeprefix(city)}
        english = {"place": self.place.en, "body": self.unit.name.en}
        return Text(zh=self.work.name.zh.format(**values), en=self.work.name.en.format(**english))

    @property
    def functional(self) -> str:
        """Its functional class: the pattern's, else the unit's first."""
        return self.work.functional or self.unit.functional[0]

    @property
    def people(self) -> int:
        """How many benefit."""
        return int(nice(self.work.people * self.money))


def drafts(*, chance: Random) -> Iterator[Draft]:
    """All projects of the year, in the order of the patterns."""
    manners = load_manners()
    bodies = {body.code: body for body in load_bodies()}
    serial = 0
    for work in load_works():
        places = chance.sample(load_names().places, len(load_names().places))
        for at in range(work.times):
            serial += 1
            unit = bodies[work.units[at % len(work.units)]]
            low, high = work.money
            yield Draft(
                work=work,
                unit=unit,
                place=places[at % len(places)],
                code=code_of(unit.code, serial=serial, category=work.category),
                money=round((low + (high - low) * chance.random() ** 2) / 5) * 5,
                season=manners.seasons[work.season],
                temper=drawn_temper(manners.tempers, chance=chance),
            )


def code_of(unit: str, *, serial: int, category: str, year: int = YEAR) -> str:
    """A project's code: region, year, letter of its category, twelve digits."""
    digits = "".join(each for each in unit if each.isdigit())
    return f"{REGION}{year % 100:02}{LETTERS[category]}{digits:0<6}{serial:06}"


def drawn_temper(tempers: Sequence[Temper], *, chance: Random) -> Temper:
    """A temper, each as often as it is said to be."""
    at = chance.random() * sum(each.often for each in tempers)
    for temper in tempers:
        at -= temper.often
        if at < 0:
            return temper
    return tempers[0]


def venture_of(draft: Draft, *, submitted: Submitted, chance: Random) -> Venture:
    """The project with its year."""
    total = draft.money * TEN_THOUSAND_YUAN
    lines = lines_of(draft.work, money=draft.money, people=draft.people, chance=chance)
    plan = planned_by_month(total, season=draft.season)
    paid = paid_by_month(plan, temper=draft.temper, chance=chance)
    budget = _budget(draft, total=total, chance=chance)
    flows = [flow for line in budget for flow in _flows(draft, line, total, chance=chance)]
    goal = _goal(draft, lines)
    return Venture(
        fact=_fact(draft),
        name=draft.name,
        aim=draft.work.aim,
        basis=f"{draft.unit.name.zh}年度工作要点",
        goal=goal,
        budget=budget,
        targets=tuple(line.as_target(draft.code) for line in lines),
        plans=(*money_plan(draft.code, plan), *_goal_plans(draft, lines)),
        contracts=tuple(flow.contract for flow in flows if flow.contract),
        payments=payments_of(flows, paid=paid, chance=chance),
        reports=tuple(
            report
            for line in lines
            for report in reports_of(
                line,
                project=draft.code,
                unit=draft.unit.code,
                season=draft.season,
                temper=draft.temper,
                months=months_read(monthly=False, temper=draft.temper.code),
                submitted=submitted[draft.unit.code],
                chance=chance,
            )
        ),
        temper=draft.temper.code,
    )


def _fact(draft: Draft) -> ProjectFact:
    unit = draft.unit
    return ProjectFact(
        code=draft.code,
        name=draft.name.zh,
        unit=unit.code,
        unit_name=unit.name.zh,
        department=unit.department or unit.code,
        category=draft.work.category,
        functional=draft.functional,
        starts_on=date(draft.work.since, 1, 1),
        ends_on=date(YEAR, MONTHS, 31),
        total=yuan(draft.money * TEN_THOUSAND_YUAN),
        purpose=draft.name.zh,
    )


def _goal(draft: Draft, lines: Sequence[Line]) -> DraftGoal:
    first, people = lines[0].draft, draft.people
    outputs = tuple(line.draft.key for line in lines if line.draft.level1 == first.level1)
    return DraftGoal(
        project=draft.name.zh,
        year=YEAR,
        functional=draft.functional,
        text=(
            f"{YEAR}年12月底前完成{draft.name.zh.removesuffix('经费')}，"
            f"{first.name}达到{first.target.lstrip('≥')}{first.measure}，{_who(draft, lines)}受益。"
        ),
        budget=yuan(draft.money * TEN_THOUSAND_YUAN),
        starts_on=date(YEAR, 1, 1),
        ends_on=date(YEAR, MONTHS, 31),
        beneficiaries=(Beneficiaries(who=draft.work.who, count=lines[0].rounded(people)),),
        activities=(
            Activity(
                key="a1",
                name=draft.name.zh,
                money=yuan(draft.money * TEN_THOUSAND_YUAN),
                leads_to=outputs,
            ),
        ),
        indicators=tuple(line.draft for line in lines),
    )


def _who(draft: Draft, lines: Sequence[Line]) -> str:
    """Who benefits, with their number where a line promises it."""
    keys = {line.draft.key for line in lines}
    return f"{draft.work.who}{draft.people}人" if PEOPLE in keys else draft.work.who


def _budget(draft: Draft, *, total: Fen, chance: Random) -> tuple[BudgetFact, ...]:
    """The approved lines by economic class; some have a part that was carried over."""
    amounts = [(economic, total * share // 100) for economic, share in draft.work.lines]
    amounts[0] = (amounts[0][0], amounts[0][1] + total - sum(each for _, each in amounts))
    funds = LOTTERY if draft.functional.startswith(LOTTERY_CLASS) else GENERAL
    parts = [(economic, funds, amount) for economic, amount in amounts]
    if chance.random() < 0.12:
        economic, _, amount = parts[0]
        carried = amount * round(80 + 120 * chance.random()) // 1000
        parts[0] = (economic, funds, amount - carried)
        parts.append((economic, CARRIED, carried))
    return tuple(
        budget_line(
            draft.code,
            draft.unit.code,
            number=number,
            name=draft.name.zh,
            functional=draft.functional,
            economic=economic,
            funds=funds,
            amount=amount,
        )
        for number, (economic, funds, amount) in enumerate(parts, start=1)
    )


def budget_line(
    code: str,
    unit: str,
    *,
    number: int,
    name: str,
    functional: str,
    economic: str,
    funds: str,
    amount: Fen,
) -> BudgetFact:
    """A line of the approved budget."""
    return BudgetFact(
        number=f"{code}-{number}",
        year=YEAR,
        project=code,
        unit=unit,
        name=name,
        functional=functional,
        economic=economic,
        funds=funds,
        initial=yuan(amount),
        adjusted=yuan(amount),
    )


def _flows(draft: Draft, line: BudgetFact, total: Fen, *, chance: Random) -> Iterator[Flow]:
    """The ways a line's money goes: on one or two contracts, or to many without one."""
    assert line.initial is not None, "an approved line has an amount"
    share = int(line.initial * 100 * 1000 // total)
    under_contract = line.economic.startswith(CONTRACTED)
    contracts = 1 + (chance.random() < 0.4) if under_contract else 0
    words = load_names().economic[line.economic].zh
    count = draft.season.payments * share / 12_000 * (0.7 + 0.6 * chance.random())
    if not contracts:
        payees = some_firms(line.economic, count=9, chance=chance)
        yield Flow(line=line, share=share, payees=payees, purpose=words, count=max(round(count), 1))
        return
    for at, part in enumerate(_shared(share, contracts)):
        payees = some_firms(line.economic, count=1, chance=chance)
        first = 1 if draft.season.code in LONG_SEASONS else 2 + int(3 * chance.random())
        each = round(count / contracts / 2)
        number = f"HT{line.number[-7:]}{at + 1}"
        contract = _contract(
            draft,
            line,
            number,
            supplier=payees[0],
            amount=part * total // 1000,
            first=first,
            chance=chance,
        )
        yield Flow(
            line=line,
            share=part,
            payees=payees,
            purpose=f"{words}（合同款）",
            contract=contract,
            first=first,
            count=max(each, 1),
        )


def _shared(share: int, parts: int) -> list[int]:
    """A share in one or two parts, the first the larger."""
    return [share] if parts == 1 else [share - share * 2 // 5, share * 2 // 5]


def _contract(
    draft: Draft,
    line: BudgetFact,
    number: str,
    *,
    supplier: Payee,
    amount: Fen,
    first: int,
    chance: Random,
) -> ContractFact:
    """A contract signed in the month before its first payment."""
    year, month = (YEAR, first - 1) if first > 1 else (YEAR - 1, MONTHS)
    days = working_days(year, month)
    signed_on = days[int(len(days) * chance.random())]
    return ContractFact(
        number=f"{draft.code}-{number}",
        process=f"ocds-yunhe-{draft.code[-6:]}-{number}",
        title=f"{draft.name.zh}{load_names().economic[line.economic].zh}合同",
        project=draft.code,
        unit=draft.unit.code,
        supplier=supplier.name,
        supplier_id=supplier.code,
        amount=yuan(-(-amount // 100) * 100),
        signed_on=signed_on,
        starts_on=signed_on,
        ends_on=end_of(YEAR, MONTHS),
        method=METHODS[amount >= LARGE],
        status="active",
    )


def money_plan(code: str, plan: Sequence[Fen]) -> tuple[PlanFact, ...]:
    """The planned payments of each month."""
    return tuple(
        PlanFact(code, YEAR, month, yuan(amount)) for month, amount in enumerate(plan, start=1)
    )


def _goal_plans(draft: Draft, lines: Sequence[Line]) -> Iterator[PlanFact]:
    for line in lines:
        yield from plans_of(line, project=draft.code, season=draft.season)
