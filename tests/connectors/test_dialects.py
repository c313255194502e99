"""A table is the same table in whatever dialect a system writes it; what is doubtful is said."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.binary_workbook import xlsb_of
from connectors.files import opened, xlsx_of
from gongzhi.connectors.importing import Importing
from gongzhi.connectors.summing import Mode
from gongzhi.connectors.trying import Wanted, mappings_for, try_file
from gongzhi.core.facts import PaymentFact

HEADER = ("Payment No", "Department", "Date paid", "Amount paid", "Supplier name", "Description")
CHINESE = ("支付凭证号", "预算单位", "付款日期", "金额", "收款人", "摘要")
DAYS = {
    "ymd": "%Y-%m-%d",
    "slashes": "%Y/%m/%d",
    "compact": "%Y%m%d",
    "dmy": "%d/%m/%Y",
    "dots": "%d.%m.%Y",
    "mdy": "%m/%d/%Y",
    "named": "%d-%b-%Y",
    "chinese": "%Y年%m月%d日",
}


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a system writes a table."""

    charset: str = "utf-8"
    delimiter: str = ","
    mark: str = "."
    groups: bool = False
    negative: str = "minus"
    days: str = "ymd"
    titles: int = 0
    total: bool = False
    chinese: bool = False
    newline: str = "\n"

    def figure(self, amount: Decimal) -> str:
        text = f"{abs(amount):,.2f}" if self.groups else f"{abs(amount):.2f}"
        if self.mark == ",":
            text = text.translate(str.maketrans({",": ".", ".": ","}))
        if amount >= 0:
            return text
        return {"minus": f"-{text}", "brackets": f"({text})", "behind": f"{text}-"}[self.negative]

    def rows(self, payments: Sequence[PaymentFact]) -> list[list[str]]:
        width = len(HEADER)
        above = [["各单位支付明细"] + [""] * (width - 1)] * self.titles
        below = [["合计", "", "", self.figure(sum(each.amount for each in payments)), "", ""]]
        return [
            *above,
            list(CHINESE if self.chinese else HEADER),
            *(
                [
                    each.number,
                    each.unit,
                    each.paid_on.strftime(DAYS[self.days]),
                    self.figure(each.amount),
                    each.payee,
                    each.purpose,
                ]
                for each in payments
            ),
            *(below if self.total else []),
        ]

    def written(self, payments: Sequence[PaymentFact]) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator=self.newline)
        writer.writerows(self.rows(payments))
        return out.getvalue().encode(self.charset)


WORDS = st.text("abcdefghijklmnopqrstuvwxyz ,;\"'\n", min_size=1, max_size=12).map(
    lambda text: f"x{' '.join(text.split())}y"
)
UNIVERSAL = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]
PAYMENTS = st.lists(
    st.tuples(
        st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        st.decimals(-(10**9), 10**9, places=2).filter(bool),
        WORDS,
        WORDS,
    ),
    min_size=2,
    max_size=8,
)
DIALECTS = st.builds(
    Dialect,
    charset=st.sampled_from(UNIVERSAL),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    mark=st.sampled_from([".", ","]),
    groups=st.booleans(),
    negative=st.sampled_from(["minus", "brackets", "behind"]),
    days=st.sampled_from(sorted(DAYS)),
    titles=st.integers(0, 3),
    total=st.booleans(),
    chinese=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
)


def facts_of(rows) -> list[PaymentFact]:
    """Payments with numbers of their own; one of them settles which figure is the day."""
    found = [
        PaymentFact(f"A{nth}", "", "Roads", day, amount, payee=payee, purpose=purpose)
        for nth, (day, amount, payee, purpose) in enumerate(rows, start=1)
    ]
    settles = PaymentFact("A0", "", "Roads", date(2026, 3, 25), Decimal("1234.50"), payee="zz")
    return [settles, *found]


def read(content: bytes) -> list[tuple[object, ...]]:
    listing = opened(content)
    mappings, _ = mappings_for(listing, Wanted())
    assert mappings
    importing = Importing(listing, mappings, mode=Mode.WHOLE)
    facts = [fact for batch in importing for fact in batch.facts]
    assert importing.result().problem_count == 0, importing.result().problems
    return [said(fact) for fact in facts]


def said(fact: PaymentFact) -> tuple[object, ...]:
    return fact.number, fact.unit, fact.paid_on, fact.amount, fact.payee, fact.purpose


@settings(max_examples=60)
@given(PAYMENTS, DIALECTS)
@example([(date(2026, 1, 2), Decimal("-0.05"), "xay", "x;y")] * 2, Dialect(delimiter=";", mark=","))
def test_a_table_reads_the_same_in_every_dialect(rows, dialect):
    payments = facts_of(rows)

    assert read(dialect.written(payments)) == [said(each) for each in payments]


@settings(max_examples=10)
@given(PAYMENTS, DIALECTS)
def test_a_workbook_reads_as_its_text_does(rows, dialect):
    payments = facts_of(rows)

    assert read(xlsx_of(dialect.rows(payments))) == [said(each) for each in payments]


def test_letters_of_western_europe_are_read_in_their_old_charset():
    rows = [(date(2026, 5, 6), Decimal("10.00"), "Construções São João", "Água")]
    payments = facts_of(rows)

    content = Dialect(charset="cp1252", delimiter=";", mark=",", days="dmy").written(payments)

    assert read(content) == [said(each) for each in payments]


def test_two_letters_of_western_europe_beside_each_other_are_no_chinese_one():
    rows = [(date(2026, 5, 6), Decimal("10.00"), "Educação", "Execução da manutenção")] * 9
    payments = facts_of(rows)

    content = Dialect(charset="cp1252", delimiter=";", mark=",", days="dmy").written(payments)

    assert read(content) == [said(each) for each in payments]


