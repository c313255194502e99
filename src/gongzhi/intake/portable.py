"""Text PDF → ruled tables and the lines between them, page by page."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_text, extract_words

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Block, Cell, Contents, Paragraph, Table
from gongzhi.intake.grid import in_reading_order
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.package import TooMuch
from gongzhi.intake.passwords import NeedsPassword
from gongzhi.intake.portable_actions import acts

NEAR = 3.0  # points: rules closer than this are one rule, drawn twice or not quite straight
STRAY_CHARACTERS_MAX = 40
PAGES_NAMED = 10  # of those that are pictures; the others are no different
SCAN = Problem(
    where=Where(),
    what=Said("这个 PDF 没有文字，可能是扫描件"),
    hint=Said("请上传填表时的 Word 或 Excel 原文件"),
)
ACTIVE = Problem(
    where=Where(),
    what=Said("PDF 里有脚本、附件或启动程序的动作"),
    hint=Said("都没有运行；公开之前请重新导出一份不带这些内容的 PDF"),
)
Box = tuple[float, float, float, float]  # left, top, right, bottom
Char = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A table as drawn: its cells' boxes with their texts, on one page."""

    page: int
    boxes: tuple[tuple[Box, str], ...]
    continues: bool = False

    @property
    def left_right(self) -> tuple[float, float]:
        """The outer edges."""
        return min(box[0] for box, _ in self.boxes), max(box[2] for box, _ in self.boxes)


def read_portable(content: bytes) -> Contents:
    """The lines and tables of all pages in reading order."""
    found: list[Paragraph | Ruled] = []
    pictured: list[int] = []
    with _opened(content) as pdf:
        if len(pdf.pages) > LIMITS.pages_max:
            raise TooMuch("pages")
        for page in pdf.pages:
            found += _with_continuation(_page(page), found)
            if _is_picture(page):
                pictured.append(page.page_number)
            page.close()
        page_count, is_active = len(pdf.pages), acts(pdf.doc)
    blocks = tuple(_numbered(found))
    is_scan = len(pictured) == page_count or not any(_has_text(block) for block in blocks)
    notes = [] if is_scan else [_pictured(page) for page in pictured[:PAGES_NAMED]]
    return Contents(
        blocks=blocks,
        problems=(SCAN,) if is_scan else (),
        notes=(*notes, *((ACTIVE,) if is_active else ())),
    )


def _is_picture(page: Page) -> bool:
    """Whether pictures cover most of a page with hardly a letter, such as a scanner's own name."""
    if sum(bool(char["text"].strip()) for char in page.chars) > STRAY_CHARACTERS_MAX:
        return False
    covered = sum(image["width"] * image["height"] for image in page.images)  # scans come in strips
    return bool(covered > page.width * page.height / 2)


def _has_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return True
    return any(cell.text.strip() for cell in block.cells)


def _pictured(page: int) -> Problem:
    return Problem(
        where=Where(page=page),
        what=Said("这一页是图片，里面的文字没有读"),
        hint=Said("可能是扫描件或图片，请上传填表时的 Word 或 Excel 原文件"),
    )


def _opened(content: bytes) -> PDF:
    try:
        return pdfplumber.open(BytesIO(content))
    except PdfminerException as error:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args):
            raise NeedsPassword from error
        raise


def _page(page: Page) -> list[Paragraph | Ruled]:
    """The lines and tables of one page from top to bottom."""
    number = page.page_number
    chars = [char for char in page.dedupe_chars().chars if _is_seen(char, page)]
    placed: list[tuple[float, Paragraph | Ruled]] = []
    for cells in _tables(page):
        texts, chars = _texts(cells, chars)
        if len(cells) > 1 or texts[0]:
            boxes = tuple(zip(cells, texts, strict=True))
            placed.append((min(box[1] for box in cells), Ruled(page=number, boxes=boxes)))
    for top, text in _lines(chars):
        placed.append((top, Paragraph(text=text, page=number)))
    placed.sort(key=lambda item: item[0])
    return [block for _, block in placed]


def _is_seen(char: Char, page: Page) -> bool:
    return (
        bool(char["text"].strip())
        and char["bottom"] > page.bbox[1]
        and char["top"] < page.bbox[3]
        and char["x1"] > page.bbox[0]
        and char["x0"] < page.bbox[2]
    )


def _tables(page: Page) -> list[list[Box]]:
    """The boxes of each table's cells, those too that are open at a side of the table.

    A cell that goes on overleaf has no rule below; many tables have none at left and right.
    """
    found = [table.cells for table in page.find_tables()]
    frames = [_frame(cells, page) for cells in found]
    covered = (
        sum((right - left) * (bottom - top) for left, top, right, bottom in cells)
        for cells in found
    )
    areas = ((right - left) * (bottom - top) for left, top, right, bottom in frames)
    if all(part > whole * 0.98 for part, whole in zip(covered, areas, strict=True)):
        return found
    rules = {
        "explicit_horizontal_lines": [
            _rule(left, at, right, at)
            for left, top, right, bottom in frames
            for at in (top, bottom)
        ],
        "explicit_vertical_lines": [
            _rule(at, top, at, bottom)
            for left, top, right, bottom in frames
            for at in (left, right)
        ],
    }
    return [table.cells for table in page.find_tables(rules)]


