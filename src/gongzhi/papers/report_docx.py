"""An evaluation report as a Word document in the look of an official letter."""

from collections.abc import Sequence

from gongzhi.core.reporting import Bars, Block, Paragraph, Table
from gongzhi.papers.bars import bars_png, said_of
from gongzhi.papers.official_paper import OfficialPaper
from gongzhi.papers.report import ReportPaper

LINE = 15.6  # centimetres between the margins


def report_docx(paper: ReportPaper) -> bytes:
    """The bytes of the report; equal reports are equal bytes."""
    letter = OfficialPaper(title=paper.title)
    letter.subtitle(paper.about)
    for note in paper.notes:
        letter.note(note)
    for section in paper.drafted.sections:
        letter.heading(paper.heading(section.chapter))
        for block in section.blocks:
            _block(letter, paper, block)
        for text in paper.paragraphs(section.chapter):
            letter.paragraph(text)
    return letter.content()


def _block(letter: OfficialPaper, paper: ReportPaper, block: Block) -> None:
    match block:
        case Paragraph():
            letter.paragraph(paper.sentences(block.said))
        case Bars():
            bars = paper.bars(block)
            caption = paper.words(block.caption)
            letter.caption(caption)
            letter.drawing(bars_png(bars), width=LINE, said=f"{caption}：{said_of(bars)}")
        case Table():
            letter.caption(paper.words(block.caption))
            letter.table(
                heads=[paper.words(each) for each in block.heads],
                rows=[[paper.words(each) for each in row] for row in block.rows],
                widths=_centimetres(block.widths),
                figures=block.figures,
            )


def _centimetres(shares: Sequence[int]) -> list[float]:
    return [LINE * share / sum(shares) for share in shares]
