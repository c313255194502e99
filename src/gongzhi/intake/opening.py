"""Bytes → Document. This runs in the limited child; nothing here knows who sent the file."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from gongzhi.core.terms import Problem
from gongzhi.intake.document import Block, Cell, Contents, Document, Paragraph, Table
from gongzhi.intake.kinds import Kind, kind_of
from gongzhi.intake.old_word import converted
from gongzhi.intake.old_workbook import read_old_workbook
from gongzhi.intake.portable import read_portable
from gongzhi.intake.separated import read_separated
from gongzhi.intake.webpage import read_webpage
from gongzhi.intake.word import read_word
from gongzhi.intake.workbook import read_workbook

READERS: dict[Kind, Callable[[bytes], Contents]] = {
    Kind.DOCX: read_word,
    Kind.XLSX: read_workbook,
    Kind.XLS: read_old_workbook,
    Kind.HTML: read_webpage,
    Kind.CSV: read_separated,
    Kind.PDF: read_portable,
}
# control characters and halves of pairs have no place in a text, and break what is built on it
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def open_document(name: str, content: bytes) -> Document:
    """The file as paragraphs and tables, its kind decided by its content."""
    kind = kind_of(content)
    if kind in {Kind.DOC, Kind.RTF}:
        answer = converted(content, suffix=kind)
        if isinstance(answer, Problem):
            return Document(name=name, kind=kind, problems=(answer,))
        content = answer
    contents = READERS[Kind.DOCX if kind in {Kind.DOC, Kind.RTF} else kind](content)
    return Document(
        name=name, kind=kind,
        blocks=tuple(_tidy(block) for block in contents.blocks),
        outside=tuple(replace(line, text=_fit(line.text)) for line in contents.outside),
        problems=contents.problems, notes=contents.notes,
    )  # fmt: skip


def _tidy(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_fit(block.text))
    return replace(block, cells=tuple(_tidy_cell(cell) for cell in block.cells))


def _tidy_cell(cell: Cell) -> Cell:
    return replace(cell, text=_fit(cell.text))


def _fit(text: str) -> str:
    """The text in Unicode's composed form, without what cannot be shown."""
    return unicodedata.normalize("NFC", UNFIT.sub("", text.replace("\r\n", "\n"))).strip()


__all__ = ["Table", "open_document"]
