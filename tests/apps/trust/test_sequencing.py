"""The sequencer: every leaf gets one number, in order, without gaps."""

import json
from itertools import chain
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from apps.trust.entries import entry, leave_many
from gongzhi.core.ledger.merkle import leaf_hash, root_of
from gongzhi.core.ledger.tiles import read_bundle, tiles_of
from gongzhi.trust.appending import leave
from gongzhi.trust.auditing import audit
from gongzhi.trust.identifiers import new_id
from gongzhi.trust.models import Bundle, Head, LogRow, PendingLeaf, SignedCheckpoint, Tile
from gongzhi.trust.proofs import entry_at, head, index_of
from gongzhi.trust.sequencing import (
    BATCH_LEAVES_MAX,
    BY_INDEX,
    TAKE,
    append_rows,
    locked_head,
    sequence,
)

pytestmark = pytest.mark.django_db


def entries():
    """All entries in the order of the log."""
    bundles = [read_bundle(bytes(bundle.entries)) for bundle in Bundle.objects.all()]
    tail = [bytes(row.entry) for row in LogRow.objects.all()]
    return [*chain.from_iterable(bundles), *tail]


def numbers():
    """The numbers inside the entries."""
    return [json.loads(content)["public"]["number"] for content in entries()]


def test_an_empty_log_has_no_head_and_nothing_to_do():
    assert sequence() == 0
    assert head() is None
    assert entry_at(0) is None


def test_a_leaf_has_no_number_while_it_waits():
    leaf = leave(entry())
    assert index_of(leaf.pk) is None
    assert sequence() == 1
    assert index_of(leaf.pk) == index_of(str(leaf.pk)) == 0
    assert not PendingLeaf.objects.exists()
    assert index_of(uuid4()) is None


def test_leaves_are_numbered_in_the_order_in_which_they_were_left():
    leave_many(5)
    sequence()
    leave_many(5, first=5)
    sequence()
    assert numbers() == list(range(10))


@pytest.mark.parametrize("steps", [[255, 1], [256], [257], [1, 254, 2, 512, 3], [300, 212, 256]])
def test_a_log_grown_in_any_steps_is_whole(steps):
    leaves = []
    for step in steps:
        leaves += leave_many(step, first=len(leaves))
        assert sequence() == step
    size = sum(steps)
    hashes = [leaf_hash(content) for content in entries()]
    assert numbers() == list(range(size))
    assert [index_of(leaf) for leaf in leaves[::97]] == list(range(0, size, 97))
    assert entry_at(size - 1) == entries()[-1]
    assert entry_at(size) is None
    assert bytes(Head.objects.get().root) == root_of(hashes) == head().checkpoint.root
    stored = {(tile.level, tile.number): len(tile.hashes) // 32 for tile in Tile.objects.all()}
    assert stored == {tuple(tile): width for tile, width in tiles_of(size)}
    assert (Bundle.objects.count(), LogRow.objects.count()) == divmod(size, 256)


def test_more_than_one_batch_is_numbered_at_once():
    with transaction.atomic():
        PendingLeaf.objects.bulk_create(
            PendingLeaf(entry=b'{"public":{"number":%d}}' % number) for number in range(5000)
        )
    assert sequence() + sequence() == 5000  # a slow machine stops after a second's work
    assert head().checkpoint.size == 5000
    assert numbers() == list(range(5000))


def test_entries_that_come_back_all_at_once_are_appended_like_any_others():
    leave_many(300)
    sequence()
    lost = [(new_id().bytes, b'{"public":{"number":%d}}' % number) for number in range(300, 9000)]
    with transaction.atomic():
        append_rows(locked_head(), lost)
    assert numbers() == list(range(9000))
    assert index_of(UUID(bytes=lost[-1][0])) == 8999
    assert list(audit()) == []


def test_the_oldest_leaf_is_found_by_an_index_however_many_have_gone():
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute("EXPLAIN " + TAKE.replace("%b", "%s"), [BATCH_LEAVES_MAX])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using trust_pendingleaf_pkey" in plan
    assert "Tid Scan" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("table", ["trust_pendingleaf", "trust_logrow"])
def test_what_has_gone_from_a_queue_is_swept_after_some_thousand_rows(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = %s", [table])
        [(options,)] = cursor.fetchall()
    assert {"autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=4096"} <= set(options)


def test_a_checkpoint_is_signed_once_for_each_size():
    leave_many(3)
    sequence()
    note = head().note
    sequence()
    assert head().note == note
    assert SignedCheckpoint.objects.count() == 1


def test_checkpoints_are_signed_no_more_often_than_the_pause_says(settings):
    settings.LOG_PUBLISH_PAUSE_S = 3600
    leave_many(1)
    sequence()
    leave_many(1)
    assert sequence() == 1
    assert head().checkpoint.size == 1
    settings.LOG_PUBLISH_PAUSE_S = 0
    assert sequence() == 0
    assert head().checkpoint.size == 2
