"""Pictures of a negotiation as SVG: who gains and pays what, how far weights may move."""

from collections.abc import Sequence
from fractions import Fraction

from gongzhi.core.balance.negotiating import Shown, Span
from gongzhi.core.balance.negotiating.amounts import percent
from gongzhi.core.terms import Said
from gongzhi.papers.markup import Element, tag
from gongzhi.words import say

WIDTH, LINE, NAME_WIDTH = 560, 34, 150
MIDDLE, HALF = 355, 195
NAME_MOST = 10
SPAN_FROM, SPAN_WIDTH = 230, 320


def gains_svg(shown: Shown, *, label: str) -> Element:
    """A bar for each side's gain, a frame for its payment: dashed where it pays."""
    height = LINE * len(shown.bars) + 10
    parts: list[Element] = []
    for number, bar in enumerate(shown.bars):
        top = number * LINE + 6
        parts.append(_text(0, top + 16, _short(bar.side)))
        if bar.gain_length is not None:
            parts.append(_bar(bar.gain_length, top, LINE - 14, "gain"))
        if bar.paid_length:
            name = "pays" if bar.paid_length < 0 else "gets"
            parts.append(_bar(bar.paid_length, top - 3, LINE - 8, name))
    axis = {"x1": str(MIDDLE), "x2": str(MIDDLE), "y1": "0", "y2": str(height), "class": "axis"}
    parts.append(tag("line", axis))
    return _svg(height, label, parts)


def spans_svg(spans: Sequence[Span], *, label: str) -> Element:
    """A line from 0 to 1 for each weight: thick where the first stays, a mark where it is."""
    parts: list[Element] = []
    for number, span in enumerate(spans):
        top = number * LINE + 16
        parts.append(_text(0, top + 5, _short(f"{span.side} {span.criterion}", 16)))
        parts.append(_line(Fraction(0), Fraction(1), top, "span"))
        parts.append(_line(*span.first, top, "order"))
        at = SPAN_FROM + float(span.weight) * SPAN_WIDTH
        mark = {"x1": f"{at:.1f}", "x2": f"{at:.1f}", "y1": str(top - 10), "y2": str(top + 10)}
        parts.append(tag("line", {**mark, "class": "axis"}))
    return _svg(LINE * len(spans) + 6, label, parts)


def span_cells(span: Span, language: str) -> tuple[str, str, str, str, str]:
    """The same as a row of a table."""
    both = [
        say(Said("{low} 至 {high}", {"low": percent(low), "high": percent(high)}), language)
        for low, high in (span.first, span.order)
    ]
    return span.side, span.criterion, percent(span.weight), both[0], both[1]


def _svg(height: int, label: str, parts: Sequence[Element]) -> Element:
    attributes = {
        "viewBox": f"0 0 {WIDTH} {height}",
        "role": "img",
        "aria-label": label,
        "width": str(WIDTH),
        "height": str(height),
    }
    return tag("svg", attributes, *parts)


def _text(x: int, y: int, text: str) -> Element:
    return tag("text", {"x": str(x), "y": str(y)}, text)


def _short(text: str, most: int = NAME_MOST) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _bar(length: Fraction, top: int, height: int, name: str) -> Element:
    width = abs(float(length)) * HALF
    left = MIDDLE if length >= 0 else MIDDLE - width
    return tag(
        "rect",
        {
            "x": f"{left:.1f}",
            "y": str(top),
            "width": f"{width:.1f}",
            "height": str(height),
            "class": name,
        },
    )


def _line(low: Fraction, high: Fraction, top: int, name: str) -> Element:
    ends = [SPAN_FROM + float(each) * SPAN_WIDTH for each in (low, high)]
    place = {"x1": f"{ends[0]:.1f}", "x2": f"{ends[1]:.1f}", "y1": str(top), "y2": str(top)}
    return tag("line", {**place, "class": name})