def _rule(left: float, top: float, right: float, bottom: float) -> Char:
    return {"object_type": "line", "x0": left, "x1": right, "top": top, "bottom": bottom,
            "width": right - left, "height": bottom - top}  # fmt: skip


def _frame(cells: list[Box], page: Page) -> Box:
    """The table's outer edges: of its cells, and of the rules that reach out of them."""
    left, top = min(box[0] for box in cells), min(box[1] for box in cells)
    right, bottom = max(box[2] for box in cells), max(box[3] for box in cells)
    touching = [
        edge for edge in page.edges
        if edge["x0"] < right + NEAR and edge["x1"] > left - NEAR
        and edge["top"] < bottom + NEAR and edge["bottom"] > top - NEAR
    ]  # fmt: skip
    return (
        min([left, *(edge["x0"] for edge in touching)]),
        min([top, *(edge["top"] for edge in touching)]),
        max([right, *(edge["x1"] for edge in touching)]),
        max([bottom, *(edge["bottom"] for edge in touching)]),
    )


def _texts(boxes: list[Box], chars: list[Char]) -> tuple[list[str], list[Char]]:
    """The text of each box, and the characters that stand in none."""
    order = sorted(range(len(boxes)), key=lambda at: boxes[at][1])
    tops = [boxes[at][1] for at in order]
    inside: list[list[Char]] = [[] for _ in boxes]
    outside: list[Char] = []
    for char in chars:
        across = (char["x0"] + char["x1"]) / 2
        down = (char["top"] + char["bottom"]) / 2
        within = (
            at
            for at in order[: bisect_left(tops, down)]
            if boxes[at][0] <= across < boxes[at][2] and down < boxes[at][3]
        )
        at = next(within, None)
        (outside if at is None else inside[at]).append(char)
    return [_text(one) for one in inside], outside


def _text(chars: list[Char]) -> str:
    if any(not char["upright"] for char in chars):
        return "".join(char["text"] for char in chars)  # turned text: the order it was written in
    return extract_text(chars).strip() if chars else ""


def _lines(chars: list[Char]) -> Iterator[tuple[float, str]]:
    words = extract_words(chars) if chars else []
    for line in cluster_objects(words, "top", NEAR):
        text = " ".join(word["text"] for word in sorted(line, key=lambda word: word["x0"]))
        yield line[0]["top"], text


def _with_continuation(
    page: list[Paragraph | Ruled], before: list[Paragraph | Ruled]
) -> list[Paragraph | Ruled]:
    """The page, its first table marked where it goes on from the page before.

    At most a line such as 续表 or a page number may stand between.
    """
    first = next((at for at, block in enumerate(page) if isinstance(block, Ruled)), None)
    last = next((at for at, block in enumerate(reversed(before)) if isinstance(block, Ruled)), None)
    if first is None or last is None or first > 1 or last > 1:
        return page
    here, there = page[first], before[-1 - last]
    assert isinstance(here, Ruled)
    assert isinstance(there, Ruled)
    edges = zip(here.left_right, there.left_right, strict=True)
    if there.page + 1 == here.page and all(abs(one - two) < NEAR for one, two in edges):
        return [*page[:first], replace(here, continues=True), *page[first + 1 :]]
    return page


def _numbered(blocks: list[Paragraph | Ruled]) -> Iterator[Block]:
    """The blocks with their tables as grids; parts of one table share its columns."""
    tables = [block for block in blocks if isinstance(block, Ruled)]
    if sum(len(table.boxes) for table in tables) > LIMITS.cells_max:
        raise TooMuch("cells")
    columns: list[list[float]] = []
    for at, table in enumerate(tables):
        chain = list(_chain(tables, at))
        shared = (
            columns[-1]
            if table.continues
            else _edges(
                edge for part in chain for box, _ in part.boxes for edge in (box[0], box[2])
            )
        )
        columns.append(shared)
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            number += 1
            yield _table(block, number, columns[number - 1])


def _chain(tables: list[Ruled], at: int) -> Iterator[Ruled]:
    """The table and what continues it on the next pages."""
    yield tables[at]
    for table in tables[at + 1 :]:
        if not table.continues:
            return
        yield table


def _table(ruled: Ruled, number: int, columns: list[float]) -> Table:
    rows = _edges(edge for box, _ in ruled.boxes for edge in (box[1], box[3]))
    cells = []
    for (left, top, right, bottom), text in ruled.boxes:
        row, column = _nearest(rows, top), _nearest(columns, left)
        cells.append(
            Cell(
                row=row,
                column=column,
                text=text,
                row_span=max(1, _nearest(rows, bottom) - row),
                column_span=max(1, _nearest(columns, right) - column),
            )
        )
    return Table(
        number=number, page=ruled.page, cells=in_reading_order(cells), continues=ruled.continues
    )


def _edges(values: Iterable[float]) -> list[float]:
    """The positions of the rules, those that lie near each other as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > NEAR:
            edges.append(value)
    return edges


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
