"""项目支出绩效目标申报表: the declaration of a project's goals as a paper, and back.

The rows are those of the form that provinces publish (DOMAIN.md § 6: published forms): heading,
money over the medium term and for the year by source, goals, indicators with both values.
"""

from collections.abc import Iterator
from dataclasses import replace

from gongzhi.core.official import DeclaredIndicator, GoalDeclaration, Sources, declaration_of_form
from gongzhi.core.official.declaration import LABELS
from gongzhi.core.terms import FormType, Money, Problem
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.figures import WAN, money_text, points_text
from gongzhi.papers.finding_boxes import FoundPaper
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

NATURES = ("新增项目", "延续项目")

LAYOUT = Layout(
    title="项目支出绩效目标申报表",
    top=(
        (
            Label(text="项目名称"), Box(name="project", width=2),
            Label(text="项目代码"), Box(name="code", width=2),
        ),
        (
            Label(text="主管部门"), Box(name="department", width=2),
            Label(text="实施单位"), Box(name="unit", width=2),
        ),
        (
            Label(text="项目属性"), Box(name="nature", width=2, choices=NATURES),
            Label(text="项目期"), Box(name="period", width=2),
        ),
        (
            Label(text="预算年度"), Box(name="year", width=2),
            Label(text="支出功能分类"), Box(name="functional", width=2),
        ),
        (
            Label(text="项目资金\n（万元）", height=5), Label(text="资金来源", width=2),
            Label(text="中期资金"), Label(text="年度资金", width=2),
        ),
        *(
            (
                Label(text=label, width=2), Box(name=f"medium.{source}", figure=True),
                Box(name=f"annual.{source}", width=2, figure=True),
            )
            for source, label in replace(LABELS, total="资金总额").named.items()
        ),
        (Label(text="中期目标"), Box(name="goal_medium", width=5)),
        (Label(text="年度目标"), Box(name="goal", width=5)),
    ),
    columns=(
        Column(name="level1", label="一级指标", width=2.4),
        Column(name="level2", label="二级指标", width=2.6),
        Column(name="name", label="三级指标", width=4.6),
        Column(name="medium", label="中期指标值", width=3.2),
        Column(name="annual", label="年度指标值", width=3.2),
        Column(name="weight", label="分值", width=1.6, figure=True),
    ),
)  # fmt: skip


def filled(declaration: GoalDeclaration) -> Filled:
    """The declaration's texts, money in 万元 with every digit."""
    boxes = {
        "project": declaration.project,
        "code": declaration.code,
        "department": declaration.department,
        "unit": declaration.unit,
        "nature": declaration.nature,
        "period": declaration.period,
        "year": "" if declaration.year is None else str(declaration.year),
        "functional": declaration.functional,
        "goal_medium": declaration.goal_medium,
        "goal": declaration.goal,
        **dict(_money("medium", declaration.medium)),
        **dict(_money("annual", declaration.annual)),
    }
    return Filled(boxes=boxes, lines=tuple(map(_line, declaration.indicators)))


def taken(found: FoundPaper, problems: list[Problem]) -> GoalDeclaration:
    """The declaration that stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    return GoalDeclaration(
        project=take.text("project"),
        code=take.text("code"),
        department=take.text("department"),
        unit=take.text("unit"),
        year=take.year("year"),
        functional=take.text("functional"),
        nature=take.text("nature"),
        period=take.text("period"),
        medium=_sources("medium", take),
        annual=_sources("annual", take),
        goal_medium=take.text("goal_medium"),
        goal=take.text("goal"),
        indicators=tuple(_indicator(Taking(line, problems=problems)) for line in found.lines),
    )


def _money(name: str, amounts: Sources[Money | None]) -> Iterator[tuple[str, str]]:
    for source, amount in amounts.named.items():
        yield f"{name}.{source}", money_text(amount, WAN)


def _sources(name: str, take: Taking) -> Sources[Money | None]:
    return Sources.of(lambda source: take.money(f"{name}.{source}"))


def _line(line: DeclaredIndicator) -> dict[str, str]:
    return {
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "medium": line.medium,
        "annual": line.annual,
        "weight": points_text(line.weight),
    }


def _indicator(take: Taking) -> DeclaredIndicator:
    return DeclaredIndicator(
        level1=take.text("level1"),
        level2=take.text("level2"),
        name=take.text("name"),
        medium=take.text("medium"),
        annual=take.text("annual"),
        weight=take.points("weight"),
    )


PAPER: Paper[GoalDeclaration] = Paper(
    layout=LAYOUT,
    filled=filled,
    taken=taken,
    of_forms={FormType.GOAL: declaration_of_form},
    figure="年度资金总额（万元）",
    summary=lambda declaration: Summary(
        code=declaration.code,
        project=declaration.project,
        unit=declaration.unit,
        figure=money_text(declaration.annual.total, WAN),
        indicators=len(declaration.indicators),
    ),
)
