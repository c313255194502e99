"""The logic model of a goal as a drawing: boxes in four columns, arrows between them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from gongzhi.core.goals import Gap, Layer, LogicModel, Node
from gongzhi.web.frame import reader_language
from gongzhi.words import say

# Four columns fit beside the editor's fields; the style sheet lets them grow where there is room.
BOX_WIDTH, BETWEEN, LINE, PADDING, APART = 92, 22, 16, 8, 12
HEAD = 28
WIDE, LINES_MAX = 12, 4  # half-width letters in a line of a box
ASCII_MAX = 0x2E80  # letters from here on are as wide as high
# What isn't broken: a figure with its sign, a word as far as a line goes.
PIECES = re.compile(rf"[≥≤><=±]?[!-~]{{1,{WIDE - 1}}}|.")


class Words(NamedTuple):
    """A line of text in a box."""

    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box where it stands; it lacks something where a gap names it."""

    x: int
    y: int
    height: int
    words: tuple[Words, ...]
    lacks: bool


class Arrow(NamedTuple):
    """A line from box to box."""

    way: str
    guessed: bool


class Column(NamedTuple):
    """The head of a column."""

    x: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogicDrawing:
    """Everything that is drawn, and the same in words."""

    width: int
    height: int
    box_width: int
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    sentence: str
    layers: tuple[tuple[str, tuple[str, ...]], ...]
    gaps: tuple[Gap, ...]


def drawn_logic(model: LogicModel) -> LogicDrawing:
    """The picture of a model in the reader's language."""
    boxes = dict(_boxes(model))
    bottom = max((box.y + box.height for box in boxes.values()), default=HEAD)
    names = _layer_names()
    return LogicDrawing(
        width=len(Layer) * BOX_WIDTH + (len(Layer) - 1) * BETWEEN,
        height=bottom + APART,
        box_width=BOX_WIDTH,
        columns=tuple(Column(_left(at), names[layer]) for at, layer in enumerate(Layer)),
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(model, boxes)),
        sentence=say(model.said, reader_language()),
        layers=tuple(
            (names[layer], tuple(_told(node) for node in model.layer(layer))) for layer in Layer
        ),
        gaps=model.gaps,
    )


def _layer_names() -> Mapping[Layer, str]:
    return {
        Layer.INPUT: _("投入"),
        Layer.ACTIVITY: _("活动"),
        Layer.OUTPUT: _("产出"),
        Layer.OUTCOME: _("效果"),
    }


def _told(node: Node) -> str:
    words = say(node.said, reader_language())
    has_more = node.figure and node.layer is not Layer.INPUT
    return f"{words} {node.figure}" if has_more else words


def _left(column: int) -> int:
    return column * (BOX_WIDTH + BETWEEN)


def _boxes(model: LogicModel) -> Iterator[tuple[str, Box]]:
    lacking = {key for gap in model.gaps for key in gap.nodes}
    for column, layer in enumerate(Layer):
        y = HEAD
        for node in model.layer(layer):
            lines = _folded(_told(node))
            height = 2 * PADDING + LINE * len(lines)
            words = tuple(
                Words(y + PADDING + LINE * number + LINE - 5, line)
                for number, line in enumerate(lines)
            )
            yield (
                node.key,
                Box(x=_left(column), y=y, height=height, words=words, lacks=node.key in lacking),
            )
            y += height + APART


def _arrows(model: LogicModel, boxes: Mapping[str, Box]) -> Iterator[Arrow]:
    for link in model.links:
        start, end = boxes.get(link.start), boxes.get(link.end)
        if start is None or end is None:
            continue
        x, y = start.x + BOX_WIDTH, start.y + start.height // 2
        to, at = end.x, end.y + end.height // 2
        middle = (x + to) // 2
        yield Arrow(f"M{x} {y} C{middle} {y} {middle} {at} {to} {at}", link.guessed)


def _folded(text: str) -> Sequence[str]:
    """A text in lines of a box, figures kept whole; what doesn't fit is cut."""
    lines, line = [], ""
    for piece in PIECES.findall(text):
        if line and _width(line + piece) > WIDE:
            lines.append(line)
            line = ""
        line += piece
    lines.append(line)
    if len(lines) > LINES_MAX:
        return [*lines[: LINES_MAX - 1], lines[LINES_MAX - 1][:-1] + "…"]
    return lines


def _width(text: str) -> int:
    return sum(2 if ord(letter) >= ASCII_MAX else 1 for letter in text)
