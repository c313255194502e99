"""Rows that entered the log as one deed: their bytes, the tree over them, their private values.

Bytes and hashes are only added. What the log merely promises of a row stands in a row of its own,
locked with the key of whom it is about, that can be erased: the promise then stays, and nobody can
name its value any more.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models
from psycopg import Cursor

from gongzhi.core.ledger.batch import Batch, Row, RowTree
from gongzhi.core.ledger.merkle import leaf_hash
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, write_bundle
from gongzhi.core.parts import in_parts
from gongzhi.parties.register import Deed
from gongzhi.parties.subject_keys import Keys, SubjectLock, keys_for, open_value

ROWS_AT_ONCE = 16 * TILE_WIDTH


class BatchTile(models.Model):
    """Up to 256 hashes of the tree over a deed's rows, laid out like a tile of the log."""

    pk = models.CompositePrimaryKey("deed_id", "level", "number")
    deed = models.ForeignKey(Deed, models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.deed_id} {self.level}/{self.number}"


class BatchBundle(models.Model):
    """Up to 256 rows of a deed as the log writes entries: their length, their bytes."""

    pk = models.CompositePrimaryKey("deed_id", "number")
    deed = models.ForeignKey(Deed, models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()
    records = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.deed_id} {self.number}"


class SealedRow(models.Model):
    """The private values of a row and its secret; erasing this erases both.

    They are locked with the key of the subject; without that key nobody reads them any more. The
    database doesn't hold it to its deed: asking so for each of a million rows would take
    longer than all the rest. The audit does.
    """

    pk = models.CompositePrimaryKey("deed_id", "row")
    deed = models.ForeignKey(
        Deed, models.PROTECT, related_name="sealed_rows", db_index=False, db_constraint=False
    )
    row = models.BigIntegerField()
    subject = models.CharField(max_length=100)
    locked = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["deed_id", "row"]
        indexes: ClassVar = [models.Index(fields=["subject"], name="sealed_rows_by_subject")]

    def __str__(self) -> str:
        return f"{self.deed_id} {self.row}"

    def opened(self, keys: Keys) -> Row | None:
        """The private part of the row, as much as is kept; None once the subject's key is gone.

        Raises CannotUnlock where it was tampered with.
        """
        key = keys.get(self.subject)
        if key is None:
            return None
        secret, values = open_value(key, self.locked, bound_to=row_bond(self.deed_id, self.row))
        assert isinstance(values, dict), "values are kept by the names of their fields"
        return Row({}, values, secret, self.subject)


def row_bond(deed: UUID | str, row: int) -> str:
    """What the values of a row are bound to: moved to another row, they don't open."""
    return f"{deed} row {row}"


def store_batch(deed: UUID, *, kind: str, rows: Iterable[Row], subject: str) -> Batch | None:
    """Keep the rows of a deed under way; what its entry says of them, None if there are none.

    However many they are, only a few thousand are in memory at a time. Values of a row that doesn't
    say whom they are about are about `subject`.
    """
    assert connection.in_atomic_block, "rows are kept in the transaction of their deed"
    tree = RowTree()
    for some in in_parts(rows, size=ROWS_AT_ONCE):
        first, records = tree.size, [row.record for row in some]
        full = tree.add([leaf_hash(record) for record in records])
        _copy(BatchTile, _tiles(deed, full))
        _copy(BatchBundle, _bundles(deed, records, first=first))
        _copy(SealedRow, _sealed(deed, some, first=first, subject=subject))
    _copy(BatchTile, _tiles(deed, tree.edge.items()))
    return Batch(kind=kind, size=tree.size, root=tree.root) if tree.size else None


def _tiles(deed: UUID, tiles: Iterable[tuple[TileAt, bytes]]) -> Iterator[Sequence[Any]]:
    return ((deed, at.level, at.number, hashes) for at, hashes in tiles)


def _bundles(deed: UUID, records: Sequence[bytes], *, first: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(records), TILE_WIDTH):
        number = (first + start) // TILE_WIDTH
        yield deed, number, write_bundle(records[start : start + TILE_WIDTH])


def _sealed(
    deed: UUID, rows: Sequence[Row], *, first: int, subject: str
) -> Iterator[Sequence[Any]]:
    """What is kept of the rows; the keys are found before the first is written.

    While rows stream to the database it answers no question.
    """
    keys = keys_for(row.about or subject for row in rows if row.private)
    locks = {about: SubjectLock(key) for about, key in keys.items()}

    def sealed() -> Iterator[Sequence[Any]]:
        called = str(deed)
        for place, row in enumerate(rows, start=first):
            if row.private:
                about, bond = row.about or subject, row_bond(called, place)
                locked = locks[about].locked(row.private, salt=row.secret, bound_to=bond)
                yield deed, place, about, locked

    return sealed()


COLUMNS = {
    BatchTile: ("deed_id uuid", "level int2", "number int8", "hashes bytea"),
    BatchBundle: ("deed_id uuid", "number int8", "records bytea"),
    SealedRow: ("deed_id uuid", '"row" int8', "subject varchar", "locked bytea"),
}


def _copy(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows straight from the driver: this is where the speed of an import is decided."""
    names, kinds = zip(*(column.split() for column in COLUMNS[model]), strict=True)
    table = model._meta.db_table
    statement = f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)"
    with (
        connection.cursor() as cursor,
        Cursor(cursor.connection) as straight,
        straight.copy(statement) as copy,
    ):
        copy.set_types(kinds)
        for row in rows:
            copy.write_row(row)
