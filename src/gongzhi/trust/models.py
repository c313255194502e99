"""The log's tables.

Only the sequencer writes here, but for pending leaves, which deeds leave in their own
transactions. Checks and triggers (migrations/0002) let the tables grow and refuse all else.
"""

from typing import ClassVar

from django.db import models

from gongzhi.core.ledger.keys import VerifierKey, read_verifier_key
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


class Succession(models.Model):
    """That another log went on: which key signed up to this size, and which does since."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    former = models.TextField(unique=True)
    key = models.TextField(unique=True)
    deed = models.UUIDField(unique=True)

    class Meta:
        ordering: ClassVar = ["size"]

    def __str__(self) -> str:
        return f"{self.size} {self.key}"

    @property
    def former_key(self) -> VerifierKey:
        """The key of the log that ended."""
        return read_verifier_key(self.former)


class Witness(models.Model):
    """Somebody who cosigns checkpoints: name and key for good, the address for now.

    Who runs it is told in words; the organisation is an identifier of the rooms above.
    """

    name = models.CharField(unique=True, max_length=100)
    key = models.TextField(unique=True)
    operator = models.CharField(max_length=200)
    organisation = models.UUIDField(null=True)
    address = models.TextField(blank=True)
    admitted_by = models.UUIDField()
    admitted_at = models.DateTimeField()
    retired_by = models.UUIDField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def verifier(self) -> VerifierKey:
        """The key that checks what the witness signs."""
        return read_verifier_key(self.key)


class WitnessContact(models.Model):
    """How asking a witness went last: the size that it knows of, and what is the matter."""

    witness = models.OneToOneField(Witness, models.PROTECT, primary_key=True)
    size = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    trouble = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.witness_id} {self.trouble or self.size}"


class Quorum(models.Model):
    """Which witnesses the log's policy names, and how many must have cosigned, since a deed."""

    number = models.BigIntegerField(primary_key=True)
    text = models.TextField()
    threshold = models.PositiveSmallIntegerField()
    deed = models.UUIDField()
    since_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class Cosignature(models.Model):
    """What a witness signed under a checkpoint, and the moment that it states, which is its own.

    It signs the newest one again while nothing new comes, so that all can see that it still looks.
    Checkpoints never go, so the database need not watch that they stay.
    """

    checkpoint = models.ForeignKey(
        SignedCheckpoint, models.PROTECT, related_name="cosignatures", db_constraint=False
    )
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    stated_at_s = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="cosigned_once_a_moment", fields=["checkpoint", "witness", "stated_at_s"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.witness_id}"


class Anchor(models.Model):
    """That a checkpoint had the cosignatures that a quorum asks for."""

    checkpoint = models.ForeignKey(
        SignedCheckpoint, models.PROTECT, related_name="anchors", db_constraint=False
    )
    quorum = models.ForeignKey(Quorum, models.PROTECT, related_name="anchors")
    anchored_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="anchored_once", fields=["quorum", "checkpoint"])
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.quorum_id}"
