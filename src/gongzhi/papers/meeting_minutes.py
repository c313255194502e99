"""会议记录: who was there, what was said, decided and agreed, item by item; and back."""

from gongzhi.core.participating.recorded import MinutesRecord, RecordedItem
from gongzhi.core.terms import Problem
from gongzhi.papers.boxes import Box, Column, Filled, Label, Layout
from gongzhi.papers.finding_boxes import FoundPaper
from gongzhi.papers.paper import Paper, Summary
from gongzhi.papers.taking import Taking

LAYOUT = Layout(
    title="会议记录",
    landscape=True,
    top=(
        (
            Label(text="会议"), Box(name="title", width=2),
            Label(text="召集单位"), Box(name="organiser"),
        ),
        (Label(text="时间"), Box(name="held_on", width=2), Label(text="地点"), Box(name="place")),
        (Label(text="到会"), Box(name="present", width=4)),
        (Label(text="请假和未到会"), Box(name="absent", width=4)),
        (Label(text="记录确认"), Box(name="confirmed", width=4)),
        (Label(text="采纳情况"), Box(name="adopted", width=4)),
    ),
    columns=(
        Column(name="number", label="序号", width=2.6),
        Column(name="title", label="议题", width=4.6),
        Column(name="text", label="记录", width=7.4),
        Column(name="resolution", label="决议和票数", width=5.0),
        Column(name="action", label="议定的事、承办单位和期限", width=5.0),
    ),
)  # fmt: skip
BOXES = ("title", "organiser", "held_on", "place", "present", "absent", "confirmed", "adopted")
COLUMNS = tuple(column.name for column in LAYOUT.columns)


def filled(record: MinutesRecord) -> Filled:
    """The record's texts."""
    return Filled(
        boxes={name: str(getattr(record, name)) for name in BOXES},
        lines=tuple({name: str(getattr(line, name)) for name in COLUMNS} for line in record.lines),
    )


def taken(found: FoundPaper, problems: list[Problem]) -> MinutesRecord:
    """What stands in the boxes; what can't be read is added to the problems."""
    take = Taking(found.boxes, problems=problems)
    lines = (Taking(line, problems=problems) for line in found.lines)
    return MinutesRecord(
        title=take.text("title"),
        organiser=take.text("organiser"),
        held_on=take.text("held_on"),
        place=take.text("place"),
        present=take.text("present"),
        absent=take.text("absent"),
        confirmed=take.text("confirmed"),
        adopted=take.text("adopted"),
        lines=tuple(
            RecordedItem(
                number=line.text("number"),
                title=line.text("title"),
                text=line.text("text"),
                resolution=line.text("resolution"),
                action=line.text("action"),
            )
            for line in lines
        ),
    )


PAPER: Paper[MinutesRecord] = Paper(
    layout=LAYOUT,
    filled=filled,
    taken=taken,
    figure="时间",
    summary=lambda record: Summary(
        code="",
        project=record.title,
        unit=record.organiser,
        figure=record.held_on,
        indicators=len(record.lines),
    ),
)
