"""Drawn papers as PDF: A4, the type face inside, the head of the lines on every page, tagged.

The type face that comes along has GB 2312 and what fonts/extra.txt adds; a paper with any other
character is set with the system's type faces beside it.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from gongzhi.papers.boxes import DrawnPaper
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.plain import plain

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = str(HERE / "drawn_pdf.typ")
LATIN_1 = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("\n\t")


def drawn_pdf(papers: Sequence[DrawnPaper]) -> bytes:
    """The papers one after another, each from a new page on."""
    data = {"title": papers[0].title, "papers": [_paper(paper) for paper in papers]}
    text = json.dumps(data, ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        font_paths=[str(FONTS)],
        ignore_system_fonts=is_covered(text),
        sys_inputs={"papers": text},
        pdf_standards="ua-1",
    )


def is_covered(text: str) -> bool:
    """Whether the type face that comes along has every character."""
    return all(sign in LATIN_1 or sign in _extra() or _in_gb2312(sign) for sign in set(text))


@cache
def _extra() -> frozenset[str]:
    return frozenset((FONTS / "extra.txt").read_text(encoding="utf-8").strip())


def _in_gb2312(sign: str) -> bool:
    return bool(sign.encode("gb2312", errors="ignore"))


def _paper(paper: DrawnPaper) -> dict[str, Any]:
    return {
        "title": plain(paper.title),
        "note": plain(paper.note),
        "widths": paper.widths,
        "landscape": paper.landscape,
        "top": _cells(paper.top),
        "head": _cells([paper.head]),
        "body": _cells(paper.body),
    }


def _cells(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [_cell(cell) for row in rows for cell in row.cells]


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": plain(cell.text),
        "wide": cell.column_span,
        "high": cell.row_span,
        "head": cell.head,
        "figure": cell.figure,
    }
