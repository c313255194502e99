"""A suggestion on a figure of a goal: what it is now, what it shall be, and the goal with it.

Figures are kept as text: a target as it is printed, a weight as a number, a relation as its sign,
an amount in yuan. What was typed as a bare number takes the sign and the unit of what it replaces.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.indicators.numbers import bare_number, number
from gongzhi.core.terms import Said

SIGNS = {
    "≥": Said("不少于"),
    "≤": Said("不超过"),
    "=": Said("等于"),
    ">": Said("大于"),
    "<": Said("小于"),
}
YUAN_IN_WAN = 10_000
TARGET_MAX = 100
WEIGHT_MAX = Decimal(100)
AMOUNT_MAX = Decimal(10) ** 17
NO_LINE = Said("没有这一项指标")
NO_NUMBER = Said("请写一个数，如 85，或者写完整，如 ≥85%")
NO_WEIGHT = Said("分值在 0 和 100 之间")
NO_SIGN = Said("请选择 ≥、≤、=、> 或者 <")
NO_RELATION = Said("这个指标值不是一个数，没有关系可改")
NO_AMOUNT = Said("请写多少万元，如 1480")
UNKNOWN_AMOUNT = Said("这份绩效目标没有写预算金额")
TOO_LONG = Said("指标值最多 {most} 字", {"most": TARGET_MAX})
THE_SAME = Said("和现在的一样")


class Figure(StrEnum):
    """Which figure of a goal a suggestion is about."""

    TARGET = "target"
    WEIGHT = "weight"
    RELATION = "relation"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A figure by its indicator's key (empty for the amount), as it is and as it shall be."""

    figure: Figure
    indicator: str = ""
    name: str = ""
    now: str
    proposed: str


def wanted(goal: DraftGoal, *, figure: Figure, indicator: str, asked: str) -> Wanted | Said:
    """What somebody asks for, held against the goal as it stands; or what is wrong with it."""
    line = line_of(goal, indicator)
    if figure is not Figure.AMOUNT and line is None:
        return NO_LINE
    now = figure_of(goal, figure=figure, indicator=indicator)
    if isinstance(now, Said):
        return now
    proposed = _proposed(figure, asked.strip(), line=line)
    if isinstance(proposed, Said):
        return proposed
    if proposed == now:
        return THE_SAME
    is_amount = figure is Figure.AMOUNT
    return Wanted(
        figure=figure,
        indicator="" if is_amount else indicator,
        name="" if line is None or is_amount else line.name,
        now=now,
        proposed=proposed,
    )


def title_of(figure: Wanted, *, most: int) -> str:
    """The line that a suggestion is called by where nobody wrote one."""
    called = figure.name or "预算金额"
    return f"{called}：{figure.now or '—'} → {figure.proposed}"[:most]


def adoption_reason(*, year: int, number: int) -> str:
    """Why goals are adjusted that a voice moved, as their steps keep it: its number alone.

    Its words stay where they may be hidden or erased.
    """
    return f"采纳意见 {year}-{number}"


def line_of(goal: DraftGoal, indicator: str) -> DraftIndicator | None:
    """The indicator of that key."""
    return next((line for line in goal.indicators if line.key == indicator), None)


def figure_of(goal: DraftGoal, *, figure: Figure, indicator: str) -> str | Said:
    """A figure of a goal as it is kept; or why there is none."""
    if figure is Figure.AMOUNT:
        return UNKNOWN_AMOUNT if goal.budget is None else _plain(goal.budget)
    line = line_of(goal, indicator)
    if line is None:
        return NO_LINE
    if figure is Figure.TARGET:
        return line.target_text
    if figure is Figure.WEIGHT:
        return "" if line.weight is None else _plain(line.weight)
    printed = number(line.target)
    return NO_RELATION if printed is None else printed.sign or "="


def with_figure(
    goal: DraftGoal, *, figure: Figure, indicator: str, proposed: str
) -> DraftGoal | Said:
    """The goal with the figure changed, everything else as it was."""
    if figure is Figure.AMOUNT:
        return replace(goal, budget=Decimal(proposed))
    line = line_of(goal, indicator)
    if line is None:
        return NO_LINE
    changed = _changed(line, figure, proposed)
    if isinstance(changed, Said):
        return changed
    lines = (changed if each is line else each for each in goal.indicators)
    return replace(goal, indicators=tuple(lines))


def _changed(line: DraftIndicator, figure: Figure, proposed: str) -> DraftIndicator | Said:
    if figure is Figure.WEIGHT:
        return replace(line, weight=Decimal(proposed))
    if figure is Figure.TARGET:
        return replace(line, target=_without(line, proposed))
    printed = number(line.target)
    if printed is None:
        return NO_RELATION
    return replace(line, target=f"{proposed}{_plain(printed.value)}{printed.unit}")


def _without(line: DraftIndicator, text: str) -> str:
    """A printed target as its field keeps it: without the unit that stands beside it."""
    printed, kept = number(line.target), number(text)
    is_beside = printed is not None and not printed.unit and bool(line.measure)
    if is_beside and kept is not None and text.endswith(line.measure):
        return text.removesuffix(line.measure)
    return text


def _proposed(figure: Figure, asked: str, *, line: DraftIndicator | None) -> str | Said:
    if figure is Figure.WEIGHT:
        weight = bare_number(asked)
        fits = weight is not None and 0 <= weight <= WEIGHT_MAX
        return _plain(weight) if fits and weight is not None else NO_WEIGHT
    if figure is Figure.RELATION:
        return asked if asked in SIGNS else NO_SIGN
    if figure is Figure.AMOUNT:
        amount = bare_number(asked.removesuffix("万元").strip())
        if amount is None or not 0 <= amount * YUAN_IN_WAN < AMOUNT_MAX:
            return NO_AMOUNT
        return _plain(amount * YUAN_IN_WAN)
    assert line is not None, "a target is an indicator's"
    return _target(asked, line)


def _target(asked: str, line: DraftIndicator) -> str | Said:
    if not asked:
        return NO_NUMBER
    if len(asked) > TARGET_MAX:
        return TOO_LONG
    printed, bare = number(line.target), bare_number(asked)
    if printed is None:
        return asked  # a target in words is replaced by words
    if bare is None:
        return asked if number(asked) is not None else NO_NUMBER
    return f"{printed.sign}{_plain(bare)}{printed.unit or line.measure}"


def _plain(value: Decimal) -> str:
    """A number without needless zeros."""
    return f"{value.normalize():f}" if value else "0"
