"""Published forms, changed as other places might print them: what they say stays the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gongzhi.core.terms import Form, Where
from gongzhi.intake.document import Block, Cell, Document, Table
from gongzhi.intake.opening import open_document
from gongzhi.papers.reading import read_document
from papers.published import names
from real_input import real_input

SYNONYMS = {
    "年度指标值": "预期指标值",
    "指标值": "目标值",
    "年初目标值": "计划值",
    "实际完成值": "全年实现值",
    "完成值": "实际完成情况",
    "全年实际值": "实际完成值",
    "全年完成值": "完成情况",
    "分值": "标准分",
    "权重": "分值",
    "得分": "自评分",
    "偏差原因分析及改进措施": "未完成原因及改进措施",
    "未完成原因分析": "偏差原因",
    "三级指标": "三级指标名称",
    "年初预算数": "年初预算安排",
    "全年预算数": "调整后预算数",
    "全年执行数": "实际支出数",
    "执行率": "预算执行率",
    "主管部门": "项目主管部门",
    "实施单位": "项目实施单位",
    "预期目标": "年初设定目标",
}
KNOWN = frozenset(SYNONYMS) | {"项目名称", "一级指标", "二级指标", "年度资金总额", "实际完成情况"}


def every_cell(document: Document, change: Callable[[Cell], Cell]) -> Document:
    def changed(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        return replace(block, cells=tuple(change(cell) for cell in block.cells))

    return replace(document, blocks=tuple(changed(block) for block in document.blocks))


def plain(text: str) -> str:
    return "".join(text.split())


def other_words(document: Document) -> Document:
    return every_cell(document, lambda c: replace(c, text=SYNONYMS.get(plain(c.text), c.text)))


def spaces_inside(document: Document) -> Document:
    def spaced(cell: Cell) -> Cell:
        return (
            replace(cell, text="　".join(plain(cell.text))) if plain(cell.text) in KNOWN else cell
        )

    return every_cell(document, spaced)


def colons_behind(document: Document) -> Document:
    def closed(cell: Cell) -> Cell:
        return replace(cell, text=cell.text + "：") if plain(cell.text) in KNOWN else cell

    return every_cell(document, closed)


def full_width(document: Document) -> Document:
    wide = {code: code + 0xFEE0 for code in range(0x30, 0x3A)} | {0x2E: 0xFF0E, 0x25: 0xFF05}

    def widened(cell: Cell) -> Cell:
        number = cell.text.replace(".", "").replace("%", "").isdigit()
        return replace(cell, text=cell.text.translate(wide)) if number else cell

    return every_cell(document, widened)


def moved_aside(document: Document) -> Document:
    return every_cell(
        document, lambda cell: replace(cell, row=cell.row + 2, column=cell.column + 1)
    )


def evidence_at_the_right(document: Document) -> Document:
    def widened(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        right = max((c.column + c.column_span for c in block.cells), default=0)
        heads = [c.row for c in block.cells if plain(c.text) in {"三级指标", "指标名称"}]
        added = [Cell(row=row, column=right, text="佐证材料") for row in heads]
        added += [Cell(row=row + 1, column=right, text="见附件") for row in heads]
        return replace(block, cells=(*block.cells, *added))

    return replace(document, blocks=tuple(widened(block) for block in document.blocks))


def without_spans(document: Document) -> Document:
    def flattened(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        filled = (cell for cell in block.cells if cell.text.strip())
        return replace(block, cells=tuple(replace(c, row_span=1, column_span=1) for c in filled))

    return replace(document, blocks=tuple(flattened(block) for block in document.blocks))


MUTATIONS = (
    without_spans, other_words, spaces_inside, colons_behind, full_width, moved_aside,
    evidence_at_the_right,
)  # fmt: skip


def said(form: Form) -> Form:
    """What a form says, without the places where it says it and the name of its family."""
    nowhere = {"where": Where()}
    return replace(
        form,
        layout="",
        where=Where(),
        fund_rows=tuple(replace(row, **nowhere) for row in form.fund_rows),
        indicators=tuple(replace(row, **nowhere) for row in form.indicators),
        long_term_indicators=tuple(replace(row, **nowhere) for row in form.long_term_indicators),
    )


@pytest.mark.parametrize("change", MUTATIONS, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", names(without=".doc"))  # converting takes seconds
def test_a_published_form_printed_otherwise_says_the_same(
    name: str, change: Callable[[Document], Document]
) -> None:
    path = next(p for p in real_input("forms").glob(f"{name}.*") if p.suffix != ".json")
    document = open_document(path.name, path.read_bytes())

    changed = read_document(change(document))

    wanted = [said(form) for form in read_document(document).forms]
    assert [said(form) for form in changed.forms] == wanted
