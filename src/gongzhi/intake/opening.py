"""Bytes → Document. This runs in the limited child; nothing here knows who sent the file."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from gongzhi.core.terms import Problem, Said
from gongzhi.intake.document import Block, Cell, Contents, Document, Paragraph
from gongzhi.intake.heads import DOCTYPE_INSIDE
from gongzhi.intake.kinds import Kind, kind_of
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.old_word import converted
from gongzhi.intake.old_workbook import read_old_workbook
from gongzhi.intake.package import HasDoctype, TooMuch
from gongzhi.intake.passwords import PROTECTED, NeedsPassword
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
TOO_MUCH: dict[str, tuple[str, int]] = {
    "rows": ("工作表的行超过 {limit} 行", LIMITS.sheet_rows_max),
    "columns": ("表格的列超过 {limit} 列", LIMITS.sheet_columns_max),
    "cells": ("文件里的单元格超过 {limit} 个", LIMITS.cells_max),
    "merged": ("合并的单元格超过 {limit} 处", LIMITS.merged_ranges_max),
    "merged positions": ("合并的单元格盖住的位置超过 {limit} 个", LIMITS.merged_positions_max),
    "sheets": ("工作表超过 {limit} 张", LIMITS.sheets_max),
    "pages": ("文件超过 {limit} 页", LIMITS.pages_max),
    "nesting": ("表格里套表格超过 {limit} 层", LIMITS.nesting_max),
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
    contents = _read(Kind.DOCX if kind in {Kind.DOC, Kind.RTF} else kind, content)
    return Document(
        name=name, kind=kind,
        blocks=tuple(_tidy(block) for block in contents.blocks),
        outside=tuple(replace(line, text=_fit(line.text)) for line in contents.outside),
        problems=contents.problems, notes=contents.notes,
    )  # fmt: skip


def _read(kind: Kind, content: bytes) -> Contents:
    """What the kind's reader finds, or why it stopped."""
    try:
        return READERS[kind](content)
    except TooMuch as error:
        return Contents(problems=(_too_much(error),))
    except NeedsPassword:
        return Contents(problems=(PROTECTED,))
    except HasDoctype:
        return Contents(problems=(DOCTYPE_INSIDE,))


def _too_much(error: TooMuch) -> Problem:
    text, limit = TOO_MUCH.get(
        error.of, ("文件的一个部件超过 {limit} MB", LIMITS.part_bytes_max // MB)
    )
    return Problem(
        where=error.where,
        what=Said(text, {"limit": limit}),
        hint=Said("请只上传绩效表本身，删去多余的行、列和工作表"),
    )


def _tidy(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_fit(block.text))
    return replace(block, cells=tuple(_tidy_cell(cell) for cell in block.cells))


def _tidy_cell(cell: Cell) -> Cell:
    return replace(cell, text=_fit(cell.text))


def _fit(text: str) -> str:
    """The text in Unicode's composed form, without what cannot be shown."""
    return unicodedata.normalize("NFC", UNFIT.sub("", text.replace("\r\n", "\n"))).strip()
