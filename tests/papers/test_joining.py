"""Which tables belong to which form: pages run on, workbooks and reports hold several."""

from dataclasses import replace

import pytest

from gongzhi.core.terms import Paper
from gongzhi.intake.document import Document, Paragraph, Table
from gongzhi.intake.opening import open_document
from gongzhi.papers.reading import read_document
from papers.sketches import Sketch, as_document, as_docx, as_xlsx, read, sketch

HEADER = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分"
FORM = """
项目名称 | {project} | < | < | < | < | <
主管部门 | 某县教育局 | < | 实施单位 | 某县第一小学 | < | <
项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | 100 | 120 | 90 | 10 | 75% | 7.5
{header}
产出指标 | 数量指标 | {name} | 2处 | 1处 | 50 | 25
^ | 质量指标 | 验收合格率 | 100% | 100% | 40 | 40
总分 | < | < | < | < | 100 | 72.5
"""
TITLE = ("项目支出绩效自评表", "（2023年度）")


def form(project: str, *, above: tuple[str, ...] = TITLE) -> Sketch:
    name = f"改造{project}数量"
    return sketch(FORM.format(project=project, header=HEADER, name=name), above=above)


def projects(paper: Paper) -> list[str | None]:
    return [read.project for read in paper.forms]


def test_forms_one_below_the_other_are_read_apart() -> None:
    paper = read(form("食堂"), form("操场"))

    assert projects(paper) == ["食堂", "操场"]
    assert [len(read.indicators) for read in paper.forms] == [2, 2]


def test_forms_on_sheets_of_their_own_are_read_in_the_order_of_the_workbook() -> None:
    content = as_xlsx(form("食堂"), form("操场"), form("宿舍"))

    paper = read_document(open_document("book.xlsx", content))

    assert projects(paper) == ["食堂", "操场", "宿舍"]
    assert [read.where.sheet for read in paper.forms] == ["表1", "表2", "表3"]


def test_two_forms_on_one_sheet_are_told_apart_by_their_titles() -> None:
    content = as_xlsx(form("食堂"), form("操场"), one_sheet=True)

    paper = read_document(open_document("book.xlsx", content))

    assert projects(paper) == ["食堂", "操场"]
    assert [str(read.stated_total) for read in paper.forms] == ["72.5", "72.5"]
    assert paper.forms[1].indicators[0].where.row == 18


def test_two_forms_without_titles_are_told_apart_by_their_names() -> None:
    paper = read(form("食堂"), form("操场", above=()))

    assert projects(paper) == ["食堂", "操场"]


def test_annexes_after_a_report_are_read_with_their_own_values() -> None:
    report = (
        "2023年度项目支出绩效自评报告",
        "主管部门为某市财政局，食堂自评得分98分。",
        "附件1",
    )

    paper = read(form("食堂", above=(*report, *TITLE)), form("操场", above=("附件2", *TITLE)))

    assert projects(paper) == ["食堂", "操场"]
    assert [read.department for read in paper.forms] == ["某县教育局", "某县教育局"]
    assert [str(read.stated_total) for read in paper.forms] == ["72.5", "72.5"]


FIRST_PAGE = """
项目名称 | 食堂 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 改造食堂数量 | 2处 | 1处 | 50 | 25
"""
NEXT_PAGE = """
 | | 改造面积 | 300平方米 | 150平方米 | 20 | 10
 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30
总分 | < | < | < | < | 100 | 65
"""


@pytest.mark.parametrize("header", ["", HEADER])
@pytest.mark.parametrize("between", [(), ("续表",), ("项目支出绩效自评表（续）",)])
def test_a_form_over_two_pages_is_one_form(header: str, between: tuple[str, ...]) -> None:
    paper = read(sketch(FIRST_PAGE, above=TITLE), sketch(f"{header}\n{NEXT_PAGE}", above=between))

    (read_form,) = paper.forms
    assert [row.level1 for row in read_form.indicators] == ["产出指标"] * 3
    assert [row.level2 for row in read_form.indicators] == ["数量指标", "数量指标", "质量指标"]
    assert str(read_form.stated_total) == "65"


