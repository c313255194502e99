"""Compute the rows of a deed again: their bytes, their tree, and what they promise.

Each row is held against its hash, each tile against the tile above, the root against the entry,
each private value against the row's promise. The first thing that no longer fits is named; a
value that was erased is no fault.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongzhi.core.ledger.batch import Batch, RowTree, field_salt
from gongzhi.core.ledger.merkle import HASH_BYTES, leaf_hash
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, hashes_in
from gongzhi.core.sealed import NotCanonicalError, commitment
from gongzhi.core.terms import Said
from gongzhi.parties.batches import ROWS_AT_ONCE, BatchTile, row_bond
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.row_proofs import records_between
from gongzhi.parties.subject_keys import keys_of, open_written
from gongzhi.trust.straight import asked

ALTERED = "第 {index} 条存证的第 {row} 行与它的哈希不符：被改动过"
MISSING = "第 {index} 条存证的第 {row} 行不见了"
TREE = "第 {index} 条存证的第 {first} 行到第 {last} 行算不出批根：被改动过"
MORE = "第 {index} 条存证的那一批里多了不属于它的内容：被改动过"
BROKEN_PROMISE = "第 {index} 条存证的第 {row} 行所承诺的值与保存的不符：{field} 被改动过"
LENGTH_BYTES = 2  # before each row in its bundle
KEPT = """
SELECT "row", subject, locked FROM parties_sealedrow
WHERE deed_id = %b AND "row" >= %b AND "row" < %b ORDER BY "row"
"""
BEYOND = """
SELECT "row" FROM parties_sealedrow WHERE deed_id = %b AND ("row" < 0 OR "row" >= %b) LIMIT 1
"""
HELD = """
SELECT (SELECT coalesce(sum(octet_length(records)), 0) FROM parties_batchbundle WHERE deed_id = %b),
(SELECT coalesce(sum(octet_length(hashes)), 0) FROM parties_batchtile WHERE deed_id = %b)
"""


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
        tree, written = RowTree(), 0
        above = self._tiles_above()
        for first in range(0, self.batch.size, ROWS_AT_ONCE):
            last = min(first + ROWS_AT_ONCE, self.batch.size)
            records = records_between(self.deed, first, last)
            hashes = self._hashes(first, last)
            written += sum(LENGTH_BYTES + len(record) for record in records.values())
            yield from self._row_faults(first, last, records=records, hashes=hashes)
            yield from self._broken_promises(first, last, records=records)
            for start in range(first, last, TILE_WIDTH):
                leaves = [hashes[row] for row in range(start, min(start + TILE_WIDTH, last))]
                yield from self._tile_faults(tree, leaves, above=above)
        if tree.root != self.batch.root:
            yield self._tree_fault(0, self.batch.size)
        for (stray,) in asked(BEYOND, [self.deed, self.batch.size]):
            yield self._broken(stray, "")
        if (written, HASH_BYTES * _hashes_of(self.batch.size)) != self._held():
            yield Said(MORE, {"index": self.index})

    def _held(self) -> tuple[int, int]:
        """How many bytes of rows and of hashes are kept for the deed."""
        ((records, hashes),) = asked(HELD, [self.deed, self.deed])
        return int(records), int(hashes)

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
        computed = {row: leaf_hash(record) for row, record in records.items()}
        if computed == hashes and len(computed) == last - first:
            return
        for row in range(first, last):
            if row not in records or row not in hashes:
                yield Said(MISSING, {"index": self.index, "row": row})
            elif computed[row] != hashes[row]:
                yield Said(ALTERED, {"index": self.index, "row": row})

    def _broken_promises(
        self, first: int, last: int, *, records: Mapping[int, bytes]
    ) -> Iterator[Said]:
        """Which kept values the rows promised otherwise; thousands are read as one text."""
        kept = asked(KEPT, [self.deed, first, last])
        keys = keys_of(subject for _, subject, _ in kept)
        opened = [
            (row, *_opened(keys[subject], locked, bound_to=row_bond(self.deed, row)))
            for row, subject, locked in kept
            if subject in keys  # without its key nothing is held against a value
        ]
        values = json.loads(b"[%b]" % b",".join([written for _, _, written in opened]))
        rows = json.loads(b"[%b]" % b",".join([records[row] for row, _, _ in opened]))
        for (row, secret, _), private, promising in zip(opened, values, rows, strict=True):
            for field in _broken_fields(secret, private, promised=promising["c"]):
                yield self._broken(row, field)

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


def _hashes_of(size: int) -> int:
    """How many hashes the tiles of a tree hold, on all levels."""
    return size + _hashes_of(size // TILE_WIDTH) if size else 0


def _opened(key: bytes, locked: bytes, *, bound_to: str) -> tuple[bytes, bytes]:
    """The secret and the values of a row as written; no fields where they were tampered with."""
    try:
        return open_written(key, locked, bound_to=bound_to)
    except CannotUnlock:
        return b"", b"null"


def _broken_fields(secret: bytes, private: Any, *, promised: Mapping[str, str]) -> Iterator[str]:
    """The fields that are kept and weren't promised so; what holds no fields was never promised."""
    fields = private.items() if isinstance(private, dict) else [("", private)]
    for field, value in fields:
        if promised.get(field) != _promise(secret, field, value):
            yield field


def _promise(secret: bytes, field: str, value: Any) -> str:
    """What a row must promise of a value; what no promise can be made of was put there by force."""
    try:
        return commitment(value, salt=field_salt(secret, field))
    except NotCanonicalError:
        return ""
