"""Rows of a batch: what their bytes give away, and a tree that needs no more than its edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.batches import row
from gongzhi.core.ledger.batch import Batch, NotARow, Row, RowTree, batch_of, field_salt, grow
from gongzhi.core.ledger.merkle import EMPTY_ROOT, inclusion_spans, leaf_hash, root_of
from gongzhi.core.ledger.tiles import TILE_BYTES, TiledTree
from gongzhi.core.sealed import commitment, read_canonical

SECRET = bytes(range(32))


def test_a_public_row_is_its_facts():
    assert Row({"number": 7}).record == b'{"c":{},"public":{"number":7},"v":1}'


def test_a_private_value_stands_in_the_row_only_as_a_promise():
    record = Row({}, {"amount": "12.00"}, SECRET).record
    promised = commitment("12.00", salt=field_salt(SECRET, "amount"))
    assert read_canonical(record) == {"c": {"amount": promised}, "public": {}, "v": 1}


def test_equal_values_in_two_fields_promise_differently():
    promises = read_canonical(Row({}, {"paid": "1.00", "planned": "1.00"}, SECRET).record)["c"]
    assert promises["paid"] != promises["planned"]


def test_equal_rows_with_secrets_of_their_own_have_different_leaves():
    assert Row({}, {"vote": 1}, SECRET).record != Row({}, {"vote": 1}, bytes(32)).record


@pytest.mark.parametrize(
    "bad",
    [
        Row({}, {"amount": "1.00"}),
        Row({}, {"amount": "1.00"}, b"short"),
        Row({"number": 1}, {}, SECRET),
        Row({"amount": 0.1}),
        Row({"text": "长" * 30_000}),
        Row({}, {"two words": 1}, SECRET),
    ],
)
def test_what_can_be_guessed_altered_or_misread_is_no_row(bad):
    with pytest.raises(NotARow):
        assert bad.record


@given(st.integers(0, 1_400), st.data())
def test_a_tree_that_grows_in_tiles_has_the_root_of_all_rows(count, data):
    records = [b"%d" % number for number in range(count)]
    hashes = [leaf_hash(record) for record in records]
    tree = RowTree()
    tiles = dict(grow(tree, records))

    assert (tree.size, tree.root) == (count, root_of(hashes))
    assert all(len(hashes) == TILE_BYTES for tile, hashes in tiles.items() if tile not in tree.edge)
    if count:
        number = data.draw(st.integers(0, count - 1))
        for span in inclusion_spans(number, size=count):
            assert TiledTree(tiles).hash_of(span) == root_of(hashes[span.start : span.end])


def test_a_tree_holds_no_more_than_its_edge():
    tree = RowTree()
    for tile, _ in grow(tree, (b"%d" % number for number in range(70_000))):
        assert len(tree.edge) <= tile.level + 3
    assert sum(map(len, tree.edge.values())) < 3 * TILE_BYTES


def test_no_rows_have_the_root_of_nothing():
    tree = RowTree()
    assert dict(grow(tree, [])) == {}
    assert tree.root == EMPTY_ROOT


def test_an_entry_says_what_its_rows_are_how_many_and_under_which_root():
    batch = Batch(kind="payment", size=3, root=bytes(32))
    assert batch_of({"batch": batch.facts}) == batch


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        {},
        {"batch": None},
        {"batch": {"kind": "payment", "size": 3}},
        {"batch": {"kind": "payment", "size": 3, "root": "AAAA"}},
        {"batch": {"kind": "payment", "size": "3", "root": "A" * 43 + "="}},
        {"batch": {"kind": "payment", "size": 3, "root": "A" * 43 + "=", "more": 1}},
    ],
)
def test_what_says_less_or_more_is_no_batch(entry):
    assert batch_of(entry) is None


def test_a_salt_of_one_field_is_not_that_of_another():
    salts = {field_salt(SECRET, name) for name in ("amount", "payee", "")} | {SECRET}
    assert len(salts) == 4
    assert row(1).record != row(2).record
