"""The log's tables.

Only the sequencer writes here, but for pending leaves, which deeds leave in their own
transactions. Checks and triggers (migrations/0002) let the tables grow and refuse all else.
"""

from typing import ClassVar

from django.db import models

from gongzhi.trust.identifiers import new_id


class PendingLeaf(models.Model):
    """An entry that a deed left behind; it waits for its number, in the order of identifiers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.id)


class LogRow(models.Model):
    """A numbered entry at the tail of the log, until 256 of them make a bundle."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.UUIDField(unique=True)
    entry = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["index"]

    def __str__(self) -> str:
        return str(self.index)


class Bundle(models.Model):
    """256 entries as they are served (C2SP tlog-tiles), and which leaves they were.

    The two moments are those of the oldest and newest leaf's identifier: they find the bundle
    of a leaf without an index over every single one.
    """

    number = models.BigIntegerField(primary_key=True)
    entries = models.BinaryField()
    leaves = models.BinaryField()
    oldest_ms = models.BigIntegerField()
    newest_ms = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["newest_ms", "oldest_ms"])]

    def __str__(self) -> str:
        return str(self.number)


class Tile(models.Model):
    """Up to 256 hashes of the tree; a tile grows at its end until it is full."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Head(models.Model):
    """How far the tree has grown: one row, swapped by whoever appends."""

    id = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    root = models.BinaryField()

    def __str__(self) -> str:
        return str(self.size)


class SignedCheckpoint(models.Model):
    """A checkpoint that was published, with the public key of who signed it."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    key = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return str(self.size)
