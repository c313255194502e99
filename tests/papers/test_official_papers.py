"""Goal declarations and monitoring sheets: what is written reads back equal, in Word and Excel."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import openpyxl
import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings

from gongzhi.core.official import (
    DeclaredIndicator,
)
from gongzhi.core.self_evaluating import (
    MainTask,
    main_tasks,
)
from gongzhi.core.terms import FormType, Where
from gongzhi.intake.opening import open_document
from gongzhi.papers.forms import (
    GOAL_DECLARATION,
    MEETING_MINUTES,
    MONITORING_SHEET,
    PAPERS,
    RECTIFICATION_NOTICE,
    RECTIFICATION_REPORT,
    RESULT_LETTER,
    SCORE_SHEET,
    SELF_EVALUATION,
    WHOLE_EVALUATION,
    WHOLE_GOALS,
    as_docx,
    as_pdf,
    as_xlsx,
)
from gongzhi.papers.receiving import found_in, receive
from papers.official_samples import ROAD, SCORED, VALUES, WATCHED, WHOLE
from papers.official_values import (
    as_kept,
    declarations,
    letters,
    minutes,
    reports,
    score_papers,
    self_evaluations,
    sheets,
    wholes,
)

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
WRITERS = {"docx": as_docx, "xlsx": as_xlsx}


def read_back(paper, content, ending):
    """The values in a file, read in this process."""
    found, rest = found_in(open_document(f"表.{ending}", content), paper)
    assert rest == []
    assert [each.problems for each in found] == [()] * len(found)
    return [each.value for each in found]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=declarations)
def test_s44_a_declaration_reads_back_equal(ending, value):
    written = WRITERS[ending](GOAL_DECLARATION, [value])
    assert read_back(GOAL_DECLARATION, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=sheets)
def test_s44_a_monitoring_sheet_reads_back_equal(ending, value):
    written = WRITERS[ending](MONITORING_SHEET, [value])
    assert read_back(MONITORING_SHEET, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=self_evaluations)
def test_s44_a_self_evaluation_reads_back_equal(ending, value):
    written = WRITERS[ending](SELF_EVALUATION, [value])
    assert read_back(SELF_EVALUATION, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=score_papers)
def test_s44_a_score_sheet_reads_back_equal(ending, value):
    written = WRITERS[ending](SCORE_SHEET, [value])
    assert read_back(SCORE_SHEET, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("paper", [RESULT_LETTER, RECTIFICATION_NOTICE])
@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=letters)
def test_s44_a_letter_of_a_result_reads_back_equal(ending, paper, value):
    written = WRITERS[ending](paper, [value])
    assert read_back(paper, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=reports)
def test_s44_a_report_on_what_was_put_right_reads_back_equal(ending, value):
    written = WRITERS[ending](RECTIFICATION_REPORT, [value])
    assert read_back(RECTIFICATION_REPORT, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=minutes)
def test_s44_the_minutes_of_a_meeting_read_back_equal(ending, value):
    written = WRITERS[ending](MEETING_MINUTES, [value])
    assert read_back(MEETING_MINUTES, written, ending) == [as_kept(value)]


@pytest.mark.parametrize("ending", WRITERS)
@SLOW
@given(value=wholes)
def test_s44_what_a_unit_states_of_its_whole_reads_back_equal(ending, value):
    written = WRITERS[ending](WHOLE_EVALUATION, [value])
    assert read_back(WHOLE_EVALUATION, written, ending) == [as_kept(value)]
    promised = as_kept(value.promised())
    written = WRITERS[ending](WHOLE_GOALS, [value])
    assert read_back(WHOLE_GOALS, written, ending) == [promised]


def test_tasks_that_the_form_has_no_row_for_are_summed_up_in_its_last():
    tasks = [MainTask(name=str(n), budget=Decimal(n), paid=Decimal(1)) for n in range(1, 12)]
    told = main_tasks(tasks)
    assert [task.name for task in told] == ["11", "10", "9", "8", "7", "6", "5", "其余 4 个项目"]
    assert told[-1].budget == Decimal(1 + 2 + 3 + 4)
    assert sum(task.paid for task in told) == Decimal(11)


def test_a_whole_form_is_of_a_unit_and_goals_state_no_results():
    form = WHOLE.as_form(FormType.GOAL_DEPARTMENT)
    assert (form.project, form.department) == (None, "公路管理中心")
    assert [(line.actual_text, line.score) for line in form.indicators] == [(None, None)]
    assert WHOLE.as_form(FormType.SELF_EVALUATION_DEPARTMENT).stated_total == Decimal(98)


def test_what_is_no_score_sheet_is_told_without_a_guess():
    received = receive(SCORE_SHEET, name="x.xlsx", content=as_xlsx(GOAL_DECLARATION, [ROAD]))
    assert received.papers == ()
    assert [each.what.text for each in received.problems] == ["工作表“{sheet}”不是《{title}》"]


def test_a_bad_cell_of_a_score_sheet_is_told_by_its_place_and_the_rest_is_kept():
    book = openpyxl.load_workbook(BytesIO(as_xlsx(SCORE_SHEET, [SCORED])))
    book.active.cell(7, 8).value = "三分半"
    out = BytesIO()
    book.save(out)
    (read,) = receive(SCORE_SHEET, name="x.xlsx", content=out.getvalue()).papers
    assert [each.where for each in read.problems] == [
        Where(sheet="1 农村公路建设", row=7, column=8)
    ]
    assert read.value.lines[0] == replace(SCORED.lines[0], points=None)


def test_s44_text_that_looks_like_a_formula_stays_text():
    book = openpyxl.load_workbook(BytesIO(as_xlsx(GOAL_DECLARATION, [ROAD])))
    cell = next(cell for row in book.active for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_s38_a_paper_sets_text_and_never_runs_it():
    told = '#set page(fill: red) $x$ *fett* {{7*7}} \\ #read("/etc/passwd")'
    with pdfplumber.open(BytesIO(as_pdf(GOAL_DECLARATION, [replace(ROAD, goal=told)]))) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    assert told.replace(" ", "") in text.replace(" ", "")


def test_money_is_shown_in_ten_thousand_yuan_with_every_digit():
    book = openpyxl.load_workbook(BytesIO(as_xlsx(GOAL_DECLARATION, [ROAD])))
    cell = next(cell for row in book.active for cell in row if cell.value == 4123.456789)
    assert cell.number_format == "#,##0.000000"


def test_money_with_more_digits_than_a_number_of_a_workbook_holds_is_kept():
    huge = replace(ROAD, annual=replace(ROAD.annual, total=Decimal("9999999999999999.99")))
    assert read_back(GOAL_DECLARATION, as_xlsx(GOAL_DECLARATION, [huge]), "xlsx") == [huge]


def test_the_rate_is_computed_and_never_typed():
    with pdfplumber.open(BytesIO(as_pdf(MONITORING_SHEET, [WATCHED]))) as pdf:
        assert "25.00%" in pdf.pages[0].extract_text()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout.title)
def test_every_paper_is_set_on_a4_in_chinese_with_its_own_type_face(paper):
    with pdfplumber.open(BytesIO(as_pdf(paper, [VALUES[paper]]))) as pdf:
        page = pdf.pages[0]
        sides = sorted((round(page.width), round(page.height)))
        assert sides == [595, 842]
        assert paper.layout.title in page.extract_text()
        assert {char["fontname"].partition("+")[2] for char in page.chars} == {
            "NotoSansCJKsc-Regular"
        }


def test_the_head_of_the_lines_stands_on_every_page_and_pages_are_counted():
    many = replace(ROAD, indicators=ROAD.indicators * 60)
    with pdfplumber.open(BytesIO(as_pdf(GOAL_DECLARATION, [many]))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 1
    assert all("三级指标" in text for text in texts)
    assert f"第 2 页 共 {len(texts)} 页" in texts[1].replace("\u3000", " ")
    word = zipfile.ZipFile(BytesIO(as_docx(GOAL_DECLARATION, [many])))
    assert b"w:tblHeader" in word.read("word/document.xml")
    assert b"NUMPAGES" in word.read("word/footer1.xml")
    book = openpyxl.load_workbook(BytesIO(as_xlsx(GOAL_DECLARATION, [many])))
    assert book.active.print_title_rows == "$13:$13"
    assert book.active.cell(13, 3).value == "三级指标"


def test_equal_papers_are_equal_bytes():
    for write in (as_docx, as_xlsx, as_pdf):
        assert write(GOAL_DECLARATION, [ROAD]) == write(GOAL_DECLARATION, [ROAD])


def test_thirty_projects_stand_in_one_workbook_and_come_back():
    thirty = [replace(ROAD, project=f"项目[{number}]/建设") for number in range(30)]
    content = as_xlsx(GOAL_DECLARATION, thirty)
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames[:2] == ["目录", "1 项目_0__建设"]
    received = receive(GOAL_DECLARATION, name="三十.xlsx", content=content)
    assert list(received.good) == thirty
    assert received.all_problems == ()


def test_a_bad_sheet_is_named_and_the_good_ones_are_kept():
    thirty = [replace(ROAD, project=f"项目{number}") for number in range(3)]
    book = openpyxl.load_workbook(BytesIO(as_xlsx(GOAL_DECLARATION, thirty)))
    book["2 项目1"].cell(8, 5).value = "约四千万"
    book["3 项目2"].cell(2, 1).value = "别的"
    book["3 项目2"].delete_rows(3, 40)
    out = BytesIO()
    book.save(out)
    received = receive(GOAL_DECLARATION, name="三.xlsx", content=out.getvalue())
    assert [value.project for value in received.good] == ["项目0"]
    places = [problem.where for problem in received.all_problems]
    assert Where(sheet="2 项目1", row=8, column=5) in places
    assert "3 项目2" in {where.sheet for where in places}


def test_rows_that_somebody_adds_belong_to_the_heading_above():
    book = openpyxl.load_workbook(BytesIO(as_xlsx(GOAL_DECLARATION, [ROAD])))
    book.active.append([None, None, "新增一行", None, "≥1个", 5])
    out = BytesIO()
    book.save(out)
    (value,) = receive(GOAL_DECLARATION, name="表.xlsx", content=out.getvalue()).good
    assert value.indicators[-1] == DeclaredIndicator(
        level1="产出指标", level2="数量指标", name="新增一行", annual="≥1个", weight=Decimal(5)
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 100])
def test_what_is_no_paper_is_told(content):
    received = receive(GOAL_DECLARATION, name="x.docx", content=content)
    assert received.papers == ()
    assert received.problems


def test_a_text_longer_than_a_cell_holds_is_cut_for_all_to_see():
    long = replace(ROAD, goal="长" * 40_000)
    received = receive(GOAL_DECLARATION, name="x.xlsx", content=as_xlsx(GOAL_DECLARATION, [long]))
    assert received.good == ()
    assert len(received.all_problems) == 1
    assert read_back(GOAL_DECLARATION, as_docx(GOAL_DECLARATION, [long]), "docx") == [long]
