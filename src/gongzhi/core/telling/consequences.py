"""What a judged year did to the next one's money, in a few sentences: of a project, of all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gongzhi.core.monitoring.figures import NOTHING
from gongzhi.core.telling.figures import YUAN, amount_said
from gongzhi.core.telling.promises import Standing, counts_said
from gongzhi.core.terms import FiscalYear, Money, Points, Said, SaidValues


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMoney:
    """What was decided on a project's money of a year, and the judgement that it rests on."""

    year: FiscalYear
    base: Money
    amount: Money
    score: Points | None = None
    grade: str = ""


def told_of_next(money: NextMoney, *, amount: Callable[[Money], Said]) -> Iterator[Said]:
    """Score and grade where there are any, then the money against what it was reckoned from."""
    if money.score is not None and money.grade:
        points = f"{round(money.score, 2).normalize():f}"
        yield Said(
            "合起来得 {points} 分，等级为{grade}。", {"points": points, "grade": Said(money.grade)}
        )
    values: SaidValues = {"year": money.year, "amount": amount(money.amount)}
    if money.amount < money.base:
        values["less"] = amount(money.base - money.amount)
        yield Said("按结果，{year} 年的钱定为 {amount}，比基数少 {less}。", values)
    elif money.amount > money.base:
        values["more"] = amount(money.amount - money.base)
        yield Said("按结果，{year} 年的钱定为 {amount}，比基数多 {more}。", values)
    else:
        yield Said("按结果，{year} 年的钱定为 {amount}，没有减。", values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """How a year's projects came out, and what was decided on the next year's money.

    less and more count those whose money is below and above what it was reckoned from, taken and
    added say by how much together; unfinished counts what is still being put right.
    """

    year: FiscalYear
    standings: Mapping[Standing, int]
    decided: int = 0
    less: int = 0
    taken: Money = NOTHING
    more: int = 0
    added: Money = NOTHING
    unfinished: int = 0
    currency: Said = YUAN


def told_of_consequences(found: Consequences) -> Iterator[Said]:
    """How many did what they promised, whose money changed, what is still to be put right."""
    projects = sum(found.standings.values())
    if projects:
        counts = counts_said(found.standings)
        yield Said("{all} 个项目里，{counts}。", {"all": projects, "counts": counts})
    following = {"year": found.year + 1}
    if not found.decided:
        yield Said("{year} 年的钱还没有按结果定下来。", following)
    else:
        yield from _of_money(found)
    if found.unfinished:
        yield Said("还有 {count} 项问题在整改。", {"count": found.unfinished})


def _of_money(found: Consequences) -> Iterator[Said]:
    values = {"year": found.year + 1, "count": found.decided}
    if not found.less and not found.more:
        yield Said("按结果，{year} 年定了 {count} 个项目的钱，都没有变。", values)
        return
    yield Said("按结果，{year} 年定了 {count} 个项目的钱。", values)
    if found.less:
        taken = amount_said(found.taken, unit=found.currency)
        yield Said("{count} 个减少，一共减 {amount}。", {"count": found.less, "amount": taken})
    if found.more:
        added = amount_said(found.added, unit=found.currency)
        yield Said("{count} 个增加，一共加 {amount}。", {"count": found.more, "amount": added})
