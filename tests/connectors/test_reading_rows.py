"""Files of records opened: charsets, separators, broken rows, workbooks."""

import codecs
import io
from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from connectors.files import GOOD, HEADER, csv_of, opened, row, xlsx_of
from gongzhi.core.terms import Problem
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.lists import open_list


def rows_of(content: bytes) -> list:
    return list(opened(content).sheets[0].rows())


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_charset_of_chinese_exports_is_understood(charset):
    found = rows_of(csv_of([GOOD], charset=charset))
    assert found == [(1, list(HEADER)), (2, list(GOOD))]


def test_letters_of_western_europe_are_understood():
    content = csv_of([("São Paulo", "Órgão à parte", "Ação")] * 40, header=("a", "b", "c"))
    found = rows_of(content.decode().encode("windows-1252"))
    assert found[1] == (2, ["São Paulo", "Órgão à parte", "Ação"])


def test_one_spoilt_byte_spoils_one_cell():
    content = csv_of([row(number) for number in range(100)])
    spoilt = content.replace("云河一建".encode(), "云河一".encode() + b"\xff", 1)
    found = rows_of(spoilt)
    assert found[1][1][4].endswith("\ufffd")
    assert found[2:] == rows_of(content)[2:]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    lines = [separator.join(HEADER), *(separator.join(row(n)) for n in range(5))]
    assert rows_of("\n".join(lines).encode())[1] == (2, list(row(0)))


def test_excel_may_name_the_separator():
    assert rows_of(b"sep=;\r\na;b\r\n1,5;2\r\n") == [(2, ["a", "b"]), (3, ["1,5", "2"])]


def test_a_quote_never_closed_costs_its_own_row_only():
    lines = [",".join(HEADER), *(",".join(row(number)) for number in range(200))]
    lines[100] = 'ZF-99,P-1,2026-03-05,100,"云河,工程款'
    found = rows_of("\n".join(lines).encode())
    broken = [line for line in found if isinstance(line, Problem)]
    assert [problem.where.row for problem in broken] == [101]
    assert [line for line in found if line not in broken] == [
        (number, text.split(",")) for number, text in enumerate(lines, 1) if number != 101
    ]


@pytest.mark.parametrize("at", [1, 5, -1])
def test_a_quote_never_closed_near_an_end_is_told_too(at):
    lines = [",".join(HEADER), *(",".join(row(number)) for number in range(8))]
    lines[at] = '"' + lines[at]
    found = rows_of("\n".join(lines).encode())
    assert len(found) == len(lines)
    assert sum(isinstance(line, Problem) for line in found) == 1


def test_a_cell_may_hold_several_lines():
    found = rows_of(csv_of([row(1, purpose="第一行\n第二行"), row(2)]))
    assert [number for number, _ in found] == [1, 2, 3]
    assert found[1][1][5] == "第一行\n第二行"


def test_blank_rows_keep_their_numbers():
    assert rows_of(b"a,b\n,\n1,2\n") == [(1, ["a", "b"]), (3, ["1", "2"])]


def test_workbooks_give_values_as_stored():
    content = xlsx_of([HEADER, ("ZF-1", 3204001, date(2026, 3, 5), 0.1 + 0.2, True, "x")], at=2)
    assert rows_of(content) == [
        (3, list(HEADER)),
        (4, ["ZF-1", "3204001", "2026-03-05", "0.3", "TRUE", "x"]),
    ]


def test_a_code_of_too_many_digits_shows_that_it_was_spoilt():
    assert "e+" in rows_of(xlsx_of([HEADER, (440100240000000000, "")]))[1][1][0]


@pytest.mark.parametrize(("place", "said"), [((1_048_575, 16_383), "列"), ((1_048_575, 0), "行")])
def test_s41_a_far_cell_is_refused_with_a_message(place, said):
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(*place, 1)
    refused = open_list("远.xlsx", out.getvalue())
    assert isinstance(refused, Problem)
    assert f"工作表的{said}超过" in refused.what.text


def test_a_far_look_without_a_value_takes_no_room():
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "a")
        sheet.write_blank(900_000, 900, None, book.add_format({"bold": True}))
    assert rows_of(out.getvalue()) == [(1, ["a"])]


def csv_as_macs_wrote_it(rows: Iterable[Sequence[object]]) -> bytes:
    return codecs.BOM_UTF16_BE + csv_of(rows, charset="utf-16-be")


@pytest.mark.parametrize(
    "make", [csv_of, csv_as_macs_wrote_it, lambda rows: xlsx_of([HEADER, *rows])]
)
def test_a_file_marked_secret_is_refused_whole(make):
    content = make([row(1), row(2, purpose="机密★10年"), row(3)])
    refused = open_list("支付", content)
    assert isinstance(refused, Problem)
    assert "{mark}" in refused.what.text


def test_a_text_that_speaks_of_secrets_is_none():
    assert len(rows_of(csv_of([row(1, purpose="保密设备采购")]))) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"%PDF-1.7", b"<html><table>", b"PK\x03\x04rest"],
)
def test_other_files_are_refused_with_a_sentence(content):
    refused = open_list("x", content)
    assert isinstance(refused, Problem)
    assert refused.hint.text


def test_a_line_without_end_is_no_table():
    refused = open_list("x.csv", b"a," * LIMITS.list_line_bytes_max)
    assert isinstance(refused, Problem)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_r11_any_bytes_are_rows_or_a_sentence(content):
    listing = open_list("x", content)
    if not isinstance(listing, Problem):
        for sheet in listing.sheets:
            for line in sheet.rows():
                assert isinstance(line, Problem | tuple)


@settings(max_examples=100)
@given(st.lists(st.text(alphabet='a"\n,é密', max_size=12), max_size=12))
def test_r11_any_quotes_are_rows_or_problems(lines):
    content = "\n".join(["x,y,z", *lines]).encode()
    if content:
        numbers = [
            line.where.row if isinstance(line, Problem) else line[0]
            for line in opened(content).sheets[0].rows()
        ]
        assert numbers == sorted(set(numbers))
