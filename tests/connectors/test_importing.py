"""Imports: duplicates, conflicts, corrections, the whole or the good rows, control sums."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files import HEADER, PAYMENTS, csv_of, opened, read, row, told
from gongzhi.connectors.importing import Changed, Importing
from gongzhi.connectors.sameness import Seen, fingerprint
from gongzhi.connectors.summing import Mode
from gongzhi.core.facts import as_row, columns_of, content_of

BY_LINE = replace(PAYMENTS, facts=(replace(PAYMENTS.facts[0], lines=True),))


def test_the_same_row_twice_comes_in_once():
    facts, result = read(csv_of([row(1), row(2), row(1)]))
    assert [fact.number for fact in facts] == ["ZF-1", "ZF-2"]
    assert (result.duplicates, result.problem_count) == (1, 0)
    assert told(result.doubts[0]) == (4, None, "与第 {row} 行完全相同")


def test_the_same_number_with_other_content_is_a_conflict():
    facts, result = read(csv_of([row(1), row(1, amount="7")]))
    assert [str(fact.amount) for fact in facts] == ["100.00"]
    assert result.conflicts == 1
    assert told(result.problems[0]) == (3, None, "与第 {row} 行编号相同，内容不同")
    assert result.problems[0].what.values == {"row": 2}


def test_equal_amounts_are_the_same_however_they_are_written():
    _, result = read(csv_of([row(1, amount="1,000"), row(1, amount="1000.00")]))
    assert result.duplicates == 1


def test_a_document_of_several_lines_keeps_equal_lines():
    facts, result = read(csv_of([row(1), row(1), row(1, amount="7")]), BY_LINE)
    assert len(facts) == 3
    assert (result.duplicates, result.conflicts, result.doubt_count) == (0, 0, 1)


def before_of(kept):
    """As an installation tells what it kept."""
    return lambda identities: {one: kept[one] for one in identities if one in kept}


def keeping(content, mapping=PAYMENTS):
    """What an import keeps: the fingerprint of every identity."""
    importing = Importing(opened(content), [mapping])
    return {
        identity: mark
        for batch in importing
        for identity, mark in zip(batch.identities, batch.fingerprints, strict=True)
    }


@pytest.mark.parametrize("mapping", [PAYMENTS, BY_LINE])
def test_r05_a_file_imported_again_brings_nothing(mapping):
    content = csv_of([row(1), row(2), row(1)])
    before = keeping(content, mapping)
    facts, result = read(content, mapping, known=before_of(before))
    assert facts == []
    assert result.known == len(before)
    assert result.problem_count == 0


def test_a_changed_row_is_a_conflict_until_it_is_imported_as_a_correction():
    before = keeping(csv_of([row(1), row(2)]))
    changed = csv_of([row(1), row(2, amount="7")])
    _, refused = read(changed, known=before_of(before))
    assert (refused.conflicts, refused.problem_count) == (1, 1)

    importing = Importing(
        opened(changed), [PAYMENTS], known=before_of(before), changed=Changed.CORRECTION
    )
    [fact] = [fact for batch in importing for fact in batch.facts]
    assert fact.corrects in before.values()
    assert str(fact.amount) == "7.00"
    assert importing.result().corrections == 1


def test_all_or_nothing_is_refused_for_one_bad_row_and_the_good_can_be_kept():
    content = csv_of([row(1), row(2, amount="x"), row(3)])
    _, whole = read(content, mode=Mode.WHOLE)
    facts, good = read(content, mode=Mode.KEEP_GOOD)
    assert not whole.is_accepted
    assert good.is_accepted
    assert [fact.number for fact in facts] == ["ZF-1", "ZF-3"]
    assert (good.rows, good.facts, good.problem_count) == (3, {"payment": 2}, 1)


def test_payments_add_up_by_month_and_against_a_stated_total():
    content = csv_of([row(1), row(2, paid_on="2026-04-01", amount="-30.5")])
    _, result = read(content)
    assert result.by_month == {(2026, 3): Decimal("100.00"), (2026, 4): Decimal("-30.50")}
    assert result.against(Decimal("69.50")) is None
    difference = result.against(Decimal(70))
    assert difference is not None
    assert difference.what.values["difference"] == Decimal("-0.50")


def test_a_fact_carries_the_file_the_sheet_and_the_row():
    content = csv_of([row(1)])
    [fact], _ = read(content)
    assert fact.origin == (opened(content).digest, "", 2)
    assert as_row(fact)[-3:] == tuple(fact.origin)
    assert len(as_row(fact)) == len(columns_of(type(fact)))


def test_where_a_fact_was_read_is_no_part_of_it():
    [fact], _ = read(csv_of([row(1)]))
    moved = fact._replace(origin=fact.origin._replace(row=99), corrects="x")
    assert fingerprint(moved) == fingerprint(fact)
    assert content_of(moved) == content_of(fact)


def test_every_field_counts_for_the_fingerprint():
    [fact], _ = read(csv_of([row(1)]))
    others = {fingerprint(fact._replace(**{name: "别的"})) for name in fact._fields[:-2]}
    assert len(others | {fingerprint(fact)}) == len(fact._fields) - 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), max_size=200))
def test_what_was_seen_is_known_as_in_a_plain_table(meetings):
    seen, plain = Seen(), {}
    for at, (number, content) in enumerate(meetings, 1):
        identity = (number + 1).to_bytes(8, "big")
        first = plain.get(number)
        assert seen.meet(identity, content, at) == (first and (first[0], first[1] == content))
        plain.setdefault(number, (at, content))


def test_the_table_grows_without_forgetting():
    seen = Seen()
    places = [(number * 0x9E3779B97F4A7C15 % 2**64).to_bytes(8, "big") for number in range(20_000)]
    assert all(seen.meet(place, at, at) is None for at, place in enumerate(places))
    assert all(seen.meet(place, at, 0) == (at, True) for at, place in enumerate(places))


def test_batches_are_bounded(monkeypatch):
    monkeypatch.setattr("gongzhi.connectors.importing.BATCH_FACTS", 10)
    importing = Importing(opened(csv_of(row(n) for n in range(35))), [PAYMENTS])
    assert [len(batch.facts) for batch in importing] == [10, 10, 10, 5]


def test_totals_blanks_and_repeated_headers_are_no_data():
    rows = [row(1), ("合计", "", "", "100.00", "", ""), HEADER, ("", " ", "", "", "", ""), row(2)]
    facts, result = read(csv_of(rows))
    assert len(facts) == 2
    assert result.problem_count == 0
    assert [told(doubt)[2] for doubt in result.doubts] == [
        "这是合计行，没有当作数据",
        "这是重复的表头，没有当作数据",
        "这是空行",
    ]
