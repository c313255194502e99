"""A mapping guessed from a header and some rows."""

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from connectors.files import csv_of, opened, read
from gongzhi.connectors.applying import first_rows
from gongzhi.connectors.guessing import guess_mapping
from gongzhi.connectors.trying import Wanted, try_file
from gongzhi.core.facts import PaymentFact
from gongzhi.words import say

# what systems of several places and languages call their columns
PAYMENTS = [
    ("支付凭证号,预算单位编码,项目编码,付款日期,金额（万元）,收款人全称,支出功能分类科目,摘要",
     "A1,301001,P1,2026年3月5日,1.5,云河一建,2050201-学前教育,工程款"),
    ("流水号;单位名称;记账日期;发生额;对方户名;备注",
     "A1;一中;20260305;15,000.00;云河一建;工程款"),
    ("Payment No,Department,Date paid,Amount paid,Supplier name,Description",
     "A1,Education,05-Mar-26,15000.00,Yunhe No. 1,works"),
    ("Número do pagamento;Unidade orçamentária;Data pagamento;Valor pago;Favorecido;Histórico",
     'A1;Educação;05/03/2026;15.000,00;Construtora;obra'),
    ("Número de pago;Dependencia;Fecha de pago;Importe pagado;Proveedor;Concepto",
     'A1;Educación;05/03/2026;15.000,00;Constructora;obra'),
]  # fmt: skip


@pytest.mark.parametrize(("header", "cells"), PAYMENTS, ids=["财政", "银行", "en", "pt", "es"])
def test_payments_of_five_kinds_of_systems_are_understood(header, cells):
    other = cells.replace("A1", "A2").replace("05/03", "25/03")
    content = "\n".join([header, cells, other]).encode()
    guess = guess_mapping(first_rows(opened(content).sheets[0]))
    assert guess is not None
    assert guess.complete
    facts, result = read(content, guess.mapping)
    assert result.problem_count == 0
    fact = facts[0]
    assert isinstance(fact, PaymentFact)
    assert (fact.number, fact.paid_on, fact.amount) == ("A1", date(2026, 3, 5), Decimal(15000))
    assert fact.payee
    assert fact.unit
    assert fact.purpose


@pytest.mark.parametrize(
    ("kind", "header", "cells"),
    [
        (
            "budget",
            "年度,预算单位,项目名称,年初预算数,全年预算数,全年执行数",
            "2026,一中,校舍,1,2,3",
        ),
        (
            "project",
            "项目代码,项目名称,实施单位,主管部门,开始日期,结束日期",
            "P,校舍,一中,教育,2026,2027",
        ),
        ("contract", "合同编号,合同名称,供应商,合同金额,签订日期", "H,校舍,一建,5,2026-01-01"),
        ("reading", "项目代码,指标名称,统计时期,实际完成值,计量单位", "P,公里数,2026-03,5,公里"),
        ("target", "项目代码,三级指标,年度,指标值,计量单位,权重", "P,公里数,2026,5,公里,10"),
        ("plan", "项目代码,年度,月份,用款计划", "P,2026,3,5"),
    ],
)
def test_every_kind_of_fact_is_told_from_the_others(kind, header, cells):
    guess = guess_mapping(first_rows(opened(f"{header}\n{cells}\n".encode()).sheets[0]))
    assert guess is not None
    assert (guess.mapping.facts[0].kind, guess.complete) == (kind, True)


def test_a_column_of_words_is_no_amount_whatever_it_is_called():
    content = csv_of(
        [("A", "2026-01-01", "见附件", "5.00")],
        header=("支付编号", "支付日期", "支付金额", "实付金额"),
    )
    guess = guess_mapping(first_rows(opened(content).sheets[0]))
    assert guess is not None
    assert guess.mapping.facts[0].fields["amount"].columns == ("实付金额",)


def test_a_number_that_comes_back_is_a_documents():
    rows = [("A", "2026-01-01", n) for n in range(3)]
    guess = guess_mapping(
        first_rows(opened(csv_of(rows, header=("支付编号", "支付日期", "支付金额"))).sheets[0])
    )
    assert guess is not None
    assert guess.mapping.facts[0].lines


@pytest.mark.parametrize(("day", "order"), [("13/02/2026", "dmy"), ("02/13/2026", "mdy")])
def test_the_order_of_day_and_month_is_seen_where_it_shows(day, order):
    content = csv_of([("A", day, 1)], header=("支付编号", "支付日期", "支付金额"))
    guess = guess_mapping(first_rows(opened(content).sheets[0]))
    assert guess is not None
    assert guess.mapping.order == order
    assert not guess.doubts


def test_an_order_that_does_not_show_is_a_doubt():
    content = csv_of([("A", "02/03/2026", 1)], header=("支付编号", "支付日期", "支付金额"))
    guess = guess_mapping(first_rows(opened(content).sheets[0]))
    assert guess is not None
    assert [say(doubt.what, "en") for doubt in guess.doubts] == [
        "dates don't show whether day or month comes first; read as day first"
    ]


CELLS = ["支付编号", "金额", "日期", "年度", "1", "", "x"]


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(CELLS), max_size=5), max_size=5))
def test_any_rows_are_guessed_at_or_not(rows):
    guess = guess_mapping(list(enumerate(rows, 1)))
    assert guess is None or guess.mapping.facts


def book_of(sheets) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
    return out.getvalue()


HEADER = ("支付编号", "支付日期", "支付金额", "收款人")


def test_every_sheet_that_is_written_alike_is_read():
    content = book_of({
        "1月": [HEADER, ("A1", "2026-01-05", 1.5, "甲")],
        "2月": [HEADER, ("A2", "2026-02-05", 2.5, "乙")],
        "说明": [("本表由各单位填报",)],
        "Sheet4": [],
    })  # fmt: skip

    tried = try_file("支付.xlsx", content, Wanted())

    assert [each.amount for each in tried.examples] == [Decimal("1.5"), Decimal("2.5")]
    assert tried.guess is not None
    assert [doubt.where.sheet for doubt in tried.guess.doubts] == ["说明"]


def test_a_sheet_in_another_unit_of_money_is_not_read_with_the_first_ones():
    content = book_of({
        "上半年": [HEADER, ("A1", "2026-01-05", 15000, "甲"), ("A3", "2026-01-06", 15000, "甲")],
        "下半年": [("单位：万元",), HEADER, ("A2", "2026-07-05", 1.5, "乙")],
    })  # fmt: skip

    tried = try_file("支付.xlsx", content, Wanted())

    assert tried.result is not None
    assert tried.result.total in (Decimal(30000), Decimal(15000))
    assert tried.guess is not None
    assert "这张工作表没有读取：它的写法和读取的那张不同" in [
        doubt.what.text for doubt in tried.guess.doubts
    ]
