"""QUALITY R12: every kind of bad row is told by row and column, and the good ones come in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from connectors.files import HEADER, PAYMENTS, csv_of, read, row
from gongzhi.words import say

LONG = "长" * 3000
# the kind of error, the row that has it, the column where it is told (from 1; None for the row)
BAD = {
    "no number": (row(0, number=""), 1),
    "blank number": (row(0, number="   "), 1),
    "number as an exponent": (row(0, number="4.401E+20"), 1),
    "number too long": (row(0, number="9" * 201), 1),
    "number is an error value": (row(0, number="#REF!"), 1),
    "number is a word for nothing": (row(0, number="N/A"), 1),
    "project as an exponent": (row(0, project="5.3E+17"), 2),
    "project too long": (row(0, project="P" * 201), 2),
    "project is an error value": (row(0, project="#N/A"), 2),
    "no date": (row(0, paid_on=""), 3),
    "dash for a date": (row(0, paid_on="-"), 3),
    "words for a date": (row(0, paid_on="三月初"), 3),
    "unknown order of day and month": (row(0, paid_on="03/04/2026"), 3),
    "30 February": (row(0, paid_on="2026-02-30"), 3),
    "29 February of a common year": (row(0, paid_on="2026-02-29"), 3),
    "month 13": (row(0, paid_on="2026-13-01"), 3),
    "day 0": (row(0, paid_on="2026-01-00"), 3),
    "day 32": (row(0, paid_on="2026年1月32日"), 3),
    "a year long ago": (row(0, paid_on="0206-01-01"), 3),
    "a year far ahead": (row(0, paid_on="2206-01-01"), 3),
    "a month for a day": (row(0, paid_on="2026-03"), 3),
    "a quarter for a day": (row(0, paid_on="2026Q1"), 3),
    "a year for a day": (row(0, paid_on="2026"), 3),
    "an error value for a date": (row(0, paid_on="#VALUE!"), 3),
    "a time for a date": (row(0, paid_on="10:30"), 3),
    "an amount for a date": (row(0, paid_on="1,000.00"), 3),
    "date in one run, wrong": (row(0, paid_on="20261301"), 3),
    "two-digit year first": (row(0, paid_on="26-03-05"), 3),
    "no amount": (row(0, amount=""), 4),
    "dash for an amount": (row(0, amount="-"), 4),
    "words for an amount": (row(0, amount="壹佰元整"), 4),
    "nothing for an amount": (row(0, amount="暂无"), 4),
    "letters in an amount": (row(0, amount="1O0.00"), 4),
    "two decimal points": (row(0, amount="1.000.00"), 4),
    "three decimals": (row(0, amount="1.005"), 4),
    "wrong groups": (row(0, amount="1,00"), 4),
    "wrong groups in the middle": (row(0, amount="1,0000,000"), 4),
    "a decimal comma": (row(0, amount="100,5"), 4),
    "an unknown unit": (row(0, amount="100 块"), 4),
    "two signs": (row(0, amount="--100"), 4),
    "an open bracket": (row(0, amount="(100"), 4),
    "infinity": (row(0, amount="Infinity"), 4),
    "not a number": (row(0, amount="NaN"), 4),
    "a huge amount": (row(0, amount="99999999999999999999"), 4),
    "a huge exponent": (row(0, amount="1E99"), 4),
    "an error value for an amount": (row(0, amount="#DIV/0!"), 4),
    "a formula for an amount": (row(0, amount="=SUM(D2:D9)"), 4),
    "a date for an amount": (row(0, amount="2026-03-05"), 4),
    "a percentage of three decimals": (row(0, amount="12.3456%"), 4),
    "a range for an amount": (row(0, amount="100~200"), 4),
    "payee too long": (row(0, payee=LONG), 5),
    "payee unreadable": (row(0, payee="云河\ufffd建"), 5),
    "payee is an error value": (row(0, payee="#NAME?"), 5),
    "purpose too long": (row(0, purpose=LONG), 6),
    "purpose unreadable": (row(0, purpose="\ufffd\ufffd"), 6),
    "purpose is an error value": (row(0, purpose="#NULL!"), 6),
    "one cell too many": ((*row(0), "多"), 7),
    "ten cells too many": ((*row(0), *"一二三四五六七八九十"), 7),
    "cells moved by one": (("", *row(0)[:-1]), 1),
    "only a number": (("ZF-0",), 3),
}


@pytest.mark.parametrize("kind", BAD)
def test_r12_a_bad_row_is_told_where_it_is_with_what_to_do(kind):
    cells, column = BAD[kind]
    facts, result = read(csv_of([row(1), cells, row(2)]))
    assert [fact.number for fact in facts] == ["ZF-1", "ZF-2"]
    assert result.problems[0].where.row == 3
    assert column in {problem.where.column for problem in result.problems}
    for problem in result.problems:
        for language in ("zh", "en"):
            assert say(problem.what, language)
            assert say(problem.hint, language)


def test_r12_there_are_sixty_kinds():
    assert len(BAD) == 60


def test_r12_ten_thousand_rows_with_every_kind_lose_no_good_row():
    kinds = list(BAD.values())
    rows = [kinds[n // 7 % len(kinds)][0] if n % 7 == 0 else row(n) for n in range(10_000)]
    facts, result = read(csv_of(rows))
    good = [n for n in range(10_000) if n % 7]
    assert [fact.origin.row for fact in facts] == [n + 2 for n in good]
    assert result.rows == 10_000
    assert result.problem_count >= 10_000 - len(good)


def test_several_bad_cells_of_a_row_are_told_together():
    _, result = read(csv_of([row(1, number="", paid_on="x", amount="y")]))
    assert [problem.where.column for problem in result.problems] == [1, 3, 4]


def test_without_a_column_of_numbers_whole_rows_tell_payments_apart():
    rows = [row(1)[1:], row(2, amount="7.00")[1:]]
    fields = {name: each for name, each in PAYMENTS.facts[0].fields.items() if name != "number"}
    mapping = replace(PAYMENTS, facts=(replace(PAYMENTS.facts[0], fields=fields),))
    facts, result = read(csv_of(rows, header=HEADER[1:]), mapping)
    assert not result.problem_count
    assert [fact.amount for fact in facts] == [Decimal("100.00"), Decimal("7.00")]


def test_a_column_of_numbers_that_is_gone_is_told_before_any_row_is_read():
    facts, result = read(csv_of([row(1)[1:]], header=HEADER[1:]))
    assert not facts
    assert [problem.what.values for problem in result.problems] == [{"name": "支付编号"}]


def test_where_a_number_has_several_lines_a_line_may_be_without():
    mapping = replace(PAYMENTS, facts=(replace(PAYMENTS.facts[0], lines=True),))
    facts, result = read(csv_of([row(1), row(2, number="")]), mapping)
    assert [fact.number for fact in facts] == ["ZF-1", ""]
    assert not result.problem_count


def test_a_header_alone_brings_nothing_and_is_not_accepted():
    _, result = read(csv_of([], header=HEADER))
    assert not result.is_accepted
