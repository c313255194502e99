"""A workbook's percentages are what its reader sees: 92 % is 92 in percent, not 0.92."""

import io
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from connectors.files import csv_of, opened
from gongzhi.connectors.applying import apply_mapping
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.core.facts import TargetFact

HEADER = ("项目代码", "指标代码", "年度", "指标名称", "指标值", "权重")


def workbook(*figures: float | str, look: str = "0%", at: int = 0) -> bytes:
    """Figures as percentages below each other in column C, and as stored in column D."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page, percent = book.add_worksheet("表"), book.add_format({"num_format": look})
        for down, figure in enumerate(figures, at):
            page.write(down, 2, figure, percent)
            page.write(down, 3, figure)
        page.write_blank(at + len(figures) + 3, 9, None, percent)
    return out.getvalue()


def rows(content: bytes) -> list[list[str]]:
    (sheet,) = opened(content, "表.xlsx").sheets
    return [cells[2:4] for _, cells in sheet.rows()]


def test_a_percentage_keeps_all_its_digits():
    assert rows(workbook(0.92, 0.9234, 1, 0, -0.05, "约 9 成")) == [
        ["92%", "0.92"], ["92.34%", "0.9234"], ["100%", "1"], ["0%", "0"], ["-5%", "-0.05"],
        ["约 9 成", "约 9 成"],
    ]  # fmt: skip


def test_what_looks_otherwise_is_read_as_stored():
    assert rows(workbook(0.92, look='0.00"％"')) == [["0.92", "0.92"]]
    assert rows(workbook(0.92, look="0.00")) == [["0.92", "0.92"]]
    assert rows(workbook(0.92, look="0.00%;[红色]-0.00%", at=5)) == [["92%", "0.92"]]


@given(st.integers(-(10**6), 10**6))
def test_no_figure_gains_the_noise_of_binary_fractions(thousandths):
    figure = thousandths / 1000
    ((shown, _),) = rows(workbook(figure)) if thousandths else (("0%", ""),)
    assert Decimal(shown.rstrip("%")) == Decimal(thousandths) / 10


def test_a_target_of_92_percent_is_92_in_percent():
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page, percent = book.add_worksheet(), book.add_format({"num_format": "0.0%"})
        page.write_row(0, 0, HEADER)
        for down, figure in enumerate((0.92, 85), 1):
            page.write_row(down, 0, ("P1", f"I{down}", "2026", "覆盖率"))
            page.write(down, 4, figure, percent if figure < 1 else None)
            page.write(down, 5, 0.5, percent)

    first, second = targets(out.getvalue(), "目标.xlsx")

    assert (first.value, first.measure, first.weight) == (92, "%", 50)
    assert (second.value, second.measure) == (85, "")


def test_a_percentage_written_out_says_its_measure_too():
    content = csv_of([("P1", "I1", "2026", "满意度", "92.5％", "40")], header=HEADER)
    (target,) = targets(content, "目标.csv")
    assert (target.value, target.measure) == (Decimal("92.5"), "%")


def targets(content: bytes, name: str) -> list[TargetFact]:
    listing = open_source(name, content)
    (mapping,), _ = mappings_for(listing, Wanted(kind="target"))
    return list(apply_mapping(listing.sheets[0], mapping))
