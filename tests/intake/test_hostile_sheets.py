"""Workbooks and documents that are valid and made to hurt: each is a sentence, and we live on."""

import zipfile
from io import BytesIO

import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx, sample_xlsx
from gongzhi.papers.reading import read_file
from gongzhi.words import say

SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def changed(content: bytes, parts: dict[str, str]) -> bytes:
    """A copy of an office file with other parts."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name) or old.read(name))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


def sheet(rows: str, after: str = "") -> bytes:
    xml = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return changed(sample_xlsx(sample_form("008")), {SHEET: xml})


def told(name: str, content: bytes) -> list[str]:
    paper = read_file(name, content)
    assert paper.forms == ()
    return [say(problem.what, "zh") for problem in paper.problems]


def number(value: int, reference: str) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def test_s41_a_cell_at_the_far_end_is_answered_with_the_limit_on_rows() -> None:
    far = f'<row r="1048576">{number(1, "XFD1048576")}</row>'

    assert told("far.xlsx", sheet(far)) == ["工作表的行超过 100000 行"]


def test_s41_too_many_columns_are_answered_with_the_limit_on_columns() -> None:
    wide = f'<row r="1">{number(1, "XFD1")}</row>'

    assert told("wide.xlsx", sheet(wide)) == ["表格的列超过 1000 列"]


def test_s41_a_million_merged_cells_are_answered_with_their_limit() -> None:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_001))
    content = sheet('<row r="1"></row>', f"<mergeCells>{ranges}</mergeCells>")

    assert told("merged.xlsx", content) == ["合并的单元格超过 20000 处"]


def test_s41_ten_thousand_sheets_are_answered_with_their_limit() -> None:
    entries = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 10_001))
    book = (
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships"><sheets>{entries}</sheets></workbook>'
    )
    content = changed(sample_xlsx(sample_form("008")), {"xl/workbook.xml": book})

    assert told("sheets.xlsx", content) == ["工作表超过 500 张"]


def test_s41_a_hundred_thousand_styles_hurt_nobody() -> None:
    looks = '<xf numFmtId="0"/>' * 100_000
    styles = f'<styleSheet xmlns="{SPREADSHEET}"><cellXfs>{looks}</cellXfs></styleSheet>'
    content = changed(sample_xlsx(sample_form("008")), {"xl/styles.xml": styles})

    assert len(read_file("styles.xlsx", content).forms) == 1


ENTITIES = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("declared", [ENTITIES, LAUGHS])
def test_s43_a_document_with_entities_is_refused_and_nothing_leaks(declared: str) -> None:
    word = sample_docx(sample_form("008"))
    with zipfile.ZipFile(BytesIO(word)) as archive:
        xml = archive.read("word/document.xml").decode()
    head, _, body = xml.partition("?>")
    content = changed(word, {"word/document.xml": f"{head}?>{declared}{body}"})

    assert told("xxe.docx", content) == ["文件里夹带了文档类型声明（DOCTYPE），办公软件不会这样写"]


@pytest.mark.parametrize("declared", [ENTITIES, LAUGHS])
def test_s43_a_workbook_with_entities_is_refused(declared: str) -> None:
    xml = (
        f'<?xml version="1.0"?>{declared}<worksheet xmlns="{SPREADSHEET}"><sheetData/></worksheet>'
    )
    content = changed(sample_xlsx(sample_form("008")), {SHEET: xml})

    assert told("xxe.xlsx", content) == ["文件里夹带了文档类型声明（DOCTYPE），办公软件不会这样写"]


def test_s41_after_all_of_them_an_honest_file_is_read() -> None:
    far = f'<row r="1048576">{number(1, "XFD1048576")}</row>'
    for _ in range(3):
        read_file("far.xlsx", sheet(far))

    assert len(read_file("a.docx", sample_docx(sample_form("008"))).forms) == 1
