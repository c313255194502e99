"""Mappings: saved, read back, fitted to a file."""

import json
from dataclasses import replace

import pytest

from connectors.files import HEADER, PAYMENTS, csv_of, opened, read, row, told
from gongzhi.connectors.applying import apply_mapping
from gongzhi.connectors.headers import Header
from gongzhi.connectors.mapping import Choice, FactFrom, FieldFrom, Mapping, Sum
from gongzhi.connectors.mapping_record import (
    mapping_as_record,
    mapping_as_text,
    mapping_from_record,
    mapping_from_text,
)
from gongzhi.connectors.resolving import resolved
from gongzhi.connectors.sources import known_mappings
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Problem, Said


@pytest.mark.parametrize("mapping", known_mappings(), ids=lambda mapping: mapping.name)
def test_every_mapping_reads_back_equal(mapping):
    assert mapping_from_text(mapping_as_text(mapping)) == mapping


def test_toml_and_json_say_the_same():
    toml = """
    order = "dmy"
    [[fact]]
    kind = "payment"
    [fact.fields]
    number = "No"
    paid_on = ["Date", "Day"]
    amount = { columns = "Amount", unit = "万元" }
    """
    mapping = mapping_from_text(toml)
    assert isinstance(mapping, Mapping)
    assert mapping_from_text(mapping_as_text(mapping)) == mapping
    assert mapping.facts[0].fields["paid_on"].columns == ("Date", "Day")


def changed(path: str, value: object) -> dict:
    record = json.loads(mapping_as_text(PAYMENTS))
    at = record
    *before, last = path.split(".")
    for name in before:
        at = at[int(name)] if isinstance(at, list) else at[name]
    at[last] = value
    return record


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("facts", []),
        ("facts", "x"),
        ("facts.0.kind", "wages"),
        ("facts.0.kind", 7),
        ("facts.0.fields", {"number": "a"}),
        ("facts.0.fields.colour", "a"),
        ("facts.0.fields.amount", 7),
        ("facts.0.fields.amount", {}),
        ("facts.0.fields.amount", {"columns": ["a"], "unit": "斤"}),
        ("facts.0.fields.amount", {"columns": ["a"], "mark": ";"}),
        ("facts.0.fields.paid_on", {"columns": ["a"], "order": "xyz"}),
        ("facts.0.fields.paid_on", {"columns": ["a"], "file_name": "(a+)+"}),
        ("facts.0.each", {"a": ["1"], "b": ["1", "2"]}),
        ("facts.0.each", {"a": []}),
        ("facts.0.each", {"a": ["1"] * 1000}),
        ("facts.0.key", ["colour"]),
        ("facts.0.lines", "yes"),
        ("header_rows", 0),
        ("header_rows", True),
        ("mark", "x"),
        ("sums", [{"total": "a"}]),
        ("sums", [{"total": "a", "of": ["b"], "tolerance": "viel"}]),
        ("title", {"zh": "x"}),
        ("nonsense", 1),
    ],
)
def test_a_mapping_that_is_none_is_told(path, value):
    problem = mapping_from_text(json.dumps(changed(path, value)))
    assert isinstance(problem, Problem)
    assert problem.what.text.format(**problem.what.values)


@pytest.mark.parametrize("text", ["", "x", "{", "[1]", "{}", "a = 1", '{"facts": {"a": 1}}'])
def test_what_is_no_mapping_at_all_is_told(text):
    assert isinstance(mapping_from_text(text), Problem)


def test_columns_may_be_called_a_little_differently_and_stand_anywhere():
    header = [f" {name}:" for name in reversed(HEADER)]
    facts, result = read(csv_of([reversed(row(1))], header=header))
    assert result.problem_count == 0
    assert facts[0].payee == "云河一建"


def test_a_missing_column_is_told_with_the_one_most_like_it():
    header = ("支付编号", "项目代码", "支付日期", "实际支付金额", "收款人", "用途")
    [sheet] = opened(csv_of([row(1)], header=header)).sheets
    [problem] = apply_mapping(sheet, PAYMENTS)
    assert isinstance(problem, Problem)
    assert (problem.where.row, problem.where.column) == (1, 4)
    assert problem.what.values["name"] == "支付金额"
    assert problem.hint.values["like"] == "实际支付金额"


def test_a_mapping_says_what_moved_since_it_was_made():
    before = replace(PAYMENTS, columns=HEADER)
    header = ("支付编号", "项目代码", "支付金额", "支付日期", "收款人", "经办人")
    cells = ("ZF-1", "P-1", "1.00", "2026-03-05", "云河一建", "某")
    doubts = [one for one in apply_mapping(opened(csv_of([cells], header=header)).sheets[0], before)
              if isinstance(one, Doubt)]  # fmt: skip
    assert [told(doubt)[1:] for doubt in doubts] == [
        (None, "原来的第 {column} 列“{name}”没有了"),
        (3, "“{name}”从第 {before} 列移到了第 {column} 列"),
        (4, "“{name}”从第 {before} 列移到了第 {column} 列"),
        (6, "第 {column} 列“{name}”是新的"),
    ]


def test_the_header_is_found_below_titles_and_notes():
    lines = "云河市2026年支付明细\n单位：元\n".encode() + csv_of([row(1), row(2)])
    facts, result = read(lines)
    assert [fact.origin.row for fact in facts] == [4, 5]
    assert result.problem_count == 0


def test_columns_without_a_title_are_passed_over_where_most_rows_have_them():
    facts, result = read(csv_of([(*row(n), "某", "处") for n in range(5)]))
    assert (len(facts), result.problem_count) == (5, 0)


