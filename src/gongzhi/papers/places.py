"""Where something stands in a document, in words."""

from collections.abc import Iterator

from gongzhi.core.terms import Said, Where
from gongzhi.words import say


def place_text(where: Where, language: str) -> str:
    """The place as a reader looks for it: sheet, table or page, then row and column."""
    return " ".join(say(part, language) for part in _parts(where))


def _parts(where: Where) -> Iterator[Said]:
    if where.page is not None:
        yield Said("第 {page} 页", {"page": where.page})
    if where.sheet is not None:
        yield Said("工作表“{sheet}”", {"sheet": where.sheet})
    elif where.table is not None:
        yield Said("表 {table}", {"table": where.table})
    if where.row is not None:
        yield Said("第 {row} 行", {"row": where.row})
    if where.column is not None:
        yield Said("第 {column} 列", {"column": where.column})
    if where.indicator is not None:
        yield Said("（第 {number} 项指标）", {"number": where.indicator + 1})
