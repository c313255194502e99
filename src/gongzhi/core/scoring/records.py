"""Frames and sheets as records that JSON can hold, and back: what is kept is what was judged by.

A kept sheet carries its frame, so that it scores the same after the pack has changed. Points are
texts, exact to the last digit.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongzhi.core.scoring.frame import Frame, FrameLine, HowScored
from gongzhi.core.scoring.points import Basis, Earned
from gongzhi.core.scoring.sheet import Mark, Sheet, points_by_line
from gongzhi.core.terms import Points, Said, SaidValue, Text

Record = Mapping[str, Any]
TEXTS = ("level1", "level2", "name", "criterion", "evidence")


def frame_as_record(frame: Frame) -> dict[str, Any]:
    """A frame with all its lines."""
    return {
        "code": frame.code,
        "title": _text(frame.title),
        "source": _text(frame.source),
        "verified": frame.verified,
        "lines": [_line(line) for line in frame.lines],
    }


def frame_from_record(record: Record) -> Frame:
    """The frame that `frame_as_record` wrote."""
    return Frame(
        code=record["code"],
        title=Text(**record["title"]),
        source=Text(**record["source"]),
        verified=record["verified"],
        lines=tuple(_line_from(line) for line in record["lines"]),
    )


def sheet_as_record(sheet: Sheet) -> dict[str, Any]:
    """A sheet: its frame, its marks, what facts gave."""
    return {
        "frame": frame_as_record(sheet.frame),
        "marks": [
            {"line": mark.line, "points": str(mark.points), "reason": mark.reason}
            for mark in sheet.marks
        ],
        "computed": {code: _earned(each) for code, each in sheet.computed.items()},
    }


def sheet_from_record(record: Record) -> Sheet:
    """The sheet that `sheet_as_record` wrote."""
    return Sheet(
        frame=frame_from_record(record["frame"]),
        marks=tuple(
            Mark(line=mark["line"], points=Decimal(mark["points"]), reason=mark["reason"])
            for mark in record["marks"]
        ),
        computed={code: _earned_from(each) for code, each in record["computed"].items()},
    )


def points_from_record(
    record: Record, *, weights: Mapping[str, Points]
) -> Mapping[str, Points | None]:
    """What each line gets, of marks and facts alone: of thousands of sheets nothing else is read.

    weights are those of its frame's lines, by code.
    """
    marks = {mark["line"]: Decimal(mark["points"]) for mark in reversed(record["marks"])}
    facts = {code: _number_from(each["points"]) for code, each in record["computed"].items()}
    return points_by_line(weights, marks=marks, facts=facts)


def _line(line: FrameLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "weight": str(line.weight),
        "how": line.how.value,
        "headings": list(line.headings),
        "level1": _text(line.level1),
        "level2": _text(line.level2),
        "name": _text(line.name),
        "criterion": _text(line.criterion),
        "evidence": _text(line.evidence),
    }


def _line_from(record: Record) -> FrameLine:
    return FrameLine(
        code=record["code"],
        weight=Decimal(record["weight"]),
        how=HowScored(record["how"]),
        headings=tuple(record["headings"]),
        **{name: Text(**record[name]) for name in TEXTS},
    )


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _earned(earned: Earned) -> dict[str, Any]:
    return {
        "basis": earned.basis.value,
        "said": said_as_record(earned.said),
        "points": _number(earned.points),
        "least": _number(earned.least),
        "most": _number(earned.most),
        "arithmetic": earned.arithmetic,
    }


def _earned_from(record: Record) -> Earned:
    least = _number_from(record["least"])
    assert least is not None, "what is earned has a lower end"
    return Earned(
        basis=Basis(record["basis"]),
        said=said_from_record(record["said"]),
        points=_number_from(record["points"]),
        least=least,
        most=_number_from(record["most"]),
        arithmetic=record["arithmetic"],
    )


def said_as_record(said: Said) -> dict[str, Any]:
    """A sentence with its values, each with its type, for "1" and 1 are shown differently."""
    return {
        "text": said.text,
        "values": {name: _value(value) for name, value in said.values.items()},
    }


def said_from_record(record: Record) -> Said:
    """The sentence that `said_as_record` wrote."""
    values = {name: _value_from(value) for name, value in record["values"].items()}
    return Said(record["text"], values)


def _value(value: SaidValue) -> Any:
    if isinstance(value, Said):
        return said_as_record(value)
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _value_from(value: Any) -> SaidValue:
    if isinstance(value, str | int):
        return value
    if "zh" in value:
        return Text(**value)
    return Decimal(value["number"]) if "number" in value else said_from_record(value)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number_from(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
