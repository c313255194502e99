"""整改情况报告: what a unit does to put something right, and what became of it, and back.

The same paper is the plan, while the last two columns are empty, and the report.
"""

from gongzhi.core.official import RectificationReport, ReportedMeasure
from gongzhi.core.terms import Problem
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.finding_boxes import FoundPaper
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

LAYOUT = Layout(
    title="整改情况报告",
    landscape=True,
    top=(
        (
            Label(text="单位"), Box(name="unit", width=2),
            Label(text="年度"), Box(name="year"),
        ),
        (
            Label(text="项目"), Box(name="project", width=2),
            Label(text="项目代码"), Box(name="code"),
        ),
        (Label(text="问题来源"), Box(name="source", width=4)),
        (Label(text="发现的问题"), Box(name="found", width=4)),
        (Label(text="整改要求"), Box(name="demand", width=4)),
        (
            Label(text="提出方案期限"), Box(name="plan_until", width=2),
            Label(text="报告结果期限"), Box(name="report_until"),
        ),
        (Label(text="整改总体情况"), Box(name="overall", width=4)),
    ),
    columns=(
        Column(name="what", label="整改措施", width=7.0),
        Column(name="responsible", label="责任部门或责任人", width=3.6),
        Column(name="until", label="完成日期", width=2.8),
        Column(name="done", label="完成情况", width=6.2),
        Column(name="evidence", label="证明材料", width=5.0),
    ),
)  # fmt: skip
BOXES = (
    "unit", "project", "code", "source", "found", "demand", "plan_until", "report_until", "overall",
)  # fmt: skip
COLUMNS = tuple(column.name for column in LAYOUT.columns)


def filled(report: RectificationReport) -> Filled:
    """The report's texts."""
    boxes = {name: str(getattr(report, name)) for name in BOXES}
    boxes["year"] = "" if report.year is None else str(report.year)
    lines = ({name: str(getattr(line, name)) for name in COLUMNS} for line in report.lines)
    return Filled(boxes=boxes, lines=tuple(lines))


def taken(found: FoundPaper, problems: list[Problem]) -> RectificationReport:
    """What stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    return RectificationReport(
        unit=take.text("unit"),
        project=take.text("project"),
        code=take.text("code"),
        year=take.year("year"),
        source=take.text("source"),
        found=take.text("found"),
        demand=take.text("demand"),
        plan_until=take.text("plan_until"),
        report_until=take.text("report_until"),
        overall=take.text("overall"),
        lines=tuple(_measure(Taking(line, problems=problems)) for line in found.lines),
    )


def _measure(take: Taking) -> ReportedMeasure:
    return ReportedMeasure(
        what=take.text("what"),
        responsible=take.text("responsible"),
        until=take.text("until"),
        done=take.text("done"),
        evidence=take.text("evidence"),
    )


PAPER: Paper[RectificationReport] = Paper(
    layout=LAYOUT,
    filled=filled,
    taken=taken,
    figure="报告结果期限",
    summary=lambda report: Summary(
        code=report.code,
        project=report.project or report.unit,
        unit=report.unit,
        figure=report.report_until,
        indicators=len(report.lines),
    ),
)
