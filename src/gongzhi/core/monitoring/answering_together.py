"""Numbers of many projects as one, made again with a part for each project or for each unit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import add
from typing import NamedTuple

from gongzhi.core.figure import Figure, FigureName, Part, Unit, Way
from gongzhi.core.monitoring.answering import (
    BUDGET,
    GAP,
    GOALS,
    GOALS_PLANNED,
    MONEY,
    MONEY_PLANNED,
    PAID,
)
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.monitoring.together import Sums
from gongzhi.core.terms import Money, Said

BY_BUDGET = Said("各部分的数按预算加权：预算大的占得多")
ADDED = Said("各部分的数相加")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A project or a unit among many: what tells it apart, its name, what it adds."""

    key: str
    name: str
    sums: Sums


class Weighing(NamedTuple):
    """A share of many: what it is called, what is weighed in a month, and with what weight."""

    title: Said
    weighed: Callable[[Sums, int], Money]
    weight: Callable[[Sums, int], Money]
    is_plan: bool = False


WEIGHED: Mapping[str, Weighing] = {
    "money": Weighing(MONEY, lambda of, at: of.money[at], lambda of, _: of.budget),
    "goals": Weighing(GOALS, lambda of, at: of.goals[at], lambda of, at: of.goals_weight[at]),
    "money-planned": Weighing(
        MONEY_PLANNED,
        lambda of, at: of.money_planned[at],
        lambda of, _: of.money_planned_weight,
        is_plan=True,
    ),
    "goals-planned": Weighing(
        GOALS_PLANNED,
        lambda of, at: of.goals_planned[at],
        lambda of, _: of.goals_planned_weight,
        is_plan=True,
    ),
}
AMOUNTS: Mapping[str, tuple[Said, Unit, Callable[[Sums], Decimal]]] = {
    "budget": (BUDGET, Unit.MONEY, lambda of: of.budget),
    "paid": (PAID, Unit.MONEY, lambda of: of.paid),
    "projects": (Said("项目数"), Unit.NUMBER, lambda of: Decimal(of.projects)),
    "goals-of": (Said("有目标读数的项目数"), Unit.NUMBER, lambda of: Decimal(of.goals_of)),
}
TOGETHER = (*WEIGHED, *AMOUNTS, "gap")


def answered_together(counted: Sequence[Counted], name: FigureName) -> Figure | None:
    """The figure of that name of all of them; None where they have none such."""
    if not counted:
        return None
    whole = reduce(add, (each.sums for each in counted))
    if name.what in AMOUNTS:
        return _amount(counted, name)
    if name.what == "gap":
        return _gap(whole, counted, name)
    return _share(whole, counted, name) if name.what in WEIGHED else None


def _amount(counted: Sequence[Counted], name: FigureName) -> Figure:
    title, unit, amount = AMOUNTS[name.what]
    parts = tuple(
        Part(name=each.name, value=amount(each.sums), unit=unit, figure=name, key=each.key)
        for each in counted
    )
    return Figure(
        name=name,
        title=title,
        value=sum((amount(each.sums) for each in counted), start=Decimal(0)),
        unit=unit,
        way=Way.SUM,
        formula=ADDED,
        parts=parts,
    )


def _share(whole: Sums, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    weighing = WEIGHED[name.what]
    last = MONTHS if weighing.is_plan else whole.month
    month = name.month or (whole.ended if weighing.is_plan else whole.month)
    if not 0 < month <= last:
        return None
    weight = weighing.weight(whole, month - 1)
    return Figure(
        name=name,
        title=weighing.title,
        value=weighing.weighed(whole, month - 1) / weight if weight else None,
        unit=Unit.SHARE,
        way=Way.MEAN,
        formula=BY_BUDGET,
        parts=tuple(_weighed(weighing, counted, FigureName(name.what, month))),
    )


def _weighed(weighing: Weighing, counted: Sequence[Counted], name: FigureName) -> Iterator[Part]:
    """Those that have the number; one without it stands on neither side."""
    at = (name.month or 0) - 1
    for each in counted:
        weight = weighing.weight(each.sums, at)
        if weight:
            yield Part(
                name=each.name,
                value=weighing.weighed(each.sums, at) / weight,
                unit=Unit.SHARE,
                weight=weight,
                figure=name,
                key=each.key,
            )


def _gap(whole: Sums, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    month = name.month or whole.month
    goals = _share(whole, counted, FigureName("goals", month))
    money = _share(whole, counted, FigureName("money", month))
    if goals is None or money is None:
        return None
    return Figure(
        name=name,
        title=GAP,
        value=whole.together.curves.gap_at(month),
        unit=Unit.GAP,
        way=Way.DIFFERENCE,
        formula=Said("目标完成程度 − 资金执行率"),
        parts=(goals.as_part, money.as_part),
    )
