"""The one sequencer: gives pending leaves their numbers, then signs what the tree has become.

Any number of processes may call `sequence`; a lock lets one of them work at a time, and the
head is only ever swapped for one that grew from it. What a transaction numbered is durable
before it is signed, and what is signed is noted beside the key before anybody sees it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from psycopg import Cursor
from psycopg.errors import UniqueViolation

from gongzhi.core.ledger.merkle import EMPTY_ROOT, Span, leaf_hash
from gongzhi.core.ledger.tiles import TILE_WIDTH, TiledTree, edge_tiles, grown, write_bundle
from gongzhi.core.terms import Said
from gongzhi.trust.identifiers import millisecond_of
from gongzhi.trust.models import Head, LogRow, PendingLeaf
from gongzhi.trust.publishing import TORN, publish, refuse_a_fork
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.tiles import store_tiles, stored_tiles

BATCH_LEAVES_MAX = 4096
WORK_S_MAX = 1.0
THE_HEAD = 1
TAKE = """
WITH oldest AS (SELECT id FROM trust_pendingleaf ORDER BY id LIMIT %s)
DELETE FROM trust_pendingleaf USING oldest
WHERE trust_pendingleaf.id = oldest.id RETURNING trust_pendingleaf.id, entry
"""
BUNDLE = """
INSERT INTO trust_bundle (number, entries, leaves, oldest_ms, newest_ms)
VALUES (%b, %b, %b, %b, %b)
"""
ROW = 'INSERT INTO trust_logrow ("index", leaf, entry) VALUES (%b, %b, %b)'
# Two numbers that name the sequencer's lock among the database's advisory locks; the trigger
# on pending leaves (migrations/0002) knows them too.
LOCK = (0x676F6E67, 0x7A6869)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its number."""

    index: int
    leaf: UUID
    entry: bytes


def sequence() -> int:
    """Number what waits, for a second at most, and publish; how many leaves were numbered."""
    until = time.monotonic() + WORK_S_MAX
    numbered = 0
    while _is_waiting():
        count = _number_batch()
        numbered += count
        if count < BATCH_LEAVES_MAX or time.monotonic() > until:
            break
    _publish()
    return numbered


def _is_waiting() -> bool:
    """Whether a leaf waits; asked of the index, as the table is full of those that have gone."""
    return bool(PendingLeaf.objects.order_by("pk").values_list("pk")[:1])


def _locked() -> bool:
    """Whether this transaction now is the sequencer's; the lock ends with it, come what may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK)
        return bool(cursor.fetchone()[0])


def _head() -> Head:
    head, _ = Head.objects.get_or_create(id=THE_HEAD, defaults={"size": 0, "root": EMPTY_ROOT})
    return head


@transaction.atomic(durable=True)
def _publish() -> None:
    if _locked():
        publish(_head())


@transaction.atomic(durable=True)
def _number_batch() -> int:
    """Number up to 4,096 leaves in one transaction: the moment from which they are durable."""
    if not _locked():
        return 0
    head = _head()
    refuse_a_fork(head)
    rows = _taken(first=head.size)
    if rows:
        append_rows(head, rows)
    return len(rows)


def locked_head() -> Head | None:
    """The head, once this transaction is the sequencer's; None while another one works."""
    return _head() if _locked() else None


def append_rows(head: Head, rows: Sequence[Row]) -> None:
    """Add rows to tree and tables, in the transaction that holds the sequencer's lock."""
    _grow(head, rows)
    _append(rows)


def _taken(*, first: int) -> list[Row]:
    """The oldest leaves that wait, taken from the queue, with the numbers that they get.

    Straight from the driver and in binary: this is where the log's speed is decided.
    """
    with connection.cursor() as cursor, Cursor(cursor.connection) as straight:
        taken = straight.execute(TAKE, [BATCH_LEAVES_MAX], binary=True)
        waiting = sorted(taken.fetchall())
    return [Row(index, leaf, entry) for index, (leaf, entry) in enumerate(waiting, start=first)]


def _grow(head: Head, rows: Sequence[Row]) -> None:
    """Add the hashes of the rows to the tree and swap the head."""
    size = head.size + len(rows)
    edge = stored_tiles(edge_tiles(head.size))
    hashes = [leaf_hash(row.entry) for row in rows]
    changed = dict(grown(edge, size=head.size, leaf_hashes=hashes))
    store_tiles(changed)
    root = TiledTree(edge | changed).hash_of(Span(0, size))
    swapped = Head.objects.filter(id=THE_HEAD, size=head.size).update(size=size, root=root)
    assert swapped == 1, "somebody else moved the head under the sequencer's lock"


def _append(fresh: Sequence[Row]) -> None:
    """Write the entries: what completes a bundle goes into it, the rest into the tail.

    Where somebody wrote rows under numbers that the log has yet to give, it stands still.
    """
    full = (fresh[0].index % TILE_WIDTH + len(fresh)) // TILE_WIDTH
    rows = [*_tail(before=fresh[0].index), *fresh] if full else fresh
    try:
        _write(rows, full=full)
    except UniqueViolation as error:
        raise LogRefused(Said(TORN)) from error


def _write(rows: Sequence[Row], *, full: int) -> None:
    bundled = full * TILE_WIDTH
    with connection.cursor() as cursor, Cursor(cursor.connection) as straight:
        bundles = [_bundle(rows[at : at + TILE_WIDTH]) for at in range(0, bundled, TILE_WIDTH)]
        straight.executemany(BUNDLE, bundles)
        if full:
            straight.execute("DELETE FROM trust_logrow")
        tail = [(row.index, row.leaf, row.entry) for row in rows[bundled:]]
        straight.executemany(ROW, tail)


def _tail(*, before: int) -> list[Row]:
    """The rows of the last bundle so far: these and no others."""
    stored = LogRow.objects.values_list("index", "leaf", "entry")
    rows = [Row(index, leaf, bytes(entry)) for index, leaf, entry in stored]
    first = before - before % TILE_WIDTH
    if [row.index for row in rows] != list(range(first, before)):
        raise LogRefused(Said(TORN))
    return rows


def _bundle(rows: Sequence[Row]) -> tuple[int, bytes, bytes, int, int]:
    """The columns of a full bundle."""
    moments = [millisecond_of(row.leaf) for row in rows]
    return (
        rows[0].index // TILE_WIDTH,
        write_bundle([row.entry for row in rows]),
        b"".join(row.leaf.bytes for row in rows),
        min(moments),
        max(moments),
    )
