"""Drawn papers as a Word document: A4, ruled, a head that repeats, numbered pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.run import Run
from lxml import etree

from gongzhi.papers.boxes import DrawnPaper
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.official_paper import BODY, HEADING, LATIN, content_of, set_up, write
from gongzhi.papers.plain import plain

SIDES = (Cm(21), Cm(29.7))
MARGIN, MARGIN_ABOVE = Cm(1.7), Cm(2)
TWIPS_IN_CM = 567
SHADE = "F2F2F2"
SIZE = "18"  # half points
NONE: Mapping[str, str] = MappingProxyType({})
KEPT_WHOLE_MAX = 300  # characters; a longer line may go on over the page


def drawn_docx(papers: Sequence[DrawnPaper]) -> bytes:
    """The papers one after another, each from a new page on."""
    document = docx.Document()
    set_up(document, title=papers[0].title)
    for number, paper in enumerate(papers):
        section = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        _page(section, paper)
        _title(document, paper)
        if paper.note:
            _note(document, paper.note)
        _append(document, _table(paper, paper.top))
        _small(document)
        _append(document, _table(paper, paper.body, head=paper.head))
        _small(document)
    return content_of(document)


def _page(section: Section, paper: DrawnPaper) -> None:
    width, height = reversed(SIDES) if paper.landscape else SIDES
    section.orientation = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN_ABOVE
    footer = section.footer
    footer.is_linked_to_previous = False
    line = footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, instruction in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
        line.add_run(text)
        if instruction:
            counted = _element("fldSimple", {"instr": instruction})
            line._p.append(counted)


def _title(document: Document, paper: DrawnPaper) -> None:
    run = _centred(document, paper.title, space_after=6)
    write(run, size=18, face=HEADING, bold=True)


def _note(document: Document, text: str) -> None:
    """A line in small type under the title."""
    write(_centred(document, text, space_after=4), size=9, face=BODY, bold=False)


def _centred(document: Document, text: str, *, space_after: float) -> Run:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(space_after)
    return line.add_run(plain(text))


def _small(document: Document) -> None:
    """The line that keeps two tables apart, as low as can be."""
    line = document.add_paragraph()
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(2)


def _append(document: Document, table: etree._Element) -> None:
    document.element.body.insert_element_before(table, "w:sectPr")


def _table(paper: DrawnPaper, rows: Iterable[Row], *, head: Row | None = None) -> etree._Element:
    table = _element("tbl")
    properties = _child(table, "tblPr")
    _child(properties, "tblStyle", {"val": "TableGrid"})
    _child(properties, "tblW", {"w": str(_twips(paper.widths)), "type": "dxa"})
    _child(properties, "jc", {"val": "center"})
    _child(properties, "tblLayout", {"type": "fixed"})
    grid = _child(table, "tblGrid")
    for width in paper.widths:
        _child(grid, "gridCol", {"w": str(_twips([width]))})
    if head is not None:
        _row(table, head, widths=paper.widths, above={}, repeats=True)
    above: dict[int, tuple[int, int]] = {}
    for row in rows:
        _row(table, row, widths=paper.widths, above=above)
    return table


def _row(
    table: etree._Element,
    row: Row,
    *,
    widths: Sequence[float],
    above: dict[int, tuple[int, int]],
    repeats: bool = False,
) -> None:
    """A line; above are the cells that reach into it: column → width and rows still to come."""
    line = _child(table, "tr")
    properties = _child(line, "trPr")
    if sum(len(cell.text) for cell in row.cells) <= KEPT_WHOLE_MAX:
        _child(properties, "cantSplit")
    if repeats:
        _child(properties, "tblHeader")
    cells = iter(row.cells)
    column = 0
    while column < len(widths):
        if column in above:
            width, left = above.pop(column)
            _cell(line, Cell(text=""), widths=widths[column : column + width], merge="continue")
        else:
            cell = next(cells)
            width, left = cell.column_span, cell.row_span
            merge = "restart" if left > 1 else ""
            _cell(line, cell, widths=widths[column : column + width], merge=merge)
        if left > 1:
            above[column] = width, left - 1
        column += width


def _cell(line: etree._Element, cell: Cell, *, widths: Sequence[float], merge: str) -> None:
    box = _child(line, "tc")
    look = _child(box, "tcPr")
    _child(look, "tcW", {"w": str(_twips(widths)), "type": "dxa"})
    if len(widths) > 1:
        _child(look, "gridSpan", {"val": str(len(widths))})
    if merge:
        _child(look, "vMerge", {"val": merge})
    if cell.head:
        _child(look, "shd", {"val": "clear", "color": "auto", "fill": SHADE})
    _child(look, "vAlign", {"val": "center"})
    paragraph = _child(box, "p")
    properties = _child(paragraph, "pPr")
    _child(properties, "spacing", {"after": "0"})
    _child(properties, "jc", {"val": "center" if cell.head else "right" if cell.figure else "left"})
    run = _child(paragraph, "r")
    look = _child(run, "rPr")
    _child(look, "rFonts", {"ascii": LATIN, "hAnsi": LATIN, "eastAsia": BODY})
    _child(look, "sz", {"val": SIZE})
    for piece in _pieces(plain(cell.text)):
        run.append(piece)


def _pieces(text: str) -> Iterator[etree._Element]:
    """The text of a cell with its line breaks and tabs."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield _element("br")
        for at, part in enumerate(line.split("\t")):
            if at:
                yield _element("tab")
            said = _element("t")
            said.text = part
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield said


def _twips(widths: Iterable[float]) -> int:
    return sum(round(width * TWIPS_IN_CM) for width in widths)


def _element(name: str, attributes: Mapping[str, str] = NONE) -> etree._Element:
    """An element of WordprocessingML with its attributes, both named without prefix."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _child(
    parent: etree._Element, name: str, attributes: Mapping[str, str] = NONE
) -> etree._Element:
    element = _element(name, attributes)
    parent.append(element)
    return element
