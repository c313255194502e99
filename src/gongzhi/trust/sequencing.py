"""The one sequencer: gives pending leaves their numbers, then signs what the tree has become.

Any number of processes may call `sequence`; a lock lets one of them work at a time, and the
head is only ever swapped for one that grew from it. What a transaction numbered is durable
before it is signed, and what is signed is noted beside the key before anybody sees it.
"""

import time
from collections.abc import Sequence
from typing import TypeAlias

from django.db import transaction
from psycopg.errors import UniqueViolation

from gongzhi.core.ledger.merkle import EMPTY_ROOT, Span, leaf_hash
from gongzhi.core.ledger.tiles import TILE_WIDTH, TiledTree, edge_tiles, grown, write_bundle
from gongzhi.core.terms import Said
from gongzhi.trust.models import Head
from gongzhi.trust.order import MOMENT_BYTES
from gongzhi.trust.publishing import TORN, is_due, is_signed, publish, refuse_a_fork
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.straight import asked, straight
from gongzhi.trust.tiles import store_tiles, stored_tiles

BATCH_LEAVES_MAX = 4096
WORK_S_MAX = 1.0
PAUSE_S = 0.1
THE_HEAD = 1
HEAD = "SELECT size, root FROM trust_head WHERE id = 1"
SWAP = "UPDATE trust_head SET size = %b, root = %b WHERE id = 1 AND size = %b RETURNING size"
# The queue fills and empties faster than the planner learns: what has gone is never read through.
BY_INDEX = "SET LOCAL enable_seqscan = off"
# A leaf never changes and goes only under the lock: it stays where it was found.
TAKE = """
DELETE FROM trust_pendingleaf
WHERE ctid = ANY (ARRAY (SELECT ctid FROM trust_pendingleaf ORDER BY id LIMIT %b))
RETURNING uuid_send(id), entry
"""
BUNDLE = """
INSERT INTO trust_bundle (number, entries, leaves, oldest_ms, newest_ms)
SELECT * FROM unnest(%b::int8[], %b::bytea[], %b::bytea[], %b::int8[], %b::int8[])
"""
ROW = """
INSERT INTO trust_logrow ("index", leaf, entry)
SELECT number, encode(leaf, 'hex')::uuid, entry
FROM unnest(%b::int8[], %b::bytea[], %b::bytea[]) AS given (number, leaf, entry)
"""
TAIL = 'SELECT "index", uuid_send(leaf), entry FROM trust_logrow ORDER BY "index"'
GONE = 'DELETE FROM trust_logrow WHERE "index" >= %b'
# Two numbers that name the sequencer's lock among the database's advisory locks; the trigger
# on pending leaves (migrations/0002) knows them too.
LOCK = (0x676F6E67, 0x7A6869)


# An entry that gets a number, after the bytes of its leaf's identifier: as the driver gives it.
Row: TypeAlias = tuple[bytes, bytes]


def sequence() -> int:
    """Number what waits, for a second at most, and publish; how many leaves were numbered."""
    until = time.monotonic() + WORK_S_MAX
    numbered = count = _number_batch()
    while count == BATCH_LEAVES_MAX and time.monotonic() < until:
        count = _number_batch()
        numbered += count
    if is_due():
        _publish()
    return numbered


def sign_all() -> None:
    """Number and sign all that waits, however long that takes; another process may do it too."""
    while sequence() or not is_signed():
        time.sleep(PAUSE_S)


def _locked() -> bool:
    """Whether this transaction now is the sequencer's; the lock ends with it, come what may."""
    [(is_ours,)] = asked("SELECT pg_try_advisory_xact_lock(%b::int4, %b::int4)", LOCK)
    return bool(is_ours)


def _head() -> Head:
    for size, root in asked(HEAD):
        return Head(id=THE_HEAD, size=size, root=root)
    return Head.objects.create(id=THE_HEAD, size=0, root=EMPTY_ROOT)