def test_a_form_that_goes_on_in_other_columns_is_one_form() -> None:
    narrow = sketch("改进措施 | 加快进度\n自评等级 | 良")

    (read_form,) = read(form("食堂"), narrow).forms

    assert read_form.stated_grade == "良"


def test_places_on_the_second_page_are_those_of_its_own_table() -> None:
    first, second = sketch(FIRST_PAGE, above=TITLE), sketch(NEXT_PAGE)

    (read_form,) = read(first, second).forms

    assert [(row.where.table, row.where.row) for row in read_form.indicators] == [
        (1, 3), (2, 1), (2, 2),
    ]  # fmt: skip


def test_tables_of_a_web_site_around_the_form_are_no_forms() -> None:
    navigation = sketch(
        "索引号： | 123 | 信息分类： | 绩效自评\n发布机构： | 某县财政局 | 发布日期： | "
    )
    budget = sketch("科目名称 | 年初预算数 | 决算数\n教育支出 | 100 | 90\n合计 | 100 | 90")

    paper = read(navigation, form("食堂"), replace(budget, above=("收入支出决算总表",)))

    assert projects(paper) == ["食堂"]


def test_a_document_without_a_form_says_so() -> None:
    paper = read(sketch("姓名 | 电话\n某人 | 无"))

    assert paper.forms == ()
    assert [problem.what.text for problem in paper.problems] == [
        "文件里没有找到绩效自评表、绩效目标表或绩效监控表"
    ]


def test_a_document_without_any_table_says_so() -> None:
    text = Paragraph(text="2023年度项目支出绩效自评表")

    paper = read_document(Document(name="text", kind="pdf", blocks=(text,)))

    assert [problem.what.text for problem in paper.problems] == ["文件里没有表格"]


def test_a_document_without_any_text_is_taken_for_a_scan() -> None:
    paper = read_document(Document(name="scan", kind="pdf"))

    assert [problem.what.text for problem in paper.problems] == ["文件里没有文字"]


def test_a_form_read_in_part_says_which_part_is_missing() -> None:
    (read_form,) = (
        paper := read(sketch(f"{HEADER}\n产出指标 | 数量指标 | 某 | 1 | 1 | 十 | 9"))
    ).forms

    assert read_form.indicators[0].weight is None
    assert [(problem.what.text, problem.where.row) for problem in paper.problems] == [
        ("这里应当是分数，“{text}”不是数字", 2),
        ("没有找到项目名称", None),
        ("没有找到资金部分", None),
    ]


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    tables = as_document(form("食堂")).blocks
    hidden = tuple(
        replace(b, sheet="旧表", hidden=True) if isinstance(b, Table) else b for b in tables
    )

    paper = read_document(Document(name="book", kind="xlsx", blocks=hidden))

    assert paper.forms == ()
    assert paper.problems[0].what.values == {"sheet": "旧表"}


def test_a_table_of_many_rows_is_read_as_far_as_a_form_may_reach() -> None:
    long = sketch(FIRST_PAGE + "产出指标 | 数量指标 | 某 | 1 | 1 | 1 | 1\n" * 6_000, above=TITLE)

    paper = read(long)

    assert len(paper.forms[0].indicators) < 5_000
    assert paper.problems[0].what.text == "表格太长，只读了前 {rows} 行"


def test_the_year_is_the_one_nearest_to_the_form() -> None:
    old = Paragraph(text="2021年度部门决算公开说明")
    document = as_document(form("食堂"), form("操场", above=("项目支出绩效自评表", "2022年度")))

    paper = read_document(replace(document, blocks=(old, *document.blocks)))

    assert [read.fiscal_year for read in paper.forms] == [2023, 2022]


def test_a_word_file_reads_like_its_drawing() -> None:
    paper = read_document(open_document("two.docx", as_docx(form("食堂"), form("操场"))))

    assert projects(paper) == ["食堂", "操场"]
