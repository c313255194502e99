"""Marks of secrecy in a document: such files are refused before anything of them is kept.

The marks are those of official papers (密级 and 保密期限, such as 机密★10年); a text that merely
speaks of secrets isn't marked.
"""

import re
from collections.abc import Iterator

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Document, Paragraph

LEVELS = "绝密|机密|秘密"
MARK = re.compile(
    rf"({LEVELS})\s*[★☆*＊]"  # with its term: 机密★10年
    rf"|(?:密\s*级|保密等级)\s*[:：]\s*({LEVELS})"
    rf"|^\s*[【\[（(]?\s*({LEVELS}|内部资料)\s*[】\]）)]?\s*(?:[,，]?\s*(?:注意保存|严禁外传|不得外传|请勿外传))?\s*$",
    re.MULTILINE,
)


def secrecy_of(document: Document) -> Problem | None:
    """That the document is marked, and whom to tell; None where it isn't."""
    for text in _texts(document):
        if found := MARK.search(text):
            mark = next(group for group in found.groups() if group)
            return Problem(
                where=Where(),
                what=Said("文件标有“{mark}”，不能在这里处理", {"mark": mark}),
                hint=Said("没有保存任何内容；请报告本单位保密工作机构，按保密规定处理"),
            )
    return None


def _texts(document: Document) -> Iterator[str]:
    for line in document.outside:
        yield line.text
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells)
