"""One row of a deed, proved to anyone: its bytes, its path, the entry and the entry's own proof."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from gongzhi.core.ledger.batch import Batch, Row, batch_of
from gongzhi.core.ledger.merkle import includes, inclusion_spans, leaf_hash
from gongzhi.core.ledger.row_proof import RowProof, Shown
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, TiledTree, read_bundle, tiles_needed
from gongzhi.core.sealed import read_canonical
from gongzhi.core.terms import Said
from gongzhi.parties.batches import BatchBundle, BatchTile, SealedRow
from gongzhi.trust.proofs import proof_of
from gongzhi.trust.refusing import LogRefused

DAMAGED = "第 {index} 条存证的第 {row} 行与批根不符：数据库被改动过；请运行 gongzhi ledger audit"


def batch_in(entry: bytes) -> tuple[UUID, Batch] | None:
    """The deed and the batch of an entry; None where no rows entered with it."""
    content = read_canonical(entry)
    batch = batch_of(content)
    if batch is None or not isinstance(content, dict):
        return None
    public = content["public"]
    assert isinstance(public, dict), "an entry states its facts by name"
    return UUID(str(public["deed"])), batch


def record_of(deed: UUID, row: int) -> bytes | None:
    """The bytes of a row; None where they are gone or can't be read."""
    number, place = divmod(row, TILE_WIDTH)
    bundle = BatchBundle.objects.filter(deed=deed, number=number).first()
    try:
        return read_bundle(bytes(bundle.records))[place] if bundle else None
    except (ValueError, IndexError):
        return None


def path_of(deed: UUID, row: int, *, size: int) -> tuple[bytes, ...]:
    """The path of a row to its root; of no use, and so refused, where a tile is missing."""
    spans = inclusion_spans(row, size=size)
    keys = [(deed, *tile) for tile in tiles_needed(spans)]
    stored = BatchTile.objects.filter(pk__in=keys).values_list("level", "number", "hashes")
    tree = TiledTree({TileAt(level, number): bytes(hashes) for level, number, hashes in stored})
    try:
        return tuple(tree.hash_of(span) for span in spans)
    except KeyError:
        return (b"",)


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
    record, path = record_of(deed, row), path_of(deed, row, size=batch.size)
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
    if sealed:
        kept = Row({}, sealed.values, bytes(sealed.secret))
        yield from (Shown.of(kept, field) for field in fields if field in kept.private)
