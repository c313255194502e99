"""One row of a deed, proved to anyone: its bytes, its path, the entry and the entry's own proof."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db import connection
from psycopg import Cursor

from gongzhi.core.ledger.batch import Batch, batch_of
from gongzhi.core.ledger.merkle import includes, inclusion_spans, leaf_hash
from gongzhi.core.ledger.row_proof import RowProof, Shown
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, TiledTree, read_bundle, tiles_needed
from gongzhi.core.sealed import read_canonical
from gongzhi.core.terms import Said
from gongzhi.parties.batches import BatchBundle, SealedRow
from gongzhi.parties.subject_keys import keys_of
from gongzhi.trust.proofs import proof_of
from gongzhi.trust.refusing import LogRefused

DAMAGED = "第 {index} 条存证的第 {row} 行与批根不符：数据库被改动过；请运行 gongzhi ledger audit"

BUNDLE = -1  # stands where tiles have their level
# Each tile is looked up by its key, whatever the planner believes about the table.
KEPT = """
SELECT level, number, hashes FROM unnest(%s::int2[], %s::int8[]) AS wanted (level, number)
CROSS JOIN LATERAL (
    SELECT hashes FROM parties_batchtile tile
    WHERE tile.deed_id = %s AND tile.level = wanted.level AND tile.number = wanted.number LIMIT 1
) AS found
UNION ALL SELECT -1, number, records FROM parties_batchbundle WHERE deed_id = %s AND number = %s
"""


def batch_in(entry: bytes) -> tuple[UUID, Batch] | None:
    """The deed and the batch of an entry; None where no rows entered with it."""
    content = read_canonical(entry)
    batch = batch_of(content)
    if batch is None or not isinstance(content, dict):
        return None
    public = content["public"]
    assert isinstance(public, dict), "an entry states its facts by name"
    return UUID(str(public["deed"])), batch


def records_between(deed: UUID, first: int, end: int) -> Mapping[int, bytes]:
    """The bytes of some neighbouring rows by their number, where they are there."""
    numbers = range(first // TILE_WIDTH, -(-end // TILE_WIDTH))
    found: dict[int, bytes] = {}
    for bundle in BatchBundle.objects.filter(deed=deed, number__in=list(numbers)):
        found |= enumerate(_rows_in(bytes(bundle.records)), start=bundle.number * TILE_WIDTH)
    return {row: found[row] for row in range(first, end) if row in found}


def _rows_in(bundle: bytes) -> Sequence[bytes]:
    """The rows of a bundle; none where it can't be read."""
    try:
        return read_bundle(bundle)
    except ValueError:
        return ()


def record_and_path(deed: UUID, row: int, *, size: int) -> tuple[bytes | None, tuple[bytes, ...]]:
    """The bytes of a row and its path to the root, as they are stored, whole or not.

    The bytes are None where they are gone; the path is of no use, and so refused, where a tile is.
    """
    spans = inclusion_spans(row, size=size)
    number, place = divmod(row, TILE_WIDTH)
    bundle, tiles = _kept(deed, number, tiles_needed(spans))
    records = _rows_in(bundle)
    record = records[place] if place < len(records) else None
    tree = TiledTree(tiles)
    try:
        return record, tuple(tree.hash_of(span) for span in spans)
    except KeyError:
        return record, (b"",)


def _kept(
    deed: UUID, number: int, wanted: Collection[TileAt]
) -> tuple[bytes, Mapping[TileAt, bytes]]:
    """A bundle and some tiles of a deed, straight from the driver and in one question."""
    levels, numbers = [at.level for at in wanted], [at.number for at in wanted]
    with connection.cursor() as cursor, Cursor(cursor.connection) as straight:
        straight.execute(KEPT, [levels, numbers, deed, deed, number], binary=True)
        found = {TileAt(level, at): content for level, at, content in straight}
    return found.pop(TileAt(BUNDLE, number), b""), found


def row_proof(index: int, row: int, *, show: Sequence[str] = ()) -> RowProof | None:
    """The proof of a row of an entry; None where there is no such entry or row.

    `show` names the private fields whose values come with it, where they are kept. What is handed
    out was checked: an altered row, tile or entry raises LogRefused instead.
    """
    proof = proof_of(index)
    found = batch_in(proof.record) if proof else None
    if proof is None or found is None:
        return None
    deed, batch = found
    if not 0 <= row < batch.size:
        return None
    record, path = record_and_path(deed, row, size=batch.size)
    is_good = record is not None and includes(
        batch.root, leaf=leaf_hash(record), index=row, size=batch.size, path=path
    )
    if record is None or not is_good:
        raise LogRefused(Said(DAMAGED, {"index": index, "row": row}))
    return RowProof(
        row=row,
        record=record,
        path=path,
        entry=proof.record,
        proof=proof.text,
        shown=tuple(_shown(deed, row, show)),
    )


def _shown(deed: UUID, row: int, fields: Sequence[str]) -> Iterator[Shown]:
    sealed = SealedRow.objects.filter(deed=deed, row=row).first() if fields else None
    kept = sealed.opened(keys_of([sealed.subject])) if sealed else None
    if kept:
        yield from (Shown.of(kept, field) for field in fields if field in kept.private)
