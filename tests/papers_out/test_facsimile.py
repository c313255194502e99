"""A drawn form is a whole grid, says what the form says, and marks every finding."""

import pytest

from gongzhi.city.forms import SampleForm, sample_form, sample_forms
from gongzhi.core.audit import CHECKS, CheckedForm, check_form
from gongzhi.core.terms import Finding, Form, FormType, FundRow, Indicator, Said, Where
from gongzhi.papers.advice import ADVICE
from gongzhi.papers.drawn import Cell
from gongzhi.papers.facsimile import Facsimile, facsimile
from gongzhi.papers.layouts import TITLES
from gongzhi.papers.marks import IN_A_ROW, ON_THE_WHOLE
from gongzhi.papers.printed import printed
from gongzhi.rules.packs import guess_pack

every_sample = pytest.mark.parametrize("sample", sample_forms(), ids=lambda sample: sample.record)


def checked(form: Form) -> CheckedForm:
    return check_form(form, pack=guess_pack(form).pack)


def drawn(form: Form) -> Facsimile:
    return facsimile(checked(form), language="zh")


def cells(picture: Facsimile) -> list[Cell]:
    return [cell for row in picture.rows for cell in row.cells]


@every_sample
def test_every_line_fills_the_grid_and_no_box_covers_another(sample: SampleForm) -> None:
    picture = drawn(sample.form)
    covered: set[tuple[int, int]] = set()

    for at, row in enumerate(picture.rows):
        column = 0
        for cell in row.cells:
            while (at, column) in covered:
                column += 1
            places = {
                (at + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            }
            assert covered.isdisjoint(places)
            covered |= places

    lines, columns = len(picture.rows), picture.columns
    assert covered == {(line, column) for line in range(lines) for column in range(columns)}


@every_sample
def test_every_finding_marks_a_box(sample: SampleForm) -> None:
    picture = drawn(sample.form)

    marked = {number for cell in cells(picture) for number in cell.marks}

    assert marked == set(range(1, len(checked(sample.form).findings) + 1))


@every_sample
def test_everything_that_the_form_says_is_drawn(sample: SampleForm) -> None:
    form = sample.form
    shown = {cell.text for cell in cells(drawn(form))}

    said = {form.project, form.department, form.unit, form.goal_text, form.goal_actual_text}
    for row in form.indicators:
        said |= {row.level2, row.level3, row.target_text, row.actual_text, row.reason}
        said |= {row.possibility}
    assert said - {None} <= shown


def test_the_margin_gives_the_score_by_the_rules_only_where_it_differs() -> None:
    picture = drawn(sample_form("008"))

    assert [row.margin for row in picture.rows if row.margin] == ["10", "9.8", "99.8"]


def test_a_form_is_drawn_in_either_language_with_its_own_words_untouched() -> None:
    form = sample_form("008")
    picture = facsimile(checked(form), language="en")

    texts = {cell.text for cell in cells(picture)}
    assert picture.title == "Self-evaluation of a project"
    assert {"Target", "Result", "学生营养餐补助"} <= texts
    assert "指标值" not in texts


def test_every_kind_of_form_has_a_name() -> None:
    assert set(TITLES) == set(FormType)


def test_an_empty_form_can_be_drawn() -> None:
    picture = drawn(Form(form_type=FormType.SELF_EVALUATION, layout="std2020"))

    assert picture.rows


def test_a_form_with_converted_scores_has_a_column_for_them() -> None:
    row = Indicator(level1="产出指标", level3="甲", converted_score=sample_form("008").stated_total)
    form = Form(form_type=FormType.SELF_EVALUATION, layout="hebei", indicators=(row,))

    assert {"折算得分", "96"} <= {cell.text for cell in cells(drawn(form))}


def test_money_is_marked_in_its_own_column_only() -> None:
    form = sample_form("002")
    findings = checked(form).findings
    total = drawn(form).rows[3].cells

    for column, label in enumerate(("年初预算数", "全年预算数", "执行数"), 1):
        numbers = {
            number
            for number, finding in enumerate(findings, 1)
            if finding.code == "X6" and finding.said.values["column"] == Said(label)
        }
        assert numbers
        assert numbers <= set(total[column].marks)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_has_its_box_and_its_advice(check) -> None:
    assert check.code in {*IN_A_ROW, *ON_THE_WHOLE}
    assert check.code in ADVICE


def test_what_is_printed_is_told_box_by_box() -> None:
    form = sample_form("008")
    found = {finding.code: finding for finding in checked(form).findings}

    assert printed(found["S2"], form, "zh") == (
        "三级指标 家长知道政策的比例；年度指标值 =100%；实际完成值 98%；分值 10；得分 9"
    )


def test_what_is_printed_of_the_whole_form_is_told_too() -> None:
    form = Form(
        form_type=FormType.SELF_EVALUATION,
        layout="std2020",
        execution_rate_text="90%",
        fund_rows=(FundRow(label="年度资金总额"),),
    )
    finding = Finding(code="X1", certain=True, where=Where(), said=Said(""), clause="")

    assert printed(finding, form, "en") == "Execution rate 90%"