@pytest.mark.parametrize("text", ["15.000", "15.0", "1.5E1", "15"])
def test_a_number_of_json_has_no_groups(text):
    content = f'[{{"Payment No": "A", "Date paid": "2026-03-05", "Amount paid": {text}}}]'

    tried = try_file("payments.json", content.encode(), Wanted())

    assert [each.amount for each in tried.examples] == [Decimal(15)]


def test_thousands_apart_by_points_are_told_from_decimals_by_the_column():
    rows = "A1;05/03/2026;15.000\nA2;25/03/2026;1.200.000\n"
    content = f"Payment No;Date paid;Amount paid\n{rows}".encode()

    tried = try_file("payments.csv", content, Wanted())

    assert [each.amount for each in tried.examples] == [Decimal(15000), Decimal(1200000)]


def test_where_nothing_tells_them_apart_no_amount_is_made_up():
    rows = "A1;05/03/2026;15.000\nA2;25/03/2026;12.50\n"
    content = f"Payment No;Date paid;Amount paid\n{rows}".encode()

    tried = try_file("payments.csv", content, Wanted(mode=Mode.KEEP_GOOD))

    assert [each.amount for each in tried.examples] == [Decimal("12.50")]
    assert tried.result is not None
    assert [one.what.text for one in tried.result.problems] == [
        "金额“{text}”看不出是千位分隔还是小数点"
    ]


@pytest.mark.parametrize("days", ["dmy", "mdy"])
def test_where_nobody_can_tell_the_day_from_the_month_it_is_said(days):
    payments = [
        PaymentFact("A1", "", "Roads", date(2026, 3, 4), Decimal(1), payee="x", purpose="y"),
        PaymentFact("A2", "", "Roads", date(2026, 5, 6), Decimal(2), payee="x", purpose="y"),
    ]

    tried = try_file("payments.csv", Dialect(days=days).written(payments), Wanted())

    assert tried.guess is not None
    assert "日期看不出是日在前还是月在前，按日在前读" in [d.what.text for d in tried.guess.doubts]


def test_who_says_the_order_of_a_day_is_not_told_of_another():
    payments = [
        PaymentFact("A1", "", "Roads", date(2026, 3, 4), Decimal(1), payee="x", purpose="y"),
        PaymentFact("A2", "", "Roads", date(2026, 5, 6), Decimal(2), payee="x", purpose="y"),
    ]

    tried = try_file("payments.csv", Dialect(days="mdy").written(payments), Wanted(order="mdy"))

    assert tried.guess is not None
    assert not tried.guess.any_order
    assert [doubt.what.text for doubt in tried.guess.doubts if "日期" in doubt.what.text] == []
    assert [each.paid_on for each in tried.examples] == [date(2026, 3, 4), date(2026, 5, 6)]


def test_payments_without_numbers_are_told_apart_by_what_they_say():
    content = (
        b"Payment Date,Amount,Organisational Unit,Beneficiary Name\n"
        b"2012-03-01,10.00,Roads,Acme\n2012-03-01,10.00,Roads,Acme\n2012-03-02,10.00,Roads,Acme\n"
    )

    tried = try_file("payments.csv", content, Wanted())

    assert tried.result is not None
    assert tried.result.facts == {"payment": 3}
    assert [doubt.where.row for doubt in tried.result.doubts] == [3]


PLAIN_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
FIGURE_CELL = '<table:table-cell office:value-type="float" office:value="{}"/>'
DAY_CELL = '<table:table-cell office:value-type="date" office:date-value="{}"/>'
REST = '<table:table-cell table:number-columns-repeated="16378"/>'
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)

MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods_of(rows: Sequence[str]) -> bytes:
    """An OpenDocument workbook, whose sheet is written out to its last row as LibreOffice does."""
    lines = "".join(f"<table:table-row>{row}{REST}</table:table-row>" for row in rows)
    empty = f'<table:table-row table:number-rows-repeated="1048570">{REST}</table:table-row>'
    sheet = f'<table:table table:name="Pagos">{lines}{empty}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {SPACES}>{body}'
            "</office:document-content>",
        )
    return out.getvalue()


def test_a_workbook_of_libreoffice_is_read():
    header = "".join(map(PLAIN_CELL.format, HEADER[:4]))
    cells = "".join(
        [
            PLAIN_CELL.format("A1"),
            PLAIN_CELL.format("Roads"),
            DAY_CELL.format("2024-03-05"),
            FIGURE_CELL.format("12.5"),
        ]
    )

    tried = try_file("pagos.ods", ods_of([header, cells]), Wanted())

    assert tried.result is not None
    assert tried.result.facts == {"payment": 1}
    assert said(tried.examples[0])[:4] == ("A1", "Roads", date(2024, 3, 5), Decimal("12.50"))


def test_a_binary_workbook_is_read():
    tried = try_file(
        "payments.xlsb", xlsb_of([HEADER[:4], ["A1", "Roads", "2024-03-05", 12.5]]), Wanted()
    )

    assert tried.result is not None, tried.problems
    assert tried.result.facts == {"payment": 1}
    assert said(tried.examples[0])[:4] == ("A1", "Roads", date(2024, 3, 5), Decimal("12.50"))


def test_a_workbook_that_repeats_a_cell_without_end_is_refused():
    endless = FIGURE_CELL.format("1").replace("/>", ' table:number-columns-repeated="16000"/>')

    tried = try_file("pagos.ods", ods_of([endless]), Wanted())

    assert tried.result is None
    assert tried.problems[0].what.text == "工作表的列超过 {limit} 列"
