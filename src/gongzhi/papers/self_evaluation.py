"""项目支出绩效自评表: what a unit states of a project's year as a paper, and back.

The rows are those of the usual form since 2020 (DOMAIN.md § 6: published forms). Rates and the
total are computed when it is written, and not read back.
"""

from dataclasses import replace

from gongzhi.core.official import Sources
from gongzhi.core.official.money import LABELS
from gongzhi.core.self_evaluating import (
    EvaluatedIndicator,
    SelfEvaluation,
    self_evaluation_of_form,
)
from gongzhi.core.terms import FormType, Problem
from gongzhi.papers.boxes import NOTHING, Box, Column, Filled, Label, Layout, Line
from gongzhi.papers.figures import WAN, money_text, points_text
from gongzhi.papers.finding_boxes import FoundPaper, without_sum
from gongzhi.papers.money_boxes import money_boxes, money_line
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

TOTAL = "总分"
OF_TOTAL = frozenset({"level1", "weight", "score"})

COLUMNS = (
    Column(name="level1", label="一级指标", width=1.7),
    Column(name="level2", label="二级指标", width=2.0),
    Column(name="name", label="三级指标", width=3.0),
    Column(name="target", label="年度指标值", width=2.5),
    Column(name="done", label="实际完成值", width=2.5),
    Column(name="weight", label="分值", width=1.2, figure=True),
    Column(name="score", label="得分", width=1.6, figure=True),
    Column(name="reason", label="偏差原因分析及改进措施", width=3.1),
)
MONEY = Label(text="项目资金\n（万元）", height=5)
MONEY_ROWS: tuple[Line, ...] = (
    (
        MONEY, Label(text="资金来源"),
        Label(text="年初预算数"), Label(text="全年预算数"), Label(text="全年执行数"),
        Label(text="分值"), Label(text="执行率"), Label(text="得分"),
    ),
    *(
        (
            Label(text=label), Box(name=f"{source}.initial", figure=True),
            Box(name=f"{source}.adjusted", figure=True),
            Box(name=f"{source}.paid", figure=True),
            Box(name="execution_weight", figure=True) if source == "total"
            else Label(text=NOTHING),
            Box(name=f"{source}.rate", figure=True),
            Box(name="execution_score", figure=True) if source == "total"
            else Label(text=NOTHING),
        )
        for source, label in LABELS.named.items()
    ),
)  # fmt: skip
GOAL_ROWS: tuple[Line, ...] = (
    (
        Label(text="年度总体\n目标", height=2), Label(text="预期目标", width=3),
        Label(text="实际完成情况", width=4),
    ),
    (Box(name="goal", width=3), Box(name="goal_done", width=4)),
)  # fmt: skip

LAYOUT = Layout(
    title="项目支出绩效自评表",
    top=(
        (
            Label(text="项目名称"), Box(name="project", width=3),
            Label(text="项目代码"), Box(name="code", width=3),
        ),
        (
            Label(text="主管部门"), Box(name="department", width=3),
            Label(text="实施单位"), Box(name="unit", width=3),
        ),
        (Label(text="预算年度"), Box(name="year", width=7)),
        *MONEY_ROWS,
        *GOAL_ROWS,
    ),
    columns=COLUMNS,
)  # fmt: skip


def filled(sheet: SelfEvaluation) -> Filled:
    """The sheet's texts, money in 万元 with every digit, rates and the total computed."""
    boxes = {
        "project": sheet.project,
        "code": sheet.code,
        "department": sheet.department,
        "unit": sheet.unit,
        "year": "" if sheet.year is None else str(sheet.year),
        "execution_weight": points_text(sheet.execution_weight),
        "execution_score": points_text(sheet.execution_score),
        "goal": sheet.goal,
        "goal_done": sheet.goal_done,
        **dict(money_boxes(sheet.money)),
    }
    return Filled(boxes=boxes, lines=evaluated_lines(sheet))


def taken(found: FoundPaper, problems: list[Problem]) -> SelfEvaluation:
    """The sheet that stands in the boxes; what can't be read is added to the problems."""
    project = Taking(found.boxes, problems=problems).text("project")
    return replace(taken_sheet(found, problems), project=project)


def taken_sheet(found: FoundPaper, problems: list[Problem]) -> SelfEvaluation:
    """All of the sheet but the project, which not every form of it has a box for."""
    take = Taking(found.boxes, problems=problems)
    return SelfEvaluation(
        code=take.text("code"),
        department=take.text("department"),
        unit=take.text("unit"),
        year=take.year("year"),
        money=Sources.of(lambda source: money_line(source, take)),
        execution_weight=take.points("execution_weight"),
        execution_score=take.points("execution_score"),
        goal=take.text("goal"),
        goal_done=take.text("goal_done"),
        indicators=taken_lines(found, problems),
    )


def evaluated_lines(sheet: SelfEvaluation) -> tuple[dict[str, str], ...]:
    """The lines of a sheet's indicators, and the one that sums them up."""
    return (*map(_line, sheet.indicators), _total(sheet))


def taken_lines(found: FoundPaper, problems: list[Problem]) -> tuple[EvaluatedIndicator, ...]:
    """The indicators that stand in the lines."""
    lines = without_sum(found.lines, called=TOTAL, of_sum=OF_TOTAL)
    return tuple(_indicator(Taking(line, problems=problems)) for line in lines)


def _line(line: EvaluatedIndicator) -> dict[str, str]:
    return {
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "target": line.target,
        "done": line.done,
        "weight": points_text(line.weight),
        "score": points_text(line.score),
        "reason": line.reason,
    }


def _total(sheet: SelfEvaluation) -> dict[str, str]:
    """The last line, which sums up."""
    weight, score = points_text(sheet.total_weight), points_text(sheet.total)
    nothing = dict.fromkeys((column.name for column in COLUMNS), "")
    return {**nothing, "level1": TOTAL, "weight": weight, "score": score}


def _indicator(take: Taking) -> EvaluatedIndicator:
    return EvaluatedIndicator(
        level1=take.text("level1"),
        level2=take.text("level2"),
        name=take.text("name"),
        target=take.text("target"),
        done=take.text("done"),
        weight=take.points("weight"),
        score=take.points("score"),
        reason=take.text("reason"),
    )


PAPER: Paper[SelfEvaluation] = Paper(
    layout=LAYOUT,
    filled=filled,
    taken=taken,
    of_forms={FormType.SELF_EVALUATION: self_evaluation_of_form},
    figure="全年执行数（万元）",
    summary=lambda sheet: Summary(
        code=sheet.code,
        project=sheet.project,
        unit=sheet.unit,
        figure=money_text(sheet.money.total.paid, WAN),
        indicators=len(sheet.indicators),
    ),
)