@transaction.atomic(durable=True)
def _publish() -> None:
    if _locked():
        publish(_head())


@transaction.atomic(durable=True)
def _number_batch() -> int:
    """Number up to 4,096 leaves in one transaction: the moment from which they are durable."""
    rows = _taken() if _locked() else []
    if rows:
        head = _head()
        refuse_a_fork(head)
        append_rows(head, rows)
    return len(rows)


def locked_head() -> Head | None:
    """The head, once this transaction is the sequencer's; None while another one works."""
    return _head() if _locked() else None


def append_rows(head: Head, rows: Sequence[Row]) -> None:
    """Add rows to tree and tables, in the transaction that holds the sequencer's lock."""
    for start in range(0, len(rows), BATCH_LEAVES_MAX):
        some, first = rows[start : start + BATCH_LEAVES_MAX], head.size
        head = _grow(head, some)
        _append(some, first=first)


def _taken() -> list[Row]:
    """The oldest leaves that wait, taken from the queue, in their order."""
    with straight() as cursor:
        cursor.execute(BY_INDEX)
        taken = cursor.execute(TAKE, [BATCH_LEAVES_MAX], binary=True).fetchall()
    return sorted(taken)


def _grow(head: Head, rows: Sequence[Row]) -> Head:
    """Add the hashes of the rows to the tree and swap the head; the new one."""
    size = head.size + len(rows)
    edge = stored_tiles(edge_tiles(head.size))
    hashes = [leaf_hash(entry) for _, entry in rows]
    changed = dict(grown(edge, size=head.size, leaf_hashes=hashes))
    store_tiles(changed)
    root = TiledTree(edge | changed).hash_of(Span(0, size))
    swapped = asked(SWAP, [size, root, head.size])
    assert swapped == [(size,)], "somebody else moved the head under the sequencer's lock"
    return Head(id=THE_HEAD, size=size, root=root)


def _append(fresh: Sequence[Row], *, first: int) -> None:
    """Write the entries: what completes a bundle goes into it, the rest into the tail.

    Where somebody wrote rows under numbers that the log has yet to give, it stands still.
    """
    held = first % TILE_WIDTH
    full = (held + len(fresh)) // TILE_WIDTH
    rows = [*_tail(before=first), *fresh] if full else fresh
    try:
        _write(rows, first=first - held if full else first, full=full)
    except UniqueViolation as error:
        raise LogRefused(Said(TORN)) from error


def _write(rows: Sequence[Row], *, first: int, full: int) -> None:
    """Write rows from a number on, the first ones into so many full bundles."""
    bundled = full * TILE_WIDTH
    bundles = [
        _bundle(rows[at : at + TILE_WIDTH], first=first + at)
        for at in range(0, bundled, TILE_WIDTH)
    ]
    tail = [(first + at, *rows[at]) for at in range(bundled, len(rows))]
    with straight() as cursor:
        if bundles:
            cursor.execute(BUNDLE, _columns(bundles))
            cursor.execute(GONE, [first])
        if tail:
            cursor.execute(ROW, _columns(tail))


def _columns(rows: Sequence[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _tail(*, before: int) -> list[Row]:
    """The rows of the last bundle so far: these and no others."""
    stored = asked(TAIL)
    first = before - before % TILE_WIDTH
    if [index for index, *_ in stored] != list(range(first, before)):
        raise LogRefused(Said(TORN))
    return [(leaf, entry) for _, leaf, entry in stored]


def _bundle(rows: Sequence[Row], *, first: int) -> tuple[int, bytes, bytes, int, int]:
    """The columns of a full bundle; an identifier begins with its moment."""
    leaves = [leaf for leaf, _ in rows]
    oldest, newest = (int.from_bytes(end[:MOMENT_BYTES]) for end in (min(leaves), max(leaves)))
    entries = write_bundle([entry for _, entry in rows])
    return first // TILE_WIDTH, entries, b"".join(leaves), oldest, newest
