"""A version of goals as its page shows it: its lines, its way, its steps with their seals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.goals import DraftGoal, DraftIndicator, Ground, Measured, difference
from gongzhi.core.goals.differing import Change as FieldChange
from gongzhi.core.goals.review import TRANSITIONS, GoalStage
from gongzhi.core.monitoring.answering_indicators import COURSES
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Money, Ratio, Said, SaidValues
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import GoalStep, GoalVersion
from gongzhi.forum.models import AdoptedChange
from gongzhi.papers.figures import money_text
from gongzhi.parties.models import Deed
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.differences import compared
from gongzhi.web.figures import figure_address
from gongzhi.web.frame import money_unit, reader_language
from gongzhi.web.pages.goals.editing import percent_of
from gongzhi.web.seals import unit_and_department
from gongzhi.web.shown import Cell, Change, Column, Stage, Table
from gongzhi.words import say

# Which deeds, on the version or on its unit, took a step.
DEEDS_OF: Mapping[str, tuple[str, ...]] = {
    "draft_goals": ("draft_goals", "draft_budget"),
    "submit_goals": ("submit_goals", "submit_budget"),
    "forward_goals": ("forward_goals", "forward_budget"),
    "return_goals": ("return_goals", "return_budget", "hand_back_budget"),
    "approve_goals": ("approve_goals", "approve_budget"),
}
GROUNDS: Mapping[Ground, Said] = {
    Ground.PLAN: Said("计划标准"),
    Ground.SECTOR: Said("行业标准"),
    Ground.HISTORY: Said("历史标准"),
    Ground.NORM: Said("预算支出标准"),
}
MEASURES: Mapping[Measured, Said] = {
    Measured.DIRECTLY: Said("直接证明"),
    Measured.STATISTICS: Said("情况统计"),
    Measured.ACCOUNT: Said("情况说明"),
    Measured.SURVEY: Said("问卷调查"),
    Measured.TREND: Said("趋势判断"),
}
# What is chosen of a few things: the field keeps its code.
CHOSEN: Mapping[str, Mapping[str, Said]] = {
    "course": {course.value: said for course, said in COURSES.items()},
    "ground": {ground.value: said for ground, said in GROUNDS.items()},
    "measured": {measured.value: said for measured, said in MEASURES.items()},
}
NATURES: Mapping[str, Said] = {
    "新增项目": Said("新增项目"),
    "延续项目": Said("延续项目"),
}
FIELD_NAMES: Mapping[str, Said] = {
    "project": Said("项目名称"),
    "year": Said("年度"),
    "functional": Said("功能分类"),
    "text": Said("总体目标"),
    "budget": Said("预算"),
    "people": Said("人员"),
    "funds": Said("资金来源（财政拨款 · 上年结转 · 其他）"),
    "nature": Said("项目属性"),
    "medium_text": Said("中期目标"),
    "medium_funds": Said("中期资金（总额 · 财政拨款 · 上年结转 · 其他）"),
    "medium": Said("中期指标值"),
    "course": Said("一年怎样累计"),
    "starts_on": Said("开始日期"),
    "ends_on": Said("结束日期"),
    "beneficiaries": Said("受益对象"),
    "activities": Said("活动"),
    "name": Said("指标名称"),
    "level1": Said("一级指标"),
    "level2": Said("二级指标"),
    "target": Said("目标值"),
    "measure": Said("计量单位"),
    "weight": Said("分值"),
    "standard": Said("达成的标准"),
    "baseline": Said("基期值"),
    "source": Said("数据来源"),
    "evidence": Said("佐证材料"),
    "asked": Said("满意度怎么问"),
    "ground": Said("目标值依据"),
    "measured": Said("怎样得出"),
    "is_core": Said("核心指标"),
    "less_is_better": Said("越少越好"),
    "leads_to": Said("通向"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """An indicator with the words of its choices."""

    number: int
    draft: DraftIndicator
    ground: Said | None
    measured: Said | None
    changed: Sequence[AdoptedChange] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step that was taken, its name and its seal."""

    step: GoalStep
    name: Said
    seal: Seal | None


def plan_of(version: GoalVersion) -> GoalPlan:
    """What a version promises and by when."""
    return goal_from_record(version.record)


