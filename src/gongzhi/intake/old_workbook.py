"""xls → tables: the same as of an xlsx, by way of xlrd."""

from io import StringIO

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.sheet import Cell as StoredCell
from xlrd.sheet import Sheet

from gongzhi.intake.document import Contents, Table
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.merging import merged
from gongzhi.intake.number_formats import shown
from gongzhi.intake.package import TooMuch

__all__ = ["XLRDError", "read_old_workbook"]


def read_old_workbook(content: bytes) -> Contents:
    """The sheets in the order of the workbook."""
    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=StringIO())
    if book.nsheets > LIMITS.sheets_max:
        raise TooMuch("sheets")
    tables = tuple(
        _table(book, book.sheet_by_index(number), number=number + 1)
        for number in range(book.nsheets)
    )
    return Contents(blocks=tables)


def _table(book: xlrd.Book, sheet: Sheet, *, number: int) -> Table:
    if sheet.ncols > LIMITS.sheet_columns_max:
        raise TooMuch("columns")
    cells = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            text = _displayed(book, sheet.cell(row, column))
            if text:
                cells[row, column] = text
    ranges = [(top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
    return Table(
        number=number,
        sheet=sheet.name,
        cells=merged(cells, ranges),
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(row for row, look in sheet.rowinfo_map.items() if look.hidden),
        hidden_columns=frozenset(one for one, look in sheet.colinfo_map.items() if look.hidden),
    )


def _displayed(book: xlrd.Book, cell: StoredCell) -> str:
    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        code = form.format_str if form else "General"
        return shown(cell.value, code, since_1904=bool(book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(error_text_from_code.get(cell.value, ""))
    return str(cell.value)
