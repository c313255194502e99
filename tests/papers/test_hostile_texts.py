"""Texts made to hurt: every pattern stays linear, and no table makes the reader fall over."""

import importlib
import importlib.resources
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.intake.document import Cell, Document, Paragraph, Table
from gongzhi.papers import reader
from gongzhi.papers.reader.vocabulary import INDICATOR_COLUMNS, LABELS, MONEY_COLUMNS, PAPERS
from gongzhi.papers.reading import read_document

SIZE = 100_000
PIECES = (
    "1",
    "(",
    "（",
    "一",
    "分",
    "指标1",
    "20",
    "年",
    ",",
    " ",
    "≥",
    "第",
    ".",
    "*",
    "：",
    "a1,",
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(reader.__path__):
        loaded = importlib.import_module(f"gongzhi.papers.reader.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


@pytest.mark.parametrize(("name", "pattern"), list(patterns()), ids=lambda one: str(one)[:40])
def test_s39_every_pattern_is_quick_on_long_hostile_texts(
    name: str, pattern: re.Pattern[str]
) -> None:
    for piece in PIECES:
        text = piece * (SIZE // len(piece))
        start = time.process_time()
        pattern.search(text)
        pattern.fullmatch(text)
        pattern.match(text + "!")
        assert time.process_time() - start < 0.1, f"{name} on {piece!r}"


@pytest.mark.parametrize("piece", PIECES)
def test_s39_a_cell_of_100_kb_does_not_slow_the_reader(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    heads = ["一级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
    rows = [["项目名称", text], heads, [text] * len(heads), ["总分", text]]
    cells = tuple(
        Cell(row=r, column=c, text=held) for r, row in enumerate(rows) for c, held in enumerate(row)
    )
    document = Document(
        name="long", kind="docx", blocks=(Paragraph(text=text), Table(number=1, cells=cells))
    )

    start = time.process_time()
    read_document(document)

    assert time.process_time() - start < 2


WORDS = sorted(
    {
        word
        for rule in (*LABELS.rules, *INDICATOR_COLUMNS.rules, *MONEY_COLUMNS.rules)
        for word in rule.whole
    }
    | {
        "产出指标（50分）",
        "数量指标",
        "合计",
        "10",
        "≥2处",
        "75%",
        "其中：财政拨款",
        "",
        "无",
        "年度资金总额",
    }
)
spans = st.sampled_from([1, 1, 1, 1, 2, 3, 40])
cells = st.builds(
    Cell, row=st.integers(0, 12), column=st.integers(0, 9), text=st.sampled_from(WORDS),
    row_span=spans, column_span=spans,
)  # fmt: skip
tables = st.builds(
    Table, number=st.just(1), cells=st.lists(cells, max_size=60).map(tuple), continues=st.booleans()
)
lines = st.builds(
    Paragraph, text=st.sampled_from([*WORDS, "项目支出绩效自评表", "（2023年度）", "续表"])
)


@settings(max_examples=300, deadline=None)
@given(st.lists(lines | tables, max_size=5))
def test_r11_tables_of_known_words_in_any_disorder_are_read_without_falling_over(
    blocks: list[Paragraph | Table],
) -> None:
    paper = read_document(Document(name="any", kind="docx", blocks=tuple(blocks)))

    assert paper.forms or paper.problems


def test_a_span_that_reaches_beyond_every_table_costs_nothing() -> None:
    cell = Cell(row=0, column=0, text="项目名称", row_span=1_000_000, column_span=16_384)
    document = Document(name="far", kind="xlsx", blocks=(Table(number=1, cells=(cell,)),))

    start = time.process_time()
    read_document(document)

    assert time.process_time() - start < 0.1


def test_every_family_has_its_file_and_every_file_is_listed() -> None:
    folder = importlib.resources.files("gongzhi.papers.reader") / "families"

    assert {path.name.removesuffix(".toml") for path in folder.iterdir()} == set(PAPERS)
    assert list(PAPERS) == sorted(PAPERS)
