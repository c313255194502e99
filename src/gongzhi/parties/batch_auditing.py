"""Compute the rows of a deed again: their bytes, their tree, and what they promise.

Each row is held against its hash, each tile against the tile above, the root against the entry,
each private value against the row's promise. The first thing that no longer fits is named; a
value that was erased is no fault.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.ledger.batch import Batch, RowTree, field_salt
from gongzhi.core.ledger.merkle import leaf_hash
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, hashes_in
from gongzhi.core.sealed import keeps
from gongzhi.core.terms import Said
from gongzhi.parties.batches import ROWS_AT_ONCE, BatchTile, SealedRow
from gongzhi.parties.row_proofs import records_between

ALTERED = "第 {index} 条存证的第 {row} 行与它的哈希不符：被改动过"
MISSING = "第 {index} 条存证的第 {row} 行不见了"
TREE = "第 {index} 条存证的第 {first} 行到第 {last} 行算不出批根：被改动过"
BROKEN_PROMISE = "第 {index} 条存证的第 {row} 行所承诺的值与保存的不符：{field} 被改动过"


def first_fault(index: int, deed: UUID, batch: Batch) -> Said | None:
    """The first thing of a batch that no longer fits its entry; None if it is whole."""
    return next(BatchAudit(index, deed, batch).faults(), None)


@dataclass(frozen=True, slots=True)
class BatchAudit:
    """The rows of an entry under audit; a few thousand of them are in memory at a time."""

    index: int
    deed: UUID
    batch: Batch

    def faults(self) -> Iterator[Said]:
        """What no longer fits, in order; whatever is looked at relies on all before it."""
        tree = RowTree()
        above = self._tiles_above()
        for first in range(0, self.batch.size, ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, self.batch.size)
            records = records_between(self.deed, first, last)
            hashes = self._hashes(first, last)
            yield from self._row_faults(first, last, records=records, hashes=hashes)
            yield from self._broken_promises(first, last, records=records)
            for start in range(first, last, TILE_WIDTH):
                leaves = [hashes[row] for row in range(start, min(start + TILE_WIDTH, last))]
                yield from self._tile_faults(tree, leaves, above=above)
        if tree.root != self.batch.root:
            yield self._tree_fault(0, self.batch.size)
        if stray := self._sealed(self.batch.size).first():
            yield self._broken(stray.row, next(iter(stray.values), ""))

    def _tiles_above(self) -> Mapping[TileAt, bytes]:
        stored = BatchTile.objects.filter(deed=self.deed, level__gt=0)
        return {TileAt(tile.level, tile.number): bytes(tile.hashes) for tile in stored}

    def _hashes(self, first: int, last: int) -> Mapping[int, bytes]:
        """The hashes of the rows that are there, by their number."""
        hashes: dict[int, bytes] = {}
        lowest = BatchTile.objects.filter(deed=self.deed, level=0)
        for tile in lowest.filter(number__in=_numbers(first, last)):
            stored = bytes(tile.hashes)
            hashes |= enumerate(hashes_in(stored), start=tile.number * TILE_WIDTH)
        return hashes

    def _row_faults(
        self, first: int, last: int, *, records: Mapping[int, bytes], hashes: Mapping[int, bytes]
    ) -> Iterator[Said]:
        for row in range(first, last):
            if row not in records or row not in hashes:
                yield Said(MISSING, {"index": self.index, "row": row})
            elif leaf_hash(records[row]) != hashes[row]:
                yield Said(ALTERED, {"index": self.index, "row": row})

    def _broken_promises(
        self, first: int, last: int, *, records: Mapping[int, bytes]
    ) -> Iterator[Said]:
        kept = self._sealed(first).filter(row__lt=last)
        for row, secret, values in kept.values_list("row", "secret", "values"):
            promises = json.loads(records[row])["c"]  # the bytes that the hash stands for
            for field, value in values.items():
                salt = field_salt(bytes(secret), field)
                if not keeps(promises.get(field, ""), value=value, salt=salt):
                    yield self._broken(row, field)

    def _sealed(self, first: int) -> QuerySet[SealedRow]:
        return SealedRow.objects.filter(deed=self.deed, row__gte=first).order_by("row")

    def _tile_faults(
        self, tree: RowTree, leaves: Sequence[bytes], *, above: Mapping[TileAt, bytes]
    ) -> Iterator[Said]:
        """Grow the tree by a tile and hold what it adds above against what is stored there."""
        first = tree.size
        grown = dict(tree.add(list(leaves))) | tree.edge
        if len(leaves) < TILE_WIDTH:
            return
        for tile, computed in grown.items():
            if tile.level and above.get(tile, b"")[: len(computed)] != computed:
                yield self._tree_fault(first, tree.size)

    def _tree_fault(self, first: int, end: int) -> Said:
        return Said(TREE, {"index": self.index, "first": first, "last": end - 1})

    def _broken(self, row: int, field: str) -> Said:
        return Said(BROKEN_PROMISE, {"index": self.index, "row": row, "field": field})


def _numbers(first: int, last: int) -> list[int]:
    return list(range(first // TILE_WIDTH, -(-last // TILE_WIDTH)))
