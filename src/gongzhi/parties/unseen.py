"""Rows of deeds whose author and moment stay hidden, until they enter the log together.

Such a row names nobody and has no moment, only its day; its identifier is chance, so that no order
tells when it came; its content is locked. When its day is over, or what it belongs to closes, all
rows that wait are shuffled and entered as one batch, and are gone from here.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID, uuid4

from django.db import models

from gongzhi.core.charter import Thing
from gongzhi.core.ledger.batch import Row
from gongzhi.core.ledger.encoding import read_base64, write_base64
from gongzhi.core.sealed import SALT_BYTES, Sealable, canonical
from gongzhi.parties.locked_values import lock, unlock

ROWS_AT_ONCE = 4096


class WaitingRow(models.Model):
    """A row that waits for its batch: its verb, what it closes with, its day, locked content."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    verb = models.CharField(max_length=60)
    closes_with = models.CharField(max_length=100, blank=True)
    day = models.DateField()
    locked = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["verb", "closes_with", "day"], name="rows_by_pool")]

    def __str__(self) -> str:
        return f"{self.verb} {self.day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Rows that enter together: of one verb, and of one day or of one thing that closes."""

    verb: str
    day: date | None = None
    closes_with: str = ""

    @classmethod
    def of(cls, verb: str, thing: Thing) -> Self:
        """What waits for a thing to close, such as the ballots of a poll."""
        return cls(verb=verb, closes_with=thing.name)

    @property
    def waiting(self) -> models.QuerySet[WaitingRow]:
        """The rows that wait in it."""
        rows = WaitingRow.objects.filter(verb=self.verb, closes_with=self.closes_with)
        return rows.filter(day=self.day) if self.day else rows


class UnseenRecord:
    """What a deed leaves behind of which nobody shall know whose it is: public facts and values.

    `kept_apart`: it leaves nothing here, for its room keeps it where it can still be replaced, and
    enters it with all others at the close (`actions.batches.close_batch`).
    """

    def __init__(self) -> None:
        self.kept_apart = False
        self.public: dict[str, Sealable] = {}
        self.sealed: dict[str, Sealable] = {}

    def __setitem__(self, field: str, value: Sealable) -> None:
        """State a fact that anybody may read in the row."""
        self.public[field] = value

    def private(self, field: str, value: Sealable) -> None:
        """Promise a value: the row gets a commitment, the value can be erased."""
        self.sealed[field] = value

    @property
    def row(self) -> Row:
        """The row, with a secret drawn for it."""
        secret = secrets.token_bytes(SALT_BYTES) if self.sealed else b""
        return Row(self.public, self.sealed, secret)


def let_wait(row: Row, pool: Pool, *, day: date) -> None:
    """Put a row among those that wait."""
    assert row.record, "what no batch can hold fails now, not at the close"
    secret = write_base64(row.secret)
    content = canonical({"public": row.public, "private": row.private, "secret": secret})
    identifier = uuid4()
    WaitingRow.objects.create(
        id=identifier,
        verb=pool.verb,
        closes_with=pool.closes_with,
        day=day,
        locked=lock(content.decode(), bound_to=identifier),
    )


def pools_due(*, today: date) -> list[Pool]:
    """The pools of days that are over."""
    over = WaitingRow.objects.filter(closes_with="", day__lt=today)
    found = over.order_by("day", "verb").values_list("day", "verb").distinct()
    return [Pool(verb=verb, day=day) for day, verb in found]


def shuffled(pool: Pool) -> list[UUID]:
    """The identifiers of what waits, in an order that chance chose among all orders alike.

    The rows are locked until the transaction ends.
    """
    waiting = list(pool.waiting.select_for_update().values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(waiting)
    return waiting


def rows_of(identifiers: Sequence[UUID]) -> Iterator[Row]:
    """The rows in that order, a few thousand at a time."""
    for start in range(0, len(identifiers), ROWS_AT_ONCE):
        some = identifiers[start : start + ROWS_AT_ONCE]
        found = WaitingRow.objects.in_bulk(some)
        yield from (_unlocked(found[identifier]) for identifier in some)


def _unlocked(waiting: WaitingRow) -> Row:
    content = json.loads(unlock(waiting.locked, bound_to=waiting.pk))
    return Row(content["public"], content["private"], read_base64(content["secret"]))


def take_away(identifiers: Sequence[UUID]) -> None:
    """Delete rows that have entered."""
    for start in range(0, len(identifiers), ROWS_AT_ONCE):
        WaitingRow.objects.filter(pk__in=identifiers[start : start + ROWS_AT_ONCE]).delete()
