"""Score sheets and panels written in one row of a table; — is an empty cell, ； separates lines."""

from collections.abc import Mapping
from decimal import Decimal

from gongzhi.core.scoring.frame import Frame, FrameLine, HowScored
from gongzhi.core.scoring.panel import Judged
from gongzhi.core.scoring.points import Basis, Earned
from gongzhi.core.scoring.sheet import Mark, Sheet
from gongzhi.core.terms import Said, Text
from spec.tables import EMPTY, items, number_in

NAMES = "甲乙丙丁戊己庚辛"


def worded(text: str) -> Text:
    """A text whose languages don't matter here."""
    return Text(zh=text, en=text)


def frame_of(weights: list[Decimal]) -> Frame:
    """Lines 甲, 乙, 丙 … with their weights, each a heading of its own."""
    lines = [
        FrameLine(
            code=name,
            level1=worded(name),
            level2=worded(name),
            name=worded(name),
            weight=weight,
            how=HowScored.JUDGED,
            criterion=worded(name),
            evidence=worded(name),
        )
        for name, weight in zip(NAMES, weights, strict=False)
    ]
    return Frame(
        code="表", title=worded("表"), source=worded("表"), verified=False, lines=tuple(lines)
    )


def sheet_in(row: Mapping[str, str]) -> Sheet:
    """The sheet that a row describes."""
    frame = frame_of([Decimal(each) for each in items(row, "分值")])
    reasons = _padded(row, "理由", len(frame.lines))
    marks = [
        Mark(line=name, points=Decimal(points), reason="" if reason == EMPTY else reason)
        for name, points, reason in zip(NAMES, items(row, "打分"), reasons, strict=False)
        if points != EMPTY
    ]
    computed = {
        name: Earned(basis=Basis.COMPUTED, said=Said("算"), points=number_in(points))
        for name, points in zip(NAMES, items(row, "算出"), strict=False)
        if points != EMPTY
    }
    return Sheet(frame=frame, marks=tuple(marks), computed=computed)


def judged_in(row: Mapping[str, str]) -> list[Judged]:
    """财政 85；社会 80: totals by kind."""
    found = (item.split() for item in items(row, "各方"))
    return [
        Judged(kind=kind, evaluator=f"{kind}{at}", total=Decimal(total))
        for at, (kind, total) in enumerate(found)
    ]


def weights_in(row: Mapping[str, str]) -> dict[str, Decimal]:
    """财政 0.5；社会 0.5: the published weights."""
    return {kind: Decimal(weight) for kind, weight in (i.split() for i in items(row, "权重"))}


def _padded(row: Mapping[str, str], column: str, count: int) -> list[str]:
    found = items(row, column)
    return [*found, *[EMPTY] * (count - len(found))]