def funds_of(goal: DraftGoal) -> list[tuple[Said, Money]]:
    """The sources of the budget and the money of the medium term, as far as they are known."""
    named = (
        (Said("其中：财政拨款"), goal.funds.fiscal),
        (Said("上年结转资金"), goal.funds.carried),
        (Said("其他资金"), goal.funds.other),
        (Said("中期资金总额"), goal.medium.budget),
        (Said("中期：财政拨款"), goal.medium.funds.fiscal),
        (Said("中期：上年结转资金"), goal.medium.funds.carried),
        (Said("中期：其他资金"), goal.medium.funds.other),
    )
    return [(name, amount) for name, amount in named if amount is not None]


def shown_lines(
    plan: GoalPlan, *, changed: Mapping[str, Sequence[AdoptedChange]] | None = None
) -> list[ShownLine]:
    """The indicators in their order, each with the voices that changed it."""
    by_key = changed or {}
    return [
        ShownLine(
            number=number,
            draft=line,
            ground=GROUNDS[line.ground] if line.ground else None,
            measured=MEASURES[line.measured] if line.measured else None,
            changed=by_key.get(line.key, ()),
        )
        for number, line in enumerate(plan.goal.indicators, start=1)
    ]


def stations(version: GoalVersion, *, steps: Sequence[GoalStep]) -> list[Stage]:
    """The way of a version: what it passed, where it stands, what comes."""
    stage = GoalStage(version.stage)
    way = [GoalStage.DRAFT]
    if version.project.unit.parent_id is not None:
        way.append(GoalStage.SUBMITTED)
    way.append(GoalStage.FORWARDED)
    if stage is GoalStage.ASKED or any(step.verb == "ask_about_goals" for step in steps):
        way.append(GoalStage.ASKED)
    if stage in (GoalStage.RETURNED, GoalStage.WITHDRAWN):
        way = [*_passed(way, steps), stage]
    else:
        way.append(GoalStage.APPROVED)
    at, names = way.index(stage), dict(GoalVersion.Stage.choices)
    states = ["done" if n < at else "here" if n == at else "next" for n in range(len(way))]
    return [
        Stage(name=str(names[each]), state=state, said=_since(each, steps))
        for each, state in zip(way, states, strict=True)
    ]


def _passed(way: Sequence[GoalStage], steps: Sequence[GoalStep]) -> list[GoalStage]:
    return [each for each in way if each is GoalStage.DRAFT or _since(each, steps)]


def _since(stage: GoalStage, steps: Sequence[GoalStep]) -> str:
    """When it came to a stage."""
    verbs = {each.verb for each in TRANSITIONS if each.to is stage}
    if stage is GoalStage.DRAFT:
        verbs = {"draft_goals", "adjust_goals"}
    if stage is GoalStage.FORWARDED and any(step.verb == "forward_goals" for step in steps):
        verbs = {"forward_goals"}
    found = [step.done_on.isoformat() for step in steps if step.verb in verbs]
    return found[-1] if found else ""


def shown_steps(
    member: Member, version: GoalVersion, *, steps: Sequence[GoalStep]
) -> Iterator[ShownStep]:
    """The steps with the seals of the deeds that took them."""
    leaves = _leaves(member, version)
    seals = seals_of(set(leaves.values()))
    names = charter_in_force().verb_names
    for step in steps:
        done_by = DEEDS_OF.get(step.verb, (step.verb,))
        leaf = next((leaves[verb] for verb in done_by if verb in leaves), None)
        yield ShownStep(
            step=step,
            name=names.get(step.verb, Said(step.verb)),
            seal=seals.get(leaf) if leaf is not None else None,
        )


def _leaves(member: Member, version: GoalVersion) -> dict[str, UUID]:
    """The leaves of the deeds about a version by verb, the deeds on many versions too."""
    own, which = version.thing().name, str(version.pk)
    on = [f"project:{version.project_id}", *unit_and_department(version.project.unit)]
    if version.replaces_id:
        on.append(f"goal_version:{version.replaces_id}")
    made = Q(on__in=on) & (Q(public__version=which) | Q(public__versions__contains=[which]))
    deeds = Deed.objects.visible_to(member).filter(Q(on=own) | made).order_by("id")
    return dict(deeds.values_list("verb", "leaf"))


