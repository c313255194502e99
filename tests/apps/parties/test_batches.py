"""Rows that enter as one deed: each can be proved, whoever alters one is named."""

import pytest
from django.db import DatabaseError, connection

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.ledger.batch import Row, batch_of
from gongzhi.core.ledger.merkle import leaf_hash, root_of
from gongzhi.core.sealed import read_canonical
from gongzhi.parties.deeds import act
from gongzhi.parties.models import BatchBundle, BatchTile, Deed, SealedRow
from gongzhi.trust.models import PendingLeaf

pytestmark = pytest.mark.django_db


def rows(count, *, first=0):
    """Payments: the number is public, the amount is not."""
    return [
        Row({"number": number}, {"amount": f"{number}.00"}, number.to_bytes(32, "big"))
        for number in range(first, first + count)
    ]


def entered(some, *, kind="payment"):
    """The deed that these rows entered with."""
    with act(SYSTEM, "register_region", on=INSTALLATION) as record:
        record.batch(kind, some)
    return Deed.objects.get(pk=record.deed_id)


def entry_of(deed):
    return read_canonical(bytes(PendingLeaf.objects.get(pk=deed.leaf).entry))


@pytest.mark.parametrize("count", [1, 255, 256, 257, 5_000])
def test_rows_enter_as_one_deed_with_the_root_of_their_tree(count):
    some = rows(count)
    batch = batch_of(entry_of(entered(iter(some))))
    assert (batch.kind, batch.size) == ("payment", count)
    assert batch.root == root_of([leaf_hash(row.record) for row in some])


def test_a_deed_without_rows_is_written_as_before():
    assert entry_of(entered([]))["batch"] is None
    assert not BatchTile.objects.exists()


def test_nothing_private_of_a_row_stands_in_what_is_public():
    deed = entered(rows(300))
    public = b"".join(bytes(each.records) for each in BatchBundle.objects.filter(deed=deed))
    assert b"299" in public
    assert b"299.00" not in public
    assert SealedRow.objects.get(deed=deed, row=299).values == {"amount": "299.00"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_batchtile SET hashes = hashes",
        "DELETE FROM parties_batchtile",
        "UPDATE parties_batchbundle SET records = records",
        "DELETE FROM parties_batchbundle",
        "UPDATE parties_sealedrow SET secret = secret",
    ],
)
def test_rows_are_only_added_to(statement):
    entered(rows(3))
    with pytest.raises(DatabaseError, match="only added"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_rows_of_a_deed_that_breaks_are_gone_with_it():
    def bring_and_break():
        yield from rows(300)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        entered(bring_and_break())
    assert not BatchTile.objects.exists()
    assert not SealedRow.objects.exists()
