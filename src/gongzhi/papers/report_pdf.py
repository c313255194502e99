"""An evaluation report as PDF: A4, set like a letter, tables with heads that repeat, tagged."""

import json
from pathlib import Path
from typing import Any

import typst

from gongzhi.core.reporting import Bars, Block, Paragraph, Table
from gongzhi.papers.bars import bars_svg, said_of
from gongzhi.papers.drawn_pdf import FONTS, is_covered
from gongzhi.papers.plain import plain
from gongzhi.papers.report import ReportPaper

TEMPLATE = str(Path(__file__).parent / "report_pdf.typ")


def report_pdf(paper: ReportPaper) -> bytes:
    """The bytes of the report; equal reports are equal bytes."""
    data = {
        "title": paper.title,
        "about": plain(paper.about),
        "notes": [plain(each) for each in paper.notes],
        "language": paper.language,
        "chapters": [
            {
                "title": paper.heading(each.chapter),
                "blocks": [_block(paper, block) for block in each.blocks],
                "own": [plain(text) for text in paper.paragraphs(each.chapter)],
            }
            for each in paper.drafted.sections
        ],
    }
    text = json.dumps(data, ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        font_paths=[str(FONTS)],
        ignore_system_fonts=is_covered(text),
        sys_inputs={"report": text},
        pdf_standards="ua-1",
    )


def _block(paper: ReportPaper, block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "text", "text": plain(paper.sentences(block.said))}
        case Bars():
            bars = paper.bars(block)
            caption = paper.words(block.caption)
            return {
                "kind": "bars",
                "caption": caption,
                "drawing": bars_svg(bars),
                "said": f"{caption}：{said_of(bars)}",
            }
        case Table():
            return {
                "kind": "table",
                "caption": plain(paper.words(block.caption)),
                "heads": [plain(paper.words(each)) for each in block.heads],
                "rows": [[plain(paper.words(each)) for each in row] for row in block.rows],
                "widths": list(block.widths),
                "figures": sorted(block.figures),
            }
