"""绩效评价结果反馈函 and 整改通知书: what a unit is told of a result, as papers and back.

Both state the same letter: the first every line that lost points, the second what has to be put
right.
"""

from gongzhi.core.official import LetterLine, ResultLetter
from gongzhi.core.terms import Problem
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.figures import points_text
from gongzhi.papers.finding_boxes import FoundPaper
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

COLUMNS = (
    Column(name="name", label="指标", width=3.2),
    Column(name="weight", label="分值", width=1.4, figure=True),
    Column(name="points", label="得分", width=1.4, figure=True),
    Column(name="found", label="发现的问题", width=6.6),
    Column(name="demand", label="整改要求", width=6.6),
    Column(name="plan_until", label="提出方案期限", width=2.6),
    Column(name="report_until", label="报告结果期限", width=2.6),
)
# Below the title: to whom, about what, what is said, who sent it.
TOP = (
    (Label(text="致"), Box(name="to", width=3), Label(text="文号"), Box(name="number", width=2)),
    (
        Label(text="项目"), Box(name="project", width=3),
        Label(text="项目代码"), Box(name="code", width=2),
    ),
    (
        Label(text="年度"), Box(name="year", width=3),
        Label(text="得分和等级"), Box(name="score", figure=True), Box(name="grade"),
    ),
    (Label(text="意见"), Box(name="words", width=6)),
    (
        Label(text="发函单位"), Box(name="sender", width=3),
        Label(text="发函日期"), Box(name="sent_on", width=2),
    ),
)  # fmt: skip


def filled(letter: ResultLetter) -> Filled:
    """The letter's texts."""
    boxes = {
        "to": letter.to,
        "number": letter.document_number,
        "project": letter.project,
        "code": letter.code,
        "year": "" if letter.year is None else str(letter.year),
        "score": points_text(letter.score),
        "grade": letter.grade,
        "words": letter.words,
        "sender": letter.sender,
        "sent_on": letter.sent_on,
    }
    return Filled(boxes=boxes, lines=tuple(map(_line, letter.lines)))


def taken(found: FoundPaper, problems: list[Problem]) -> ResultLetter:
    """What stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    return ResultLetter(
        to=take.text("to"),
        document_number=take.text("number"),
        project=take.text("project"),
        code=take.text("code"),
        year=take.year("year"),
        score=take.points("score"),
        grade=take.text("grade"),
        words=take.text("words"),
        sender=take.text("sender"),
        sent_on=take.text("sent_on"),
        lines=tuple(_taken_line(Taking(line, problems=problems)) for line in found.lines),
    )


def _line(line: LetterLine) -> dict[str, str]:
    return {
        "name": line.name,
        "weight": points_text(line.weight),
        "points": points_text(line.points),
        "found": line.found,
        "demand": line.demand,
        "plan_until": line.plan_until,
        "report_until": line.report_until,
    }


def _taken_line(take: Taking) -> LetterLine:
    return LetterLine(
        name=take.text("name"),
        weight=take.points("weight"),
        points=take.points("points"),
        found=take.text("found"),
        demand=take.text("demand"),
        plan_until=take.text("plan_until"),
        report_until=take.text("report_until"),
    )


def _summary(letter: ResultLetter) -> Summary:
    return Summary(
        code=letter.code,
        project=letter.project or letter.to,
        unit=letter.to,
        figure=points_text(letter.score),
        indicators=len(letter.lines),
    )


def _paper(title: str) -> Paper[ResultLetter]:
    layout = Layout(title=title, landscape=True, top=TOP, columns=COLUMNS)
    return Paper(layout=layout, filled=filled, taken=taken, figure="得分", summary=_summary)


LETTER: Paper[ResultLetter] = _paper("绩效评价结果反馈函")
NOTICE: Paper[ResultLetter] = _paper("整改通知书")
