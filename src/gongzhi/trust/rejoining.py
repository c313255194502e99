"""After a disaster: a database restored from an old backup takes back what a mirror kept.

The log's key has signed further than the backup knows. Going on from there would make a second
history; so the entries in between come from a copy, are checked against the signed checkpoint,
and are numbered as they were. What entries tell of witnesses and quorum is done again; what the
other tables lost stays lost, and the log knows that it was.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from django.db import transaction

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.merkle import leaf_hash, root_of
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.tiles import TILE_WIDTH, TileAt, bundle_path, read_bundle, width_of
from gongzhi.core.terms import Said
from gongzhi.trust.identifiers import new_id
from gongzhi.trust.keys import installation_signer
from gongzhi.trust.models import PendingLeaf
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import Row, append_rows, locked_head

NOT_A_COPY = "{folder} 里没有本日志签过名的完整副本；请换一个副本"
ANOTHER = "{folder} 里的副本与数据库前 {size} 条不是同一部历史；没有改动"
BUSY = "存证正在编号；请先停止 gongzhi work 再试"

Redone = TypeVar("Redone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoined(Generic[Redone]):
    """How long the log is now, how many entries came back, and what was done again for them."""

    size: int
    new: int
    redone: Redone


@transaction.atomic(durable=True)
def rejoin(folder: Path, *, redo: Callable[[Sequence[bytes]], Redone]) -> Rejoined[Redone]:
    """Append what the copy has and the database lacks; raises LogRefused and changes nothing.

    `redo` is shown all entries and brings back what they tell of the rows of other tables; what it
    returns is returned too.
    """
    head = locked_head()
    if head is None:
        raise LogRefused(Said(BUSY))
    checkpoint, entries, hashes = _copy(folder)
    size = head.size
    if checkpoint.size < size or root_of(hashes[:size]) != bytes(head.root):
        raise LogRefused(Said(ANOTHER, {"folder": str(folder), "size": size}))
    lost = entries[size:]
    if lost:
        append_rows(head, _rows(lost))
    return Rejoined(size=checkpoint.size, new=len(lost), redone=redo(entries))


def _copy(folder: Path) -> tuple[Checkpoint, list[bytes], list[bytes]]:
    """The longest tree in the copy that this log signed: its entries, all there, and their hashes.

    A published folder has more than its checkpoint covers where that waited for its quorum.
    """
    for name in ("pending", "checkpoint"):
        try:
            checkpoint = _signed((folder / name).read_text("utf-8"))
            entries = _entries(folder, size=checkpoint.size)
        except (OSError, ValueError, RejectedError):
            continue
        hashes = [leaf_hash(entry) for entry in entries]
        if root_of(hashes) == checkpoint.root:
            return checkpoint, entries, hashes
    raise LogRefused(Said(NOT_A_COPY, {"folder": str(folder)}))


def _signed(content: str) -> Checkpoint:
    note = read_note(content)
    if not check_note(note, keys=[installation_signer().verifier]):
        raise ValueError("not signed by this log")
    return read_checkpoint(note.text)


def _entries(folder: Path, *, size: int) -> list[bytes]:
    bundles = range(-(-size // TILE_WIDTH))
    return [entry for number in bundles for entry in _bundle(folder, number, size=size)]


def _bundle(folder: Path, number: int, *, size: int) -> tuple[bytes, ...]:
    width = width_of(TileAt(0, number), size=size)
    return read_bundle((folder / bundle_path(number, width=width)).read_bytes())


def _rows(entries: list[bytes]) -> list[Row]:
    """The entries that get their numbers; one that still waits keeps its identifier."""
    waiting: dict[bytes, list[UUID]] = defaultdict(list)
    for leaf, entry in PendingLeaf.objects.values_list("id", "entry"):
        waiting[bytes(entry)].append(leaf)
    leaves = [waiting[entry].pop(0) if waiting.get(entry) else new_id() for entry in entries]
    PendingLeaf.objects.filter(id__in=leaves).delete()
    return [(leaf.bytes, entry) for leaf, entry in zip(leaves, entries, strict=True)]
