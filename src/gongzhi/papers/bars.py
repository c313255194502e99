"""A chart of bars as a drawing (SVG): one line for each, its name, its length, its figure.

The same drawing stands on the page, in the PDF and, as an image, in the Word document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

import typst

from gongzhi.papers.drawn_pdf import FONTS, is_covered
from gongzhi.papers.plain import one_line

WIDTH, ROW, LABEL, FIGURE = 640, 30, 120, 150
BAR_HEIGHT, BASELINE = 14, 20
INK, INDIGO, TRACK = "#1f2933", "#1f4e8c", "#e3e1da"  # LOOK.md: ink, indigo, a hairline's grey
LABEL_MAX = 10  # characters that fit beside a bar
WHOLE = Decimal(1)
PIXELS_PER_INCH = 200.0
TEMPLATE = str(Path(__file__).parent / "bars.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """A bar with the words beside it; share is its length, of 0 to 1."""

    label: str
    share: Decimal
    figure: str


def bars_svg(bars: Sequence[DrawnBar]) -> str:
    """The drawing. Colours are attributes, so that a page's style sheet may change them."""
    height = ROW * len(bars)
    lines = "".join(part for at, bar in enumerate(bars) for part in _bar(bar, top=at * ROW))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" class="bars" '
        f'font-family="Noto Sans CJK SC, sans-serif" font-size="13">{lines}</svg>'
    )


def bars_png(bars: Sequence[DrawnBar]) -> bytes:
    """The drawing as an image; equal bars give equal bytes."""
    drawing = bars_svg(bars)
    return typst.compile(
        TEMPLATE,
        format="png",
        ppi=PIXELS_PER_INCH,
        font_paths=[str(FONTS)],
        ignore_system_fonts=is_covered(drawing),
        sys_inputs={"drawing": drawing},
    )


def said_of(bars: Sequence[DrawnBar]) -> str:
    """The chart in words, for who can't see it."""
    return "；".join(f"{bar.label} {bar.figure}" for bar in bars)


def _bar(bar: DrawnBar, *, top: int) -> Iterator[str]:
    room = WIDTH - LABEL - FIGURE
    length = float(min(max(bar.share, Decimal(0)), WHOLE)) * room
    at, baseline = top + (ROW - BAR_HEIGHT) // 2, top + BASELINE
    label = one_line(bar.label)
    label = label if len(label) <= LABEL_MAX else f"{label[: LABEL_MAX - 1]}…"
    yield f'<text x="{LABEL - 8}" y="{baseline}" text-anchor="end" fill="{INK}">'
    yield f"{escape(label)}</text>"
    yield (
        f'<rect class="track" x="{LABEL}" y="{at}" width="{room}" height="{BAR_HEIGHT}" '
        f'fill="{TRACK}"/>'
    )
    yield (
        f'<rect class="bar" x="{LABEL}" y="{at}" width="{length:.1f}" height="{BAR_HEIGHT}" '
        f'fill="{INDIGO}"/>'
    )
    yield (
        f'<text x="{WIDTH - FIGURE + 8}" y="{baseline}" fill="{INK}">'
        f"{escape(one_line(bar.figure))}</text>"
    )
