"""Rows that enter as one deed: each can be proved, whoever alters one is named."""

import pytest
from django.db import DatabaseError, connection

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.ledger.batch import Row, batch_of
from gongzhi.core.ledger.merkle import leaf_hash, root_of
from gongzhi.core.sealed import read_canonical
from gongzhi.parties.deeds import act
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.models import BatchBundle, BatchTile, Deed, SealedRow
from gongzhi.parties.subject_keys import keys_of
from gongzhi.trust.models import PendingLeaf

pytestmark = pytest.mark.django_db
ZHAO = "person:7f4df3c8-3b0e-4f7c-8a0e-1f3ce7f2a001"


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
    sealed = SealedRow.objects.get(deed=deed, row=299)
    assert sealed.opened(keys_of([sealed.subject])).private == {"amount": "299.00"}


def test_s68_private_values_of_a_row_are_locked_with_the_key_of_whom_they_are_about():
    secret = bytes(range(32))
    some = [Row({"n": n}, {"payee": "赵小明"}, secret, about) for n, about in enumerate(("", ZHAO))]
    deed = entered(some)
    own, other = SealedRow.objects.filter(deed=deed)

    assert (own.subject, other.subject) == ("system", ZHAO)
    for row in (own, other):
        assert "赵小明".encode() not in bytes(row.locked)
        assert secret not in bytes(row.locked)
    keys = keys_of(["system", ZHAO])
    assert other.opened(keys).secret == secret
    own.subject = ZHAO
    with pytest.raises(CannotUnlock):
        own.opened(keys)


def test_s68_a_row_of_one_can_not_stand_for_another():
    first, second = SealedRow.objects.filter(deed=entered(rows(2)))
    first.locked = second.locked
    with pytest.raises(CannotUnlock):
        first.opened(keys_of([first.subject]))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parties_batchtile SET hashes = hashes",
        "DELETE FROM parties_batchtile",
        "UPDATE parties_batchbundle SET records = records",
        "DELETE FROM parties_batchbundle",
        "UPDATE parties_sealedrow SET locked = locked",
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
