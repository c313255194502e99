"""Files as other systems export them, made for tests."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from xlsxwriter import Workbook

from gongzhi.connectors.importing import Importing, nothing_known
from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.summing import Import, Mode
from gongzhi.core.facts import Fact
from gongzhi.core.terms import Problem
from gongzhi.intake.listing import Listing

HEADER = ("支付编号", "项目代码", "支付日期", "支付金额", "收款人", "用途")
FIELDS = ("number", "project", "paid_on", "amount", "payee", "purpose")
PAYMENTS = Mapping(
    facts=(
        FactFrom(
            kind="payment",
            fields={
                name: FieldFrom(columns=(column,))
                for name, column in zip(FIELDS, HEADER, strict=True)
            },
        ),
    )
)
GOOD = ("ZF-1", "P-1", "2026-03-05", "100.00", "云河一建", "工程款")


def row(nth: int, /, **cells: str) -> tuple[str, ...]:
    """A good payment with a number of its own, some of its cells as given."""
    good = dict(zip(FIELDS, GOOD, strict=True)) | {"number": f"ZF-{nth}"} | cells
    return tuple(good[name] for name in FIELDS)


def csv_of(
    rows: Iterable[Sequence[object]], *, header: Sequence[str] = HEADER, charset: str = "utf-8"
) -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode(charset)


def xlsx_of(rows: Iterable[Sequence[object]], *, sheet: str = "支付", at: int = 0) -> bytes:
    """A workbook with one sheet whose first row stands `at` rows down."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for down, cells in enumerate(rows, at):
            for across, value in enumerate(cells):
                if isinstance(value, datetime | date):
                    page.write_datetime(down, across, value, day)
                else:
                    page.write(down, across, value)
    return out.getvalue()


def opened(content: bytes, name: str = "支付.csv") -> Listing:
    """The file, which can be opened."""
    listing = open_source(name, content)
    assert isinstance(listing, Listing), listing
    return listing


def read(
    content: bytes, mapping: Mapping = PAYMENTS, *, mode: Mode = Mode.KEEP_GOOD, known=nothing_known
) -> tuple[list[Fact], Import]:
    """The facts of a file and what came of it."""
    importing = Importing(opened(content), [mapping], mode=mode, known=known)
    facts = [fact for batch in importing for fact in batch.facts]
    return facts, importing.result()


def told(problem: Problem) -> tuple[int | None, int | None, str]:
    """Row, column and what is wrong."""
    return problem.where.row, problem.where.column, problem.what.text
