"""A project in one paragraph: what it is for, who does it, for whom, the money, how far, what next.

A sentence is left out where its figures are missing; none guesses. Amounts and shares are rounded
as `figures` rounds them, and every number comes from the story.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongzhi.core.goals import Beneficiaries, DraftGoal, cost_per_beneficiary
from gongzhi.core.monitoring.figures import NOTHING, months_ended, percent, shown
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.telling.consequences import NextMoney, told_of_next
from gongzhi.core.telling.figures import YUAN, amount_said, day_said, in_a_row, told_until
from gongzhi.core.telling.judging import Judgement, told_of_judgements
from gongzhi.core.telling.promises import (
    STEP,
    Promise,
    counted,
    counts_said,
    slowest,
    standing,
)
from gongzhi.core.terms import FiscalYear, Money, Ratio, Said, SaidValues

NAMED = 3  # partners that are named; the others are counted
FULL_STOP = "。.；; "


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMoney:
    """A year's money: initial and present budget, what was paid, and the plan's share.

    planned is the share of the budget planned by the end of a month, paid_then what was paid by
    then; both are None where nothing was planned.
    """

    budget: Money | None = None
    initial: Money | None = None
    paid: Money = NOTHING
    month: int = 0
    planned: Ratio | None = None
    paid_then: Ratio | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """Something that somebody has to do by a day."""

    what: Said
    who: Said | str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What is known of a project on a day; year is the one that its money and promises are of.

    currency is the unit behind its amounts.
    """

    unit: str
    today: date
    year: FiscalYear | None = None
    aim: str = ""
    aim_kind: Said | None = None
    goal: str = ""
    partners: tuple[str, ...] = ()
    beneficiaries: tuple[Beneficiaries, ...] = ()
    money: YearMoney | None = None
    promises: tuple[Promise, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    judged: tuple[Judgement, ...] = ()
    next_money: NextMoney | None = None
    ends_on: date | None = None
    currency: Said = YUAN

    def amount(self, amount: Money) -> Said:
        """An amount in words."""
        return amount_said(amount, unit=self.currency)

    @property
    def is_over(self) -> bool:
        """Whether the year is over."""
        return self.year is not None and months_ended(self.today, year=self.year) == MONTHS


def told(story: Story) -> tuple[Said, ...]:
    """The paragraph, sentence by sentence; there is always at least who answers for it."""
    return tuple(_sentences(story))


def _sentences(story: Story) -> Iterator[Said]:
    yield _who(story)
    if story.partners:
        yield _with_whom(story.partners)
    if story.goal.strip(FULL_STOP) and story.year is not None:
        text = story.goal.strip().rstrip(FULL_STOP)
        yield Said("{year} 年它答应：“{text}”。", {"year": story.year, "text": text})
    yield from _for_whom(story)
    if story.money is not None and story.year is not None:
        yield from _of_money(story, story.money)
    if story.promises and story.year is not None:
        yield from _of_promises(story)
    yield from told_of_judgements(story.judged)
    if story.next_money is not None:
        yield from told_of_next(story.next_money, amount=story.amount)
    yield from _late(story)
    yield from _next(story)


def _who(story: Story) -> Said:
    if story.aim and story.aim_kind is not None:
        return Said(
            "{unit}负责这个项目，它是{kind}“{aim}”的一部分。",
            {"unit": story.unit, "kind": story.aim_kind, "aim": story.aim},
        )
    return Said("{unit}负责这个项目。", {"unit": story.unit})


def _with_whom(partners: tuple[str, ...]) -> Said:
    names = in_a_row(partners[:NAMED])
    if len(partners) > NAMED:
        return Said("一起做的有{names}等 {count} 家。", {"names": names, "count": len(partners)})
    return Said("一起做的有{names}。", {"names": names})


def _for_whom(story: Story) -> Iterator[Said]:
    """Who gains, how many; and what one of them costs by the year's budget, if it is known."""
    groups = [
        Said(
            "{who} {count} {measure}",
            {"who": each.who, "count": shown(each.count), "measure": each.measure},
        )
        for each in story.beneficiaries
        if each.count is not None
    ]
    if not groups:
        return
    budget = story.money.budget if story.money is not None else None
    costs = cost_per_beneficiary(DraftGoal(budget=budget, beneficiaries=story.beneficiaries[:1]))
    if not costs or costs[0].amount <= 0:
        yield Said("受益的是{groups}。", {"groups": in_a_row(groups)})
        return
    values: SaidValues = {"groups": in_a_row(groups), "measure": costs[0].measure}
    values["cost"] = story.amount(costs[0].amount)
    yield Said("受益的是{groups}，按当年的预算平均每{measure} {cost}。", values)


def _of_money(story: Story, money: YearMoney) -> Iterator[Said]:
    assert story.year is not None, "money is of a year"
    day = told_until(story.year, today=story.today)
    paid = story.amount(money.paid)
    if money.budget is None or money.budget <= 0:
        if money.paid:
            yield Said("到 {day}付了 {paid}，没有预算数。", {"day": day, "paid": paid})
        return
    values: SaidValues = {"year": story.year, "budget": story.amount(money.budget), "day": day}
    if not money.paid:
        yield Said("{year} 年预算 {budget}，到 {day}还没有付钱。", values)
    else:
        values |= {"paid": paid, "share": percent(money.paid / money.budget)}
        yield Said("{year} 年预算 {budget}，到 {day}付了 {paid}，占 {share}%。", values)
    if money.initial is not None and money.initial > 0 and money.initial != money.budget:
        yield Said("年初的预算是 {initial}，后来调整过。", {"initial": story.amount(money.initial)})
    yield from _against_plan(money)


def _against_plan(money: YearMoney) -> Iterator[Said]:
    if money.planned is None or money.paid_then is None or not money.month:
        return
    points = percent(money.paid_then) - percent(money.planned)
    values: SaidValues = {
        "month": money.month,
        "planned": percent(money.planned),
        "points": abs(points),
    }
    if abs(points) < STEP:
        yield Said("按计划到 {month} 月底付 {planned}%，实际一致。", values)
    elif points < 0:
        yield Said("按计划到 {month} 月底付 {planned}%，实际慢 {points} 个百分点。", values)
    else:
        yield Said("按计划到 {month} 月底付 {planned}%，实际快 {points} 个百分点。", values)


def _of_promises(story: Story) -> Iterator[Said]:
    counts = counted(standing(each, is_over=story.is_over) for each in story.promises)
    values: SaidValues = {"all": len(story.promises), "counts": counts_said(counts)}
    yield Said("答应的 {all} 项指标里，{counts}。", values)
    last = slowest(story.promises, is_over=story.is_over)
    if last is None or not last.figure or last.read_on is None:
        return
    yield Said(
        "离得最远的是“{name}”：答应 {target}，{day}的读数是 {figure}。",
        {
            "name": last.name,
            "target": last.target,
            "figure": last.figure,
            "day": day_said(last.read_on, today=story.today),
        },
    )


def _late(story: Story) -> Iterator[Said]:
    """Who is late with what; the longest first."""
    late = [each for each in story.awaited if each.due_on < story.today]
    for each in sorted(late, key=lambda each: each.due_on):
        yield Said("{who}应在 {day}前{what}，已经逾期。", _awaited(each, story))


def _awaited(each: Awaited, story: Story) -> SaidValues:
    day = day_said(each.due_on, today=story.today)
    return {"who": each.who, "day": day, "what": each.what}


def _next(story: Story) -> Iterator[Said]:
    """What comes next and when: what is awaited first, else the end of the year or the project."""
    coming = [each for each in story.awaited if each.due_on >= story.today]
    if coming:
        first = min(coming, key=lambda each: each.due_on)
        yield Said("接下来，{who}要在 {day}前{what}。", _awaited(first, story))
    ends_on = story.ends_on
    ends_this_year = ends_on is not None and ends_on.year == story.year
    if story.promises and story.year is not None and not story.is_over and not ends_this_year:
        yield Said("{year} 年底前，答应的都要做到。", {"year": story.year})
    if ends_on is None:
        return
    day = day_said(ends_on, today=story.today)
    if ends_on < story.today:
        yield Said("项目原定 {day}结束。", {"day": day})
    else:
        yield Said("项目按计划 {day}结束。", {"day": day})
