"""Numbers of many projects as one, made again with a part for each project."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

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
from gongzhi.core.monitoring.curves import Curves, Shares
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.monitoring.together import Together, together
from gongzhi.core.terms import Money, Ratio, Said

BY_BUDGET = Said("各项目的数按预算加权：大项目占得多")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A project among many: what tells it apart, its name, its curves."""

    key: str
    name: str
    curves: Curves


def answered_together(counted: Sequence[Counted], name: FigureName) -> Figure | None:
    """The figure of that name of all of them; None where they have none such."""
    make = TOGETHER.get(name.what)
    whole = together(each.curves for each in counted)
    return make(whole, counted, name) if make and whole else None


def _budget(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure:
    return _added(
        name, title=BUDGET, value=whole.curves.budget, parts=_amounts(counted, name, _budget_of)
    )


def _paid(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure:
    paid = _amounts(counted, name, lambda each: each.paid)
    return _added(name, title=PAID, value=whole.curves.paid, parts=paid)


def _budget_of(each: Curves) -> Money | None:
    return each.budget if each.budget is not None and each.budget > 0 else None


def _amounts(
    counted: Sequence[Counted], name: FigureName, amount: Callable[[Curves], Money | None]
) -> Iterator[Part]:
    for each in counted:
        value = amount(each.curves)
        if value is not None:
            yield Part(name=each.name, value=value, unit=Unit.MONEY, figure=name, key=each.key)


def _added(
    name: FigureName, *, title: Said, value: Decimal | None, parts: Iterator[Part]
) -> Figure:
    return Figure(
        name=name,
        title=title,
        value=value,
        unit=Unit.MONEY,
        way=Way.SUM,
        formula=Said("各项目的数相加"),
        parts=tuple(parts),
    )


def _money(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    return _mean(
        name, MONEY, whole=whole.curves.money, parts=[(each, each.curves.money) for each in counted]
    )


def _goals(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    return _mean(
        name, GOALS, whole=whole.curves.goals, parts=[(each, each.curves.goals) for each in counted]
    )


def _money_planned(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    ended = FigureName(name.what, name.month or whole.curves.ended or None)
    parts = [(each, each.curves.money_planned) for each in counted if _is_planned(each, "money")]
    return _mean(ended, MONEY_PLANNED, whole=whole.curves.money_planned, parts=parts)


def _goals_planned(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    ended = FigureName(name.what, name.month or whole.curves.ended or None)
    parts = [(each, each.curves.goals_planned) for each in counted if _is_planned(each, "goals")]
    return _mean(ended, GOALS_PLANNED, whole=whole.curves.goals_planned, parts=parts)


def _is_planned(each: Counted, kind: str) -> bool:
    """Whether a project was planned for every month; others stand on neither side."""
    curves = each.curves
    shares = curves.money_planned if kind == "money" else curves.goals_planned
    return len(shares) == MONTHS and all(share is not None for share in shares)


def _mean(
    name: FigureName, title: Said, *, whole: Shares, parts: Sequence[tuple[Counted, Shares]]
) -> Figure | None:
    month = name.month or len(whole)
    if not 0 < month <= len(whole):
        return None
    return Figure(
        name=name,
        title=title,
        value=whole[month - 1],
        unit=Unit.SHARE,
        way=Way.MEAN,
        formula=BY_BUDGET,
        parts=tuple(_weighed(name, parts, month=month)),
    )


def _weighed(
    name: FigureName, parts: Sequence[tuple[Counted, Shares]], *, month: int
) -> Iterator[Part]:
    """The projects with a budget that have the number; one without it stands on neither side."""
    for each, shares in parts:
        budget, share = _budget_of(each.curves), shares[month - 1]
        if budget is not None and share is not None:
            yield Part(
                name=each.name,
                value=share,
                unit=Unit.SHARE,
                weight=budget,
                figure=FigureName(name.what, month),
                key=each.key,
            )


def _gap(whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure | None:
    money, goals = _money(whole, counted, name), _goals(whole, counted, name)
    if money is None or goals is None:
        return None
    month = name.month or whole.curves.month
    gap: Ratio | None = whole.curves.gap_at(month)
    sides = ((GOALS, "goals", goals), (MONEY, "money", money))
    return Figure(
        name=name,
        title=GAP,
        value=gap,
        unit=Unit.GAP,
        way=Way.DIFFERENCE,
        formula=Said("目标完成程度 − 资金执行率"),
        parts=tuple(
            Part(name=said, value=side.value, unit=Unit.SHARE, figure=FigureName(what, month))
            for said, what, side in sides
        ),
    )


def _projects(_whole: Together, counted: Sequence[Counted], name: FigureName) -> Figure:
    one = Decimal(1)
    return Figure(
        name=name,
        title=Said("项目数"),
        value=Decimal(len(counted)),
        unit=Unit.NUMBER,
        way=Way.SUM,
        formula=Said("每个项目算一个"),
        parts=tuple(
            Part(name=each.name, value=one, unit=Unit.NUMBER, key=each.key) for each in counted
        ),
    )


TOGETHER: Mapping[str, Callable[[Together, Sequence[Counted], FigureName], Figure | None]] = {
    "budget": _budget,
    "paid": _paid,
    "money": _money,
    "money-planned": _money_planned,
    "goals": _goals,
    "goals-planned": _goals_planned,
    "gap": _gap,
    "projects": _projects,
}
