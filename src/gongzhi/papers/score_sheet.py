"""评价指标评分表: an evaluation's score sheet as a paper, empty or filled in, and back.

Lines are those of the frame. What facts gave is printed beside the points; the total is computed
when it is written, and neither it nor what was computed is taken from what comes back.
"""

from collections.abc import Mapping

from gongzhi.core.official import ScoreLine, ScorePaper
from gongzhi.core.terms import Problem
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.figures import points_text
from gongzhi.papers.finding_boxes import FoundPaper, without_sum
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

TOTAL = "总分"
OF_TOTAL = frozenset({"level1", "weight", "points"})

LAYOUT = Layout(
    title="评价指标评分表",
    landscape=True,
    top=(
        (
            Label(text="被评价项目"), Box(name="project", width=3),
            Label(text="项目代码"), Box(name="code", width=4),
        ),
        (
            Label(text="被评价单位"), Box(name="evaluated", width=3),
            Label(text="评价年度"), Box(name="year", width=4),
        ),
        (
            Label(text="评价方"), Box(name="evaluator", width=3),
            Label(text="评价类别"), Box(name="kind", width=4),
        ),
        (
            Label(text="评价指标体系"), Box(name="frame", width=3),
            Label(text="等级"), Box(name="grade", width=4),
        ),
    ),
    columns=(
        Column(name="level1", label="一级指标", width=1.8),
        Column(name="level2", label="二级指标", width=2.0),
        Column(name="name", label="三级指标", width=2.6),
        Column(name="criterion", label="评分标准", width=6.2),
        Column(name="evidence", label="佐证要求", width=4.2),
        Column(name="weight", label="分值", width=1.3, figure=True),
        Column(name="computed", label="计算值", width=1.5, figure=True),
        Column(name="points", label="得分", width=1.5, figure=True),
        Column(name="reason", label="评分理由", width=5.0),
    ),
)  # fmt: skip


def filled(paper: ScorePaper) -> Filled:
    """The paper's texts, the total computed."""
    boxes = {
        "project": paper.project,
        "code": paper.code,
        "evaluated": paper.evaluated,
        "year": "" if paper.year is None else str(paper.year),
        "evaluator": paper.evaluator,
        "kind": paper.kind,
        "frame": paper.frame,
        "grade": paper.grade,
    }
    return Filled(boxes=boxes, lines=(*map(_line, paper.lines), _total(paper)))


def taken(found: FoundPaper, problems: list[Problem]) -> ScorePaper:
    """What stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    lines = without_sum(found.lines, called=TOTAL, of_sum=OF_TOTAL)
    return ScorePaper(
        project=take.text("project"),
        code=take.text("code"),
        evaluated=take.text("evaluated"),
        evaluator=take.text("evaluator"),
        kind=take.text("kind"),
        year=take.year("year"),
        frame=take.text("frame"),
        grade=take.text("grade"),
        lines=tuple(_taken_line(Taking(line, problems=problems)) for line in lines),
    )


def _line(line: ScoreLine) -> dict[str, str]:
    return {
        "level1": line.level1,
        "level2": line.level2,
        "name": line.name,
        "criterion": line.criterion,
        "evidence": line.evidence,
        "weight": points_text(line.weight),
        "computed": points_text(line.computed),
        "points": points_text(line.points),
        "reason": line.reason,
    }


def _total(paper: ScorePaper) -> Mapping[str, str]:
    nothing = dict.fromkeys((column.name for column in LAYOUT.columns), "")
    weight, points = points_text(paper.full), points_text(paper.total)
    return {**nothing, "level1": TOTAL, "weight": weight, "points": points}


def _taken_line(take: Taking) -> ScoreLine:
    return ScoreLine(
        level1=take.text("level1"),
        level2=take.text("level2"),
        name=take.text("name"),
        criterion=take.text("criterion"),
        evidence=take.text("evidence"),
        weight=take.points("weight"),
        computed=take.points("computed"),
        points=take.points("points"),
        reason=take.text("reason"),
    )


PAPER: Paper[ScorePaper] = Paper(
    layout=LAYOUT,
    filled=filled,
    taken=taken,
    figure=TOTAL,
    summary=lambda paper: Summary(
        code=paper.code,
        project=paper.project or paper.evaluated,
        unit=paper.evaluated,
        figure=points_text(paper.total),
        indicators=len(paper.lines),
    ),
)
