"""A number that goals promise: who proposed and approved it, and whether it is as it was sealed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.figure import Figure, FigureName, Part, Unit, Way, worked_out
from gongzhi.core.goals import Beneficiaries, DraftIndicator
from gongzhi.core.terms import Said
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import GoalVersion
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.packs import PACKS, load_packs
from gongzhi.web.figures import figure_address
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.figures.answer import (
    Answer,
    Source,
    measure_of,
    shown_parts,
    text_of,
    work_of,
)
from gongzhi.web.pages.figures.asked import Asked, asked_in, number_asked
from gongzhi.web.pages.figures.checking import promised
from gongzhi.web.pages.figures.hands import hands_of
from gongzhi.web.pages.figures.page import answer_page
from gongzhi.web.pages.figures.sources import goal_deeds, goal_source
from gongzhi.web.places import Place
from gongzhi.web.readable import readable_thing

ROUTE = "goal-figure"
WRITTEN = Said("绩效目标里这样写")


@require_safe
def goal_figure(request: MemberRequest, version: UUID, figure: str) -> HttpResponse:
    """The answer to a number of a version of goals."""
    row: GoalVersion = readable_thing(request, "goal_version", version)
    about(request, row)
    asked, make = asked_in(request.GET), PROMISES.get(figure)
    found = make(goal_from_record(row.record), asked, figure) if make else None
    if found is None:
        raise Http404
    return answer_page(request, _answer(request, row, found))


def _answer(request: MemberRequest, row: GoalVersion, found: Figure) -> Answer:
    deeds = goal_deeds(request.member, row)
    addresses = [_address(row, part) for part in found.parts]
    is_approved = row.stage == GoalVersion.Stage.APPROVED
    return Answer(
        title=found.title,
        about=Place(name=row.project.name, address=reverse("goal-version", args=[row.pk])),
        text=found.words or text_of(found.value, found.unit),
        measure=measure_of(found),
        on=row.approved_on or row.drafted_on,
        month=found.name.month,
        formula=found.formula,
        work=work_of(found),
        check=promised(row, deeds) if is_approved else None,
        parts=shown_parts(found.parts, addresses),
        sources=tuple(_sources(row)),
        hands=hands_of(request.member, deeds),
    )


def _sources(row: GoalVersion) -> Iterator[Source]:
    """The version as a paper, how far it got, the pack of rules that it was drafted under."""
    yield goal_source(row)
    yield Source(name=_("状态"), text=str(row.get_stage_display()))
    if row.pack in PACKS:
        title = load_packs()[row.pack].title.in_language(reader_language())
        yield Source(name=_("规则包"), text=title, address=f"{reverse('rules')}#{row.pack}")


def _address(row: GoalVersion, part: Part) -> str:
    if part.figure is None:
        return ""
    name = part.figure
    return figure_address(
        ROUTE, row.pk, name.what, month=name.month, indicator=name.indicator, row=part.key
    )


def _given(
    name: FigureName, *, title: Said, value: Decimal | None, unit: Unit, words: str = ""
) -> Figure:
    return Figure(
        name=name,
        title=title,
        value=value,
        unit=unit,
        way=Way.GIVEN,
        formula=WRITTEN,
        words=words,
    )


def _budget(plan: GoalPlan, _asked: Asked, what: str) -> Figure:
    return _given(FigureName(what), title=Said("预算"), value=plan.goal.budget, unit=Unit.MONEY)


def _line(plan: GoalPlan, asked: Asked) -> DraftIndicator | None:
    return next((each for each in plan.goal.indicators if each.key == asked.indicator), None)


def _target(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    line = _line(plan, asked)
    if line is None:
        return None
    title = Said("{name}：目标值", {"name": line.name})
    return _given(
        asked.name(what), title=title, value=None, unit=Unit.NUMBER, words=line.target_text
    )


def _weight(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    line = _line(plan, asked)
    if line is None:
        return None
    title = Said("{name}：分值", {"name": line.name})
    return _given(asked.name(what), title=title, value=line.weight, unit=Unit.NUMBER)


def _planned(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    """What is planned for a month alone."""
    if asked.month is None or not plan.money_by_month:
        return None
    title = Said("{month} 月用款计划", {"month": asked.month})
    value = plan.money_by_month[asked.month - 1]
    return _given(asked.name(what), title=title, value=value, unit=Unit.MONEY)


def _plan(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    if asked.month is None or not plan.money_by_month:
        return None
    return Figure(
        name=asked.name(what),
        title=Said("用款计划累计"),
        value=sum(plan.money_by_month[: asked.month], start=Decimal(0)),
        unit=Unit.MONEY,
        way=Way.SUM,
        formula=Said("绩效目标里各月的用款计划相加"),
        parts=tuple(_months(plan, asked.month)),
    )


def _months(plan: GoalPlan, last: int) -> Iterator[Part]:
    for month, amount in enumerate(plan.money_by_month[:last], start=1):
        yield Part(
            name=Said("{month} 月", {"month": month}),
            value=amount,
            unit=Unit.MONEY,
            figure=FigureName("planned", month),
        )


def _beneficiaries(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    place, groups = number_asked(asked.row), plan.goal.beneficiaries
    if place is None or place >= len(groups) or groups[place].count is None:
        return None
    return _group(groups[place], FigureName(what))


def _group(group: Beneficiaries, name: FigureName) -> Figure:
    title = Said("受益对象：{who}", {"who": group.who})
    given = _given(name, title=title, value=group.count, unit=Unit.NUMBER)
    return given.measured(group.measure)


def _activity(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    place, activities = number_asked(asked.row), plan.goal.activities
    if place is None or place >= len(activities) or activities[place].money is None:
        return None
    title = Said("活动：{name}", {"name": activities[place].name})
    money = activities[place].money
    return _given(FigureName(what), title=title, value=money, unit=Unit.MONEY)


def _counted(plan: GoalPlan, asked: Asked) -> tuple[int, Beneficiaries] | None:
    """One of the groups that a cost is told of, and its place among all."""
    place = number_asked(asked.row)
    groups = [each for each in enumerate(plan.goal.beneficiaries) if each[1].count]
    return groups[place] if place is not None and place < len(groups) else None


def _cost(plan: GoalPlan, asked: Asked, what: str) -> Figure | None:
    """The budget over a group that it is for."""
    counted = _counted(plan, asked)
    if counted is None or plan.goal.budget is None:
        return None
    place, group = counted
    number = _group(group, FigureName("beneficiaries"))
    parts = (
        _budget(plan, asked, "budget").as_part,
        replace(number.as_part, key=str(place)),
    )
    cost = Figure(
        name=FigureName(what),
        title=Said("每{measure}的钱", {"measure": group.measure}),
        value=None,
        unit=Unit.MONEY,
        way=Way.QUOTIENT,
        formula=Said("预算 ÷ 受益对象的数量"),
        parts=parts,
    )
    return cost.valued(worked_out(cost))


PROMISES: Mapping[str, Callable[[GoalPlan, Asked, str], Figure | None]] = {
    "budget": _budget,
    "target": _target,
    "weight": _weight,
    "planned": _planned,
    "plan": _plan,
    "beneficiaries": _beneficiaries,
    "activity": _activity,
    "cost": _cost,
}
