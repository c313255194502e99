"""部门整体支出绩效目标申报表 and 绩效自评表: what a unit states of all its spending, and back.

Rows are those seen on published forms (duties, goal, indicators; the money and results of the usual
self-evaluation), with the year's main tasks between them. No official text was compared. Both state
the same value: the declaration only what is promised.
"""

from collections.abc import Iterator
from dataclasses import replace

from gongzhi.core.official import MoneyLine, Sources
from gongzhi.core.official.declaration import LABELS
from gongzhi.core.self_evaluating import (
    NO_TASK,
    TASKS_MAX,
    EvaluatedIndicator,
    MainTask,
    SelfEvaluation,
    WholeStatement,
    whole_of_form,
)
from gongzhi.core.terms import FormType, Problem
from gongzhi.papers import self_evaluation
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.figures import WAN, money_text, points_text
from gongzhi.papers.finding_boxes import FoundPaper
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

NAME, CODE, ABOVE = "部门（单位）名称", "部门（单位）代码", "主管部门"
TASK_ROWS = range(1, TASKS_MAX + 1)
TASKS = Label(text="年度主要\n任务", height=TASKS_MAX + 1)
MONEY = replace(self_evaluation.MONEY, text="部门资金\n（万元）")

GOAL_LAYOUT = Layout(
    title="部门整体支出绩效目标申报表",
    top=(
        (Label(text=NAME), Box(name="unit", width=2), Label(text=CODE), Box(name="code")),
        (
            Label(text=ABOVE), Box(name="department", width=2),
            Label(text="预算年度"), Box(name="year"),
        ),
        (Label(text="部门（单位）\n职能职责"), Box(name="duties", width=4)),
        (
            Label(text="部门资金\n（万元）", height=5), Label(text="资金来源", width=2),
            Label(text="年度预算", width=2),
        ),
        *(
            (Label(text=label, width=2), Box(name=f"{source}.initial", width=2, figure=True))
            for source, label in replace(LABELS, total="资金总额").named.items()
        ),
        (
            TASKS, Label(text="任务名称", width=2), Label(text="主要内容"),
            Label(text="预算（万元）"),
        ),
        *(
            (
                Box(name=f"task{number}.name", width=2), Box(name=f"task{number}.content"),
                Box(name=f"task{number}.budget", figure=True),
            )
            for number in TASK_ROWS
        ),
        (Label(text="年度总体\n目标"), Box(name="goal", width=4)),
    ),
    columns=(
        Column(name="level1", label="一级指标", width=2.6),
        Column(name="level2", label="二级指标", width=2.6),
        Column(name="name", label="三级指标", width=4.8),
        Column(name="target", label="年度指标值", width=4.8),
        Column(name="weight", label="分值", width=2.8, figure=True),
    ),
)  # fmt: skip
EVALUATION_LAYOUT = Layout(
    title="部门整体支出绩效自评表",
    top=(
        (
            Label(text=NAME), Box(name="unit", width=3),
            Label(text=CODE), Box(name="code", width=3),
        ),
        (
            Label(text=ABOVE), Box(name="department", width=3),
            Label(text="预算年度"), Box(name="year", width=3),
        ),
        (Label(text="职能职责"), Box(name="duties", width=7)),
        (MONEY, *self_evaluation.MONEY_ROWS[0][1:]),
        *self_evaluation.MONEY_ROWS[1:],
        (
            TASKS, Label(text="任务名称"), Label(text="主要内容", width=2),
            Label(text="预算\n（万元）"), Label(text="执行（万元）", width=2),
            Label(text="完成情况"),
        ),
        *(
            (
                Box(name=f"task{number}.name"), Box(name=f"task{number}.content", width=2),
                Box(name=f"task{number}.budget", figure=True),
                Box(name=f"task{number}.paid", width=2, figure=True),
                Box(name=f"task{number}.done"),
            )
            for number in TASK_ROWS
        ),
        *self_evaluation.GOAL_ROWS,
    ),
    columns=tuple(
        replace(column, width=width)
        for column, width in zip(
            self_evaluation.COLUMNS, (1.8, 2.3, 2.7, 2.4, 2.4, 1.3, 1.5, 3.2), strict=True
        )
    ),
)  # fmt: skip


def filled_goals(whole: WholeStatement) -> Filled:
    """What is promised, in texts; money in 万元 with every digit."""
    told = whole.promised()
    return Filled(boxes=_boxes(told), lines=tuple(map(_promised_line, told.sheet.indicators)))