def months_table(plan: GoalPlan, *, version: UUID) -> Table | None:
    """The money planned by month, single and so far."""
    if not plan.money_by_month:
        return None
    so_far = accumulate(plan.money_by_month)

    def answer(what: str, month: int) -> str:
        return figure_address("goal-figure", version, what, month=month)

    rows = tuple(
        (
            Cell(text=str(month)),
            Cell(text=money_text(amount, None), numeric=True, address=answer("planned", month)),
            Cell(text=money_text(total, None), numeric=True, address=answer("plan", month)),
        )
        for month, (amount, total) in enumerate(
            zip(plan.money_by_month, so_far, strict=True), start=1
        )
    )
    return Table(
        caption=_("用款计划（%(unit)s）") % {"unit": money_unit()},
        columns=(
            Column(name=_("月")),
            Column(name=_("本月"), numeric=True),
            Column(name=_("累计"), numeric=True),
        ),
        rows=rows,
    )


def shares_table(plan: GoalPlan) -> Table | None:
    """How much of each target is planned by each month's end; none where nobody planned."""
    rows = tuple(
        (Cell(text=line.name), *(Cell(text=percent_of(share), numeric=True) for share in shares))
        for line in plan.goal.indicators
        if (shares := plan.by_month.get(line.key))
    )
    if not rows:
        return None
    months = (Column(name=str(month), numeric=True) for month in range(1, MONTHS + 1))
    return Table(
        caption=_("指标的分月计划：到月底累计完成目标的 %"),
        columns=(Column(name=_("指标")), *months),
        rows=rows,
    )


def changes_between(before: GoalPlan, after: GoalPlan) -> tuple[Said, tuple[Change, ...]]:
    """What one version changed in another: in one sentence, and place by place."""
    found = difference(before.goal, after.goal)
    rows = [_changed(each, where=_named(each.field)) for each in found.changes]
    for line in found.indicators:
        if not line.changes:
            kept = after if line.after is not None else before
            place = line.after if line.after is not None else line.before
            text = kept.goal.indicators[place or 0].target_text
            old, new = ("", text) if line.after is not None else (text, "")
            rows.append(compared(line.name, old=old, new=new))
        rows += [
            _changed(each, where=f"{line.name}：{_named(each.field)}") for each in line.changes
        ]
    rows += _shares_changed(before, after)
    rows += _months_changed(before, after)
    return found.said, tuple(rows)


def _changed(each: FieldChange, *, where: str) -> Change:
    """What changed in a field; where one of a few things is chosen, what they are called."""
    words = CHOSEN.get(each.field, {})
    old, new = (
        say(words[text], reader_language()) if text in words else text
        for text in (each.before, each.after)
    )
    return compared(where, old=old, new=new)


def _shares_changed(before: GoalPlan, after: GoalPlan) -> Iterator[Change]:
    """The plans by month of the indicators that are in both, whole, where they differ."""
    earlier = {line.key for line in before.goal.indicators}
    for line in after.goal.indicators:
        old, new = (plan.by_month.get(line.key, ()) for plan in (before, after))
        if line.key in earlier and old != new:
            where = say(Said("{name}：分月计划（%）", {"name": line.name}), reader_language())
            yield compared(where, old=_shares_text(old), new=_shares_text(new))


def _shares_text(shares: Sequence[Ratio]) -> str:
    return " · ".join(percent_of(share) for share in shares)


def _months_changed(before: GoalPlan, after: GoalPlan) -> Iterator[Change]:
    none = (Decimal(0),) * len(after.money_by_month or before.money_by_month)
    old, new = before.money_by_month or none, after.money_by_month or none
    for month, (one, other) in enumerate(zip(old, new, strict=True), start=1):
        if one != other:
            values: SaidValues = {"month": month}
            where = say(Said("{month} 月用款计划", values), reader_language())
            yield compared(where, old=money_text(one, None), new=money_text(other, None))


def _named(field: str) -> str:
    return say(FIELD_NAMES.get(field, Said(field)), reader_language())
