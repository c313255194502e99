"""项目支出绩效运行监控表: what became of a project by the end of a month as a paper, and back."""

from collections.abc import Iterator
from dataclasses import replace

from gongzhi.core.official import (
    Cause,
    Likelihood,
    MoneyLine,
    MonitoredIndicator,
    MonitoringSheet,
    Sources,
    monitoring_of_form,
)
from gongzhi.core.official.money import LABELS
from gongzhi.core.terms import FormType, Problem
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.figures import WAN, money_text
from gongzhi.papers.finding_boxes import FoundPaper
from gongzhi.papers.money_boxes import money_boxes, money_line
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

LAYOUT = Layout(
    title="项目支出绩效运行监控表",
    landscape=True,
    top=(
        (
            Label(text="项目名称"), Box(name="project", width=4),
            Label(text="项目代码", width=2), Box(name="code", width=4),
        ),
        (
            Label(text="主管部门"), Box(name="department", width=4),
            Label(text="实施单位", width=2), Box(name="unit", width=4),
        ),
        (
            Label(text="预算年度"), Box(name="year", width=4),
            Label(text="监控截至（月）", width=2), Box(name="month", width=4),
        ),
        (
            Label(text="项目资金\n（万元）", height=5), Label(text="资金来源", width=2),
            Label(text="年初预算数"), Label(text="全年预算数"), Label(text="1—{month}月执行数"),
            Label(text="执行率"), Label(text="全年预计执行数", width=4),
        ),
        *(
            (
                Label(text=label, width=2), Box(name=f"{source}.initial", figure=True),
                Box(name=f"{source}.adjusted", figure=True),
                Box(name=f"{source}.paid", figure=True), Box(name=f"{source}.rate", figure=True),
                Box(name=f"{source}.forecast", width=4, figure=True),
            )
            for source, label in LABELS.named.items()
        ),
        (Label(text="年度总体目标"), Box(name="goal", width=10)),
    ),
    columns=(
        Column(name="level1", label="一级指标", width=1.9),
        Column(name="level2", label="二级指标", width=2.1),
        Column(name="name", label="三级指标", width=3.3),
        Column(name="target", label="年度指标值", width=2.5),
        Column(name="done", label="1—{month}月完成情况", width=2.5),
        Column(name="forecast", label="全年预计完成情况", width=2.5),
        Column(name="causes", label="偏差原因类别", width=2.1, choices=tuple(map(str, Cause))),
        Column(name="reason", label="偏差原因说明", width=3.0),
        Column(
            name="likelihood", label="完成目标可能性", width=2.0,
            choices=tuple(map(str, Likelihood)),
        ),
        Column(name="remedy", label="整改措施", width=3.0),
        Column(name="note", label="备注", width=1.8),
    ),
)  # fmt: skip


def filled(sheet: MonitoringSheet) -> Filled:
    """The sheet's texts, money in 万元 with every digit, rates computed."""
    month = "" if sheet.month is None else str(sheet.month)
    boxes = {
        "project": sheet.project,
        "code": sheet.code,
        "department": sheet.department,
        "unit": sheet.unit,
        "year": "" if sheet.year is None else str(sheet.year),
        "month": month,
        "goal": sheet.goal,
        **dict(money_boxes(sheet.money)),
        **dict(_forecasts(sheet.money)),
    }
    return Filled(boxes=boxes, lines=tuple(map(_line, sheet.indicators)), month=month or "N")


def taken(found: FoundPaper, problems: list[Problem]) -> MonitoringSheet:
    """The sheet that stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    return MonitoringSheet(
        project=take.text("project"),
        code=take.text("code"),
        department=take.text("department"),
        unit=take.text("unit"),
        year=take.year("year"),
        month=take.month("month"),
        money=Sources.of(lambda source: _money_line(source, take)),
        goal=take.text("goal"),
        indicators=tuple(_indicator(Taking(line, problems=problems)) for line in found.lines),
    )


def _forecasts(money: Sources[MoneyLine]) -> Iterator[tuple[str, str]]:
    for source, line in money.named.items():
        yield f"{source}.forecast", money_text(line.forecast, WAN)


def _money_line(source: str, take: Taking) -> MoneyLine:
    return replace(money_line(source, take), forecast=take.money(f"{source}.forecast"))


def _line(line: MonitoredIndicator) -> dict[str, str]:
    return {
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "target": line.target,
        "done": line.done,
        "forecast": line.forecast,
        "causes": "、".join(line.causes),
        "reason": line.reason,
        "likelihood": line.likelihood or "",
        "remedy": line.remedy,
        "note": line.note,
    }


def _indicator(take: Taking) -> MonitoredIndicator:
    return MonitoredIndicator(
        level1=take.text("level1"),
        level2=take.text("level2"),
        name=take.text("name"),
        target=take.text("target"),
        done=take.text("done"),
        forecast=take.text("forecast"),
        causes=take.some_of("causes", Cause),
        reason=take.text("reason"),
        likelihood=take.one_of("likelihood", Likelihood),
        remedy=take.text("remedy"),
        note=take.text("note"),
    )


PAPER: Paper[MonitoringSheet] = Paper(
    layout=LAYOUT,
    filled=filled,
    taken=taken,
    of_forms={FormType.MONITORING: monitoring_of_form},
    figure="已执行（万元）",
    summary=lambda sheet: Summary(
        code=sheet.code,
        project=sheet.project,
        unit=sheet.unit,
        figure=money_text(sheet.money.total.paid, WAN),
        indicators=len(sheet.indicators),
    ),
)
