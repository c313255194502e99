"""Marks of secrecy in a document: such files are refused before anything of them is kept.

The marks are those of official papers (密级 and 保密期限, such as 机密★10年; GB/T 9704—2012, 7.2.2
has a space inside a mark that stands alone: 机　密). A text that merely speaks of secrets isn't
marked.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Document, Paragraph

LEVEL = r"([绝机秘]\s*密)"
TERM = r"(?:[0-9一二三五十]{1,3}\s*[年月日天个]|长\s*期|永\s*久)"
BEFORE = r"^[^\w“‘「『\"']*"  # a mark in quotes is spoken of
KEPT_INSIDE = r"注意保存|妥善保管|严禁外传|不得外传|请勿外传|禁止外传|请勿扩散|不得扩散|严禁扩散"
MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{BEFORE}{LEVEL}\s*(?:[★☆]|\*\s*(?:{TERM}|$))",
        rf"(?<!国家)(?<!商业)(?<!工作){LEVEL}\s*[★☆*]\s*{TERM}$",  # behind a number, say
        rf"^{LEVEL}\s*{TERM}$",
        rf"(?:^|\s)(?:密\s*级|保密等级)\s*:\s*{LEVEL}(?!\s*[/、或|,])",  # no list of them
        rf"^[\[【(]?\s*(?:{LEVEL}|(内\s*部\s*资\s*料))\s*[\]】)]?$",
        rf"^[\[【(]?\s*(内\s*部\s*资\s*料)\s*[\]】)]?[,:·!\s]*(?:{KEPT_INSIDE})",
    )
)
SPACE = re.compile(r"\s+")


def secrecy_of(document: Document) -> Problem | None:
    """That the document is marked, and whom to tell; None where it isn't."""
    for text in _texts(document):
        if mark := mark_in(text):
            return told_secret(mark)
    return None


def told_secret(mark: str) -> Problem:
    """That a file bears the mark, and whom to tell."""
    return Problem(
        where=Where(),
        what=Said("文件标有“{mark}”，不能在这里处理", {"mark": mark}),
        hint=Said("没有保存任何内容；请报告本单位保密工作机构，按保密规定处理"),
    )


def mark_in(text: str) -> str | None:
    """The mark that a line of a document is, begins or ends with."""
    line = unicodedata.normalize("NFKC", text).strip()
    found = next(filter(None, (pattern.search(line) for pattern in MARKS)), None)
    return SPACE.sub("", next(filter(None, found.groups()))) if found else None


def mark_among(cells: Iterable[str]) -> str | None:
    """The first mark among the cells of a list, hardly any of which are worth a closer look."""
    suspects = (cell for cell in cells if "密" in cell or "内部" in cell)
    return next(filter(None, map(mark_in, suspects)), None)


def _texts(document: Document) -> Iterator[str]:
    for line in document.outside:
        yield line.text
    # a narrow column of a PDF breaks a sentence anywhere, so a line alone says nothing there
    is_broken_by_its_author = document.kind != "pdf"
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield from cell.text.splitlines() if is_broken_by_its_author else (cell.text,)