def test_a_header_of_two_rows_is_one():
    content = csv_of(
        [("编号", "日期", "当年", "结转", ""), ("A", "2026-03-05", "1", "2", "甲")],
        header=("支付", "", "金额", "", "收款人"),
    )
    mapping = Mapping(
        header_rows=2,
        facts=(
            FactFrom(
                kind="payment",
                fields={
                    "number": FieldFrom(columns=("支付 编号",)),
                    "paid_on": FieldFrom(columns=("支付 日期",)),
                    "amount": FieldFrom(columns=("金额 结转",)),
                    "payee": FieldFrom(columns=("收款人",)),
                },
            ),
        ),
    )
    [fact], _ = read(content, mapping)
    assert (fact.number, str(fact.amount), fact.payee) == ("A", "2.00", "甲")


def test_the_second_column_of_a_name_is_its_second():
    header = Header(("L.B", "x", "L.B", "#"))
    assert (header.at("L.B"), header.at("l b#2"), header.at("L.B#3")) == (0, 2, None)
    assert (header.at("#"), header.at("#2")) == (3, 1)


def one(**fields: FieldFrom) -> Mapping:
    """Payments by number, day and amount, and what else is given."""
    usual = {name: FieldFrom(columns=(name,)) for name in ("number", "paid_on", "amount")}
    return Mapping(facts=(FactFrom(kind="payment", fields=usual | fields),))


def test_merged_cells_are_filled_down_where_the_mapping_says_so():
    mapping = one(unit=FieldFrom(columns=("unit",), fill_down=True))
    content = csv_of(
        [("一中", 1, "2026-01-01", 5), ("", 2, "2026-01-01", 5), ("二中", 3, "2026-01-01", 5)],
        header=("unit", "number", "paid_on", "amount"),
    )
    assert [fact.unit for fact in read(content, mapping)[0]] == ["一中", "一中", "二中"]


def test_a_unit_may_stand_in_a_column_of_its_own():
    mapping = one(amount=FieldFrom(columns=("amount",), unit_from="unit"))
    header = ("number", "paid_on", "amount", "unit")
    content = csv_of(
        [(1, "2026-01-01", "1.5", "万元"), (2, "2026-01-01", "1.5", "斤")], header=header
    )
    facts, result = read(content, mapping)
    assert [str(fact.amount) for fact in facts] == ["15000.00"]
    assert told(result.problems[0]) == (3, 3, "不认识金额单位“{unit}”")


def test_a_row_may_tell_a_fact_for_every_month():
    fields = {
        "number": FieldFrom(text="{code}-<no>"),
        "paid_on": FieldFrom(text="{year}-<no>", month_as="last"),
        "amount": FieldFrom(columns=("m<no>",)),
    }
    fact = FactFrom(kind="payment", fields=fields, each={"no": ("1", "2")}, unless_empty="amount")
    content = csv_of([("A", 2024, 5, 6), ("B", 2024, 0, 7)], header=("code", "year", "m1", "m2"))
    facts, _ = read(content, Mapping(facts=(fact,)))
    assert [(f.number, f.paid_on.isoformat(), int(f.amount)) for f in facts] == [
        ("A-1", "2024-01-31", 5),
        ("A-2", "2024-02-29", 6),
        ("B-2", "2024-02-29", 7),
    ]


def test_rows_are_chosen_by_what_a_column_says():
    content = csv_of([row(1), row(2, payee="无"), row(3, project="P-2")])
    kept = replace(
        PAYMENTS,
        only=(Choice(column="项目代码", values=("P-1",)),),
        skip=(Choice(column="收款人", values=("无",)),),
    )
    assert [fact.number for fact in read(content, kept)[0]] == ["ZF-1"]


def test_totals_that_do_not_add_up_are_a_doubt_and_kept():
    checked = replace(
        one(), sums=(Sum(total="amount", of=("a", "b"), less=("c",)),), nothing=("无",)
    )
    content = csv_of(
        [
            (1, "2026-01-01", 5, 3, 3, 1),
            (2, "2026-01-01", 5, 3, 3, 0),
            (3, "2026-01-01", 1, "x", 1, 1),
        ],
        header=("number", "paid_on", "amount", "a", "b", "c"),
    )
    facts, result = read(content, checked)
    assert len(facts) == 3
    assert [told(doubt)[:2] for doubt in result.doubts] == [(3, 3)]


def test_the_year_may_come_from_the_files_name_or_be_given():
    fields = {
        "year": FieldFrom(given="year", file_name="####LiqGas"),
        "initial": FieldFrom(columns=("a",)),
    }
    mapping = Mapping(facts=(FactFrom(kind="budget", fields=fields),))
    content = csv_of([(1,)], header=("a",))
    by_name = resolved(mapping, given={}, file_name="data/2015LiqGas.json")
    by_hand = resolved(mapping, given={"year": "2016"}, file_name="2015LiqGas.json")
    assert [fact.year for m in (by_name, by_hand) for fact in read(content, m)[0]] == [2015, 2016]
    _, result = read(content, mapping)
    assert [problem.what.values["name"] for problem in result.problems] == [Said("年度")]


def test_values_of_the_source_become_ours():
    mapping = one(currency=FieldFrom(columns=("c",), values={"人民币": "CNY"}))
    content = csv_of(
        [(1, "2026-01-01", 1, "人民币"), (2, "2026-01-01", 1, "金条")],
        header=("number", "paid_on", "amount", "c"),
    )
    facts, result = read(content, mapping)
    assert [fact.currency for fact in facts] == ["CNY"]
    assert told(result.problems[0]) == (3, 4, "不认识“{text}”")


def test_a_record_is_plain_json():
    record = mapping_as_record(PAYMENTS)
    assert mapping_from_record(json.loads(json.dumps(record))) == PAYMENTS
    assert record["facts"][0]["fields"]["number"] == "支付编号"