def filled_evaluation(whole: WholeStatement) -> Filled:
    """The whole statement in texts, rates and the total computed."""
    sheet = self_evaluation.filled(whole.sheet)
    return Filled(boxes={**sheet.boxes, **_boxes(whole)}, lines=sheet.lines)


def taken_goals(found: FoundPaper, problems: list[Problem]) -> WholeStatement:
    """What is promised in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    sheet = SelfEvaluation(
        code=take.text("code"),
        department=take.text("department"),
        unit=take.text("unit"),
        year=take.year("year"),
        money=Sources.of(lambda source: MoneyLine(initial=take.money(f"{source}.initial"))),
        goal=take.text("goal"),
        indicators=tuple(_taken_line(Taking(line, problems=problems)) for line in found.lines),
    )
    return WholeStatement(duties=take.text("duties"), tasks=_tasks(take), sheet=sheet)


def taken_evaluation(found: FoundPaper, problems: list[Problem]) -> WholeStatement:
    """The statement that stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    sheet = self_evaluation.taken_sheet(found, problems)
    return WholeStatement(
        duties=take.text("duties"), tasks=_tasks(take, evaluates=True), sheet=sheet
    )


def _boxes(whole: WholeStatement) -> dict[str, str]:
    sheet = whole.sheet
    return {
        "unit": sheet.unit,
        "code": sheet.code,
        "department": sheet.department,
        "year": "" if sheet.year is None else str(sheet.year),
        "duties": whole.duties,
        "goal": sheet.goal,
        **{
            f"{source}.initial": money_text(line.initial, WAN)
            for source, line in sheet.money.named.items()
        },
        **dict(_task_boxes(whole)),
    }


def _task_boxes(whole: WholeStatement) -> Iterator[tuple[str, str]]:
    left = dict(zip(TASK_ROWS, whole.tasks, strict=False))
    for number in TASK_ROWS:
        task = left.get(number, NO_TASK)
        yield f"task{number}.name", task.name
        yield f"task{number}.content", task.content
        yield f"task{number}.budget", money_text(task.budget, WAN)
        yield f"task{number}.paid", money_text(task.paid, WAN)
        yield f"task{number}.done", task.done


def _tasks(take: Taking, *, evaluates: bool = False) -> tuple[MainTask, ...]:
    """The tasks of the rows that aren't empty."""
    found = (_task(take, f"task{number}", evaluates=evaluates) for number in TASK_ROWS)
    return tuple(task for task in found if task != NO_TASK)


def _task(take: Taking, row: str, *, evaluates: bool) -> MainTask:
    return MainTask(
        name=take.text(f"{row}.name"),
        content=take.text(f"{row}.content"),
        budget=take.money(f"{row}.budget"),
        paid=take.money(f"{row}.paid") if evaluates else None,
        done=take.text(f"{row}.done") if evaluates else "",
    )


def _promised_line(line: EvaluatedIndicator) -> dict[str, str]:
    return {
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "target": line.target,
        "weight": points_text(line.weight),
    }


def _taken_line(take: Taking) -> EvaluatedIndicator:
    return EvaluatedIndicator(
        level1=take.text("level1"),
        level2=take.text("level2"),
        name=take.text("name"),
        target=take.text("target"),
        weight=take.points("weight"),
    )


def _goal_summary(whole: WholeStatement) -> Summary:
    return _summary(whole, money_text(whole.sheet.money.total.initial, WAN))


def _evaluation_summary(whole: WholeStatement) -> Summary:
    return _summary(whole, money_text(whole.sheet.money.total.paid, WAN))


def _summary(whole: WholeStatement, figure: str) -> Summary:
    sheet = whole.sheet
    return Summary(
        code=sheet.code,
        project=sheet.unit,
        unit=sheet.unit,
        figure=figure,
        indicators=len(sheet.indicators),
    )


GOALS: Paper[WholeStatement] = Paper(
    layout=GOAL_LAYOUT,
    filled=filled_goals,
    taken=taken_goals,
    of_forms={FormType.GOAL_DEPARTMENT: whole_of_form},
    figure="年度预算（万元）",
    summary=_goal_summary,
)
EVALUATION: Paper[WholeStatement] = Paper(
    layout=EVALUATION_LAYOUT,
    filled=filled_evaluation,
    taken=taken_evaluation,
    of_forms={FormType.SELF_EVALUATION_DEPARTMENT: whole_of_form},
    figure="全年执行数（万元）",
    summary=_evaluation_summary,
)
