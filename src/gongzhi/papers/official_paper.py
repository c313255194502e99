"""Word documents in the look of an official letter: A4, its type faces, its margins."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from gongzhi.papers.plain import plain

# GB/T 9704-2012 § 5.2 names 仿宋 for the text and § 7.3.1 小标宋 for the title (not checked here)
BODY, HEADING, LATIN = "仿宋", "宋体", "Times New Roman"
BLACK, BLACK_LATIN = "黑体", "Arial"  # set off by the face: official papers don't thicken it
MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date, so that equal results give equal bytes


class OfficialPaper:
    """A letter that is written from top to bottom."""

    def __init__(self, *, title: str) -> None:
        self._document = docx.Document()
        set_up(self._document, title=title)
        self._page()
        self._line(title, size=22, face=HEADING, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def addressee(self, name: str) -> None:
        """The line that says to whom the letter goes."""
        self._line(name, size=16)

    def paragraph(self, text: str) -> None:
        """A paragraph of running text, its first line indented by two characters."""
        self._line(text, size=16).paragraph_format.first_line_indent = Pt(32)

    def heading(self, text: str) -> None:
        """A heading inside the letter."""
        self._line(text, size=16, face=BLACK).paragraph_format.keep_with_next = True

    def subtitle(self, text: str) -> None:
        """A line under the title, in the middle."""
        self._line(text, size=16).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def chapter(self, text: str) -> None:
        """The heading of a part, in the middle."""
        line = self._line(text, size=16, face=BLACK)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(14)

    def article(self, head: str, text: str) -> None:
        """A numbered paragraph, its head set off by the type face."""
        line = self._line(head, size=16, face=BLACK)
        line.paragraph_format.first_line_indent = Pt(32)
        write(line.add_run(plain(text)), size=16, face=BODY, bold=False)

    def note(self, text: str) -> None:
        """A remark in small type under what it belongs to."""
        line = self._line(text, size=12)
        line.paragraph_format.line_spacing = Pt(20)
        line.paragraph_format.left_indent = Pt(32)

    def signature(self, lines: Sequence[str]) -> None:
        """The lines at the end, at the right."""
        for text in lines:
            self._line(text, size=16).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def caption(self, text: str) -> None:
        """The line above a table or a chart, in the middle."""
        line = self._line(text, size=12)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.line_spacing = Pt(20)
        line.paragraph_format.keep_with_next = True

    def drawing(self, content: bytes, *, width: float, said: str) -> None:
        """An image as wide as that many centimetres, with its words for who can't see it."""
        line = self._document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape = line.add_run().add_picture(BytesIO(content), width=Cm(width))
        shape._inline.docPr.set("descr", plain(said))

    def table(
        self,
        *,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        figures: Collection[int] = (),
    ) -> None:
        """A ruled table with widths in centimetres; its head repeats on every page.

        figures are the columns that stand at the right.
        """
        table = self._document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        _fill(table.rows[0], heads, widths, bold=True)
        _mark(table.rows[0], "w:tblHeader")
        for row in rows:
            line = table.add_row()
            _fill(line, row, widths, bold=False)
            _mark(line, "w:cantSplit")
            for column in figures:
                line.cells[column].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._document.add_paragraph()

    def content(self) -> bytes:
        """The bytes of the document."""
        return content_of(self._document)

    def _page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)

    def _line(self, text: str, *, size: int, face: str = BODY, bold: bool = False) -> Paragraph:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(28) if size == 16 else Pt(36)
        write(paragraph.add_run(plain(text)), size=size, face=face, bold=bold)
        return paragraph


def content_of(document: Document) -> bytes:
    """The bytes of a document, without the moment at which they were made."""
    saved, out = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as filled, ZipFile(out, "w", ZIP_DEFLATED) as dated:
        for entry in filled.infolist():
            same = ZipInfo(entry.filename, MADE_AT.timetuple()[:6])
            dated.writestr(same, filled.read(entry), ZIP_DEFLATED)
    return out.getvalue()


def set_up(document: Document, *, title: str) -> None:
    """Title, author and type faces of a document."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = plain(title), "共治", ""
    properties.created = properties.modified = MADE_AT
    style = document.styles["Normal"]
    style.font.name = LATIN
    properties_of_runs = style.element.get_or_add_rPr()
    properties_of_runs.get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    # without it punctuation is set as in Japanese where the type face is missing
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties_of_runs.append(language)


def write(run: Run, *, size: float, face: str, bold: bool) -> None:
    """Set a run of text in a type face of official papers."""
    run.font.name = BLACK_LATIN if face == BLACK else LATIN
    run.font.size, run.bold = Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _fill(row: _Row, texts: Sequence[str], widths: Sequence[float], *, bold: bool) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        write(cell.paragraphs[0].add_run(plain(text)), size=10.5, face=BODY, bold=bold)


def _mark(row: _Row, name: str) -> None:
    """Word keeps what python-docx has no word for in the row's properties."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
