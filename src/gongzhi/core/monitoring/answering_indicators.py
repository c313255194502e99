"""INDICATOR_FIGURES: the numbers of one indicator, each made again with its parts."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from gongzhi.core.figure import Figure, FigureName, Part, Unit, Way
from gongzhi.core.monitoring.case import Case
from gongzhi.core.monitoring.figures import NOTHING, WHOLE
from gongzhi.core.monitoring.plan import Course
from gongzhi.core.monitoring.progress import Progress
from gongzhi.core.terms import Said

Answering = Callable[[Case, FigureName], Figure | None]
COURSES: Mapping[Course, Said] = {
    Course.SO_FAR: Said("最近一次读数；读数本身是累计数"),
    Course.ADDS_UP: Said("各月读数相加"),
    Course.PEAK: Said("各月读数中最大的"),
    Course.KEPT: Said("最近一次读数；要全年保持的水平"),
}


def _progress(case: Case, name: FigureName) -> Progress | None:
    """The indicator that a name means."""
    found = (each for each in case.curves.indicators if each.promised.key == name.indicator)
    return next(found, None)


def _value(case: Case, name: FigureName) -> Figure | None:
    each, month = _progress(case, name), case.month_meant(name.month)
    if each is None or month is None:
        return None
    return Figure(
        name=name,
        title=Said("{name}：目前的数", {"name": each.promised.name}),
        value=each.values[month - 1],
        unit=Unit.NUMBER,
        way=Way.RULED,
        formula=Said(
            "{course}。同一个月有几方读数而没有认定的，取对承诺最不利的一个",
            {"course": COURSES[each.promised.course]},
        ),
    )


def _reached(case: Case, name: FigureName) -> Figure | None:
    each, month = _progress(case, name), case.month_meant(name.month)
    value = _value(case, FigureName("value", name.month, name.indicator))
    if each is None or month is None or value is None:
        return None
    target = Part(
        name=Said("目标值"),
        value=each.promised.target,
        unit=Unit.NUMBER,
        figure=FigureName("target", None, name.indicator),
    )
    less = each.promised.less_is_better
    return Figure(
        name=name,
        title=Said("{name}：完成程度", {"name": each.promised.name}),
        value=each.reached[month - 1],
        unit=Unit.SHARE,
        way=_way_of_reaching(each, value.value),
        formula=Said("目标值 ÷ 目前的数，至多 100%（越少越好）") if less else _REACHED,
        parts=(target, value.as_part) if less else (value.as_part, target),
        at_most=WHOLE if less else None,
    )


_REACHED = Said("目前的数 ÷ 目标值；目标是文字的，按规则包对用词的折算")


def _way_of_reaching(each: Progress, value: Decimal | None) -> Way:
    """A division where both are above nothing; else what the rules say of such cases."""
    target = each.promised.target
    divides = target is not None and target > 0 and value is not None and value > 0
    return Way.QUOTIENT if divides else Way.RULED


def _counts(case: Case, name: FigureName) -> Figure | None:
    each, month = _progress(case, name), case.month_meant(name.month)
    reached = _reached(case, FigureName("reached", name.month, name.indicator))
    if each is None or month is None or reached is None:
        return None
    share = None if reached.value is None else min(reached.value, WHOLE)
    parts = [reached.valued(share).as_part]
    formula = Said("完成程度，至多按 100% 计")
    if not each.promised.gathers:
        formula = Said("完成程度（至多 100%）× 到上月底应完成的程度：要全年保持的，按月计")
        ended = min(month, case.curves.ended)
        parts.append(_due_part(each, ended))
    return Figure(
        name=name,
        title=Said("{name}：计入的完成程度", {"name": each.promised.name}),
        value=each.progress[month - 1],
        unit=Unit.SHARE,
        way=Way.PRODUCT,
        formula=formula,
        parts=tuple(parts),
    )


def _due_part(each: Progress, month: int) -> Part:
    named = FigureName("due", month, each.promised.key) if month else None
    return Part(
        name=Said("到 {month} 月底应完成", {"month": month}),
        value=each.planned[month - 1] if month else NOTHING,
        unit=Unit.SHARE,
        figure=named,
    )


def _due(case: Case, name: FigureName) -> Figure | None:
    each, month = _progress(case, name), case.month_planned(name.month)
    if each is None or month is None:
        return None
    planned = each.promised.by_month
    return Figure(
        name=name,
        title=Said("{name}：到 {month} 月底应完成", {"name": each.promised.name, "month": month}),
        value=each.planned[month - 1],
        unit=Unit.SHARE,
        way=Way.GIVEN if planned else Way.RULED,
        formula=Said("绩效目标里写的按月计划")
        if planned
        else Said("没有按月计划：在项目当年的起止月份之间平均"),
    )


def _target(case: Case, name: FigureName) -> Figure | None:
    each = _progress(case, name)
    if each is None:
        return None
    return Figure(
        name=name,
        title=Said("{name}：目标值", {"name": each.promised.name}),
        value=each.promised.target,
        unit=Unit.NUMBER,
        way=Way.GIVEN,
        formula=Said("批复的绩效目标"),
    )


INDICATOR_FIGURES: Mapping[str, Answering] = {
    "value": _value,
    "reached": _reached,
    "counts": _counts,
    "due": _due,
    "target": _target,
}
