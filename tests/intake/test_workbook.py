"""Worksheets as a reader sees them, from workbooks that are made here part by part."""

import zipfile
from io import BytesIO

import pytest

from gongzhi.core.terms import Where
from gongzhi.intake.document import Cell, Contents, Table
from gongzhi.intake.package import TooMuch
from gongzhi.intake.workbook import position, read_workbook

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = """<numFmts><numFmt numFmtId="164" formatCode="0.00&quot;万元&quot;"/></numFmts><cellXfs>
<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="4"/><xf numFmtId="164"/><xf numFmtId="31"/>
</cellXfs>"""


def workbook(
    sheet: str, *, strings: str = "", state: str = "visible", namespace: str = SPREADSHEET
) -> bytes:
    """A workbook with one sheet of this XML."""

    def part(root: str, inside: str) -> str:
        return f'<{root} xmlns="{namespace}" xmlns:r="{RELATIONS}">{inside}</{root}>'

    targets = {"worksheet": "sheet1", "styles": "styles", "sharedStrings": "strings"}
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{target}.xml"/>'
        for kind, target in targets.items()
    )
    parts = {
        "xl/workbook.xml": part(
            "workbook",
            f'<sheets><sheet name="表一" sheetId="1" state="{state}" r:id="worksheet"/></sheets>',
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE_RELATIONS}">{relations}</Relationships>'
        ),
        "xl/sheet1.xml": part("worksheet", sheet),
        "xl/styles.xml": part("styleSheet", STYLES),
        "xl/strings.xml": part("sst", strings),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def table_of(content: bytes) -> Table:
    [table] = read_workbook(content).blocks
    assert isinstance(table, Table)
    return table


def rows(inside: str) -> str:
    return f"<sheetData>{inside}</sheetData>"


def shown_as(cell: str) -> list[str]:
    return [one.text for one in table_of(workbook(rows(f'<row r="1">{cell}</row>'))).cells]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" s="1"><v>0.86</v></c>', "86%"),
        ('<c r="A1" s="2"><v>1234567.5</v></c>', "1,234,567.50"),
        ('<c r="A1" s="3"><v>12.345</v></c>', "12.35万元"),
        ('<c r="A1" s="4"><v>44927</v></c>', "2023年1月1日"),
        ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="A1"><v>38.766462</v></c>', "38.766462"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="str"><f>B1</f><v>合格</v></c>', "合格"),
        ('<c r="A1"><f>SUM(B1:B9)</f><v>98</v></c>', "98"),
        ('<c r="A1" t="inlineStr"><is><t>=cmd|calc</t></is></c>', "=cmd|calc"),
        ('<c r="A1" t="inlineStr"><is><r><t>满</t></r><r><t>意</t></r></is></c>', "满意"),
        ('<c r="A1" t="inlineStr"><is><t>一_x000A_级</t></is></c>', "一\n级"),
        ('<c r="A1"><v>未完成</v></c>', "未完成"),
    ],
)
def test_a_cell_is_read_as_it_is_displayed(cell: str, text: str) -> None:
    assert shown_as(cell) == [text]


def test_shared_strings_leave_out_their_readings() -> None:
    strings = "<si><t>东京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh></si>"
    content = workbook(rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=strings)

    assert [cell.text for cell in table_of(content).cells] == ["东京"]


def test_cells_without_references_follow_one_another() -> None:
    content = workbook(rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))

    places = [(cell.row, cell.column, cell.text) for cell in table_of(content).cells]
    assert places == [(0, 0, "1"), (0, 1, "2"), (1, 0, "3")]


def test_a_merged_range_stands_once_and_ends_with_the_sheet() -> None:
    content = workbook(
        rows('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row>'
             '<row r="2"><c r="C2"><v>2</v></c></row>')
        + '<mergeCells><mergeCell ref="A1:B1048576"/></mergeCells>'
    )  # fmt: skip

    assert table_of(content).cells == (
        Cell(row=0, column=0, text="1", row_span=2, column_span=2),
        Cell(row=1, column=2, text="2"),
    )


def test_hidden_rows_columns_and_sheets_are_reported_and_read() -> None:
    sheet = '<cols><col min="2" max="2" hidden="1"/></cols>' + rows(
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    )

    table = table_of(workbook(sheet, state="hidden"))

    assert (table.hidden_rows, table.hidden_columns, table.hidden) == ({0}, {1}, True)
    assert [cell.text for cell in table.cells] == ["1", "2"]


def test_rows_that_are_hidden_down_to_the_last_one_are_no_far_cells() -> None:
    content = workbook(
        rows('<row r="1"><c r="A1"><v>1</v></c></row>'
             '<row r="1048576" hidden="1"><c r="XFD1048576" s="1"/></row>')
    )  # fmt: skip

    assert [cell.text for cell in table_of(content).cells] == ["1"]


@pytest.mark.parametrize(
    ("reference", "of"), [("A1048576", "rows"), ("XFD1", "columns"), ("XFD1048576", "rows")]
)
def test_s41_a_far_cell_is_named(reference: str, of: str) -> None:
    row, column = position(reference) or (0, 0)
    content = workbook(rows(f'<row><c r="{reference}"><v>1</v></c></row>'))

    with pytest.raises(TooMuch) as stopped:
        read_workbook(content)

    assert stopped.value.of == of
    assert stopped.value.where == Where(sheet="表一", row=row + 1, column=column + 1)


def test_s41_merged_ranges_that_cover_everything_are_too_much() -> None:
    ranges = "".join(f'<mergeCell ref="A{n}:ALL100000"/>' for n in range(1, 5))
    content = workbook(
        rows('<row r="99999"><c r="ALL99999"><v>1</v></c></row>')
        + f"<mergeCells>{ranges}</mergeCells>"
    )

    with pytest.raises(TooMuch):
        read_workbook(content)


def test_a_formula_without_a_stored_result_is_a_problem_with_its_place() -> None:
    contents: Contents = read_workbook(
        workbook(rows('<row r="3"><c r="B3"><f>SUM(A1:A2)</f></c></row>'))
    )

    [problem] = contents.problems
    assert problem.where == Where(sheet="表一", row=3, column=2)


def test_headers_and_footers_are_read_apart() -> None:
    sheet = (
        rows("") + "<headerFooter><oddHeader>&amp;L机密★5年&amp;R&amp;P</oddHeader></headerFooter>"
    )

    assert [line.text for line in read_workbook(workbook(sheet)).outside] == ["机密★5年"]


def test_the_strict_kind_of_workbook_is_read_too() -> None:
    content = workbook(rows('<row r="1"><c r="A1"><v>1</v></c></row>'), namespace=STRICT)

    assert [cell.text for cell in table_of(content).cells] == ["1"]


@pytest.mark.parametrize(
    ("reference", "place"),
    [("A1", (0, 0)), ("$C$12", (11, 2)), ("AA1", (0, 26)), ("XFD1048576", (1048575, 16383))],
)
def test_references_count_as_spreadsheets_do(reference: str, place: tuple[int, int]) -> None:
    assert position(reference) == place


@pytest.mark.parametrize("reference", ["", "1", "A", "A0x", "AAAA1", "Sheet1!A1"])
def test_what_is_no_reference_is_no_place(reference: str) -> None:
    assert position(reference) is None
