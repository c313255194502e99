"""What the log has to say: its head, its entries, and a proof of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.keys import read_verifier_key
from gongzhi.core.ledger.merkle import includes, inclusion_spans, leaf_hash
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.proof import Proof as ProofFile
from gongzhi.core.ledger.tiles import SIZE_MAX, TILE_WIDTH, TiledTree, read_bundle, tiles_needed
from gongzhi.core.terms import Said
from gongzhi.trust.cosignatures import (
    Cosigner,
    believed_note,
    cosigners_of,
    last_anchored,
    note_of,
    unanchored_since,
)
from gongzhi.trust.models import PendingLeaf, SignedCheckpoint
from gongzhi.trust.order import numbers_of
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.straight import asked
from gongzhi.trust.tiles import stored_tiles
from gongzhi.trust.witnesses import policy_in_force, quorum_in_force

# An entry moves from the tail into its bundle: one statement sees it in one of them.
ENTRY = """
SELECT entry, NULL::bytea FROM trust_logrow WHERE "index" = %b::int8
UNION ALL SELECT NULL, entries FROM trust_bundle WHERE number = %b::int8
"""
ENTRIES = """
SELECT "index", NULL::int8, entry FROM trust_logrow WHERE "index" = ANY(%b::int8[])
UNION ALL SELECT NULL, number, entries FROM trust_bundle WHERE number = ANY(%b::int8[])
"""
DAMAGED = "第 {index} 条存证与已经签出的检查点不符：数据库被改动过；请运行 gongzhi ledger audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedHead:
    """A signed checkpoint: what it says, the note with its cosignatures, who signed it and when.

    `policy` is the trust policy that believes this log under its witnesses; pin it once, from a
    source you trust. `threshold` is how many of them it asks for.
    """

    checkpoint: Checkpoint
    note: str
    key: str
    signed_at: datetime
    policy: str
    threshold: int
    cosigners: tuple[Cosigner, ...]
    unanchored_since: datetime | None

    @property
    def is_cosigned(self) -> bool:
        """Whether so many witnesses signed it as must, and any must."""
        return self.threshold > 0 and self.unanchored_since is None

    @property
    def is_late(self) -> bool:
        """Whether the quorum has been missing for longer than it takes to answer."""
        late = timedelta(seconds=settings.LOG_QUORUM_LATE_S)
        return self.unanchored_since is not None and timezone.now() - self.unanchored_since > late


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The two files that prove an entry to anyone: `.tlog-proof` and `.record`."""

    index: int
    text: str
    record: bytes


def head() -> PublishedHead | None:
    """The newest signed head, cosigned or not; None until the first entry was signed."""
    last = SignedCheckpoint.objects.last()
    return _published(last, since=unanchored_since()) if last else None


def believable_head() -> PublishedHead | None:
    """The newest head that satisfies the policy; while there is none such, the newest signed."""
    anchored = last_anchored()
    return _published(anchored, since=None) if anchored else head()


def signed_size() -> int:
    """How many entries the newest signed head covers."""
    last = SignedCheckpoint.objects.only("size").last()
    return last.size if last else 0


def _published(signed: SignedCheckpoint, *, since: datetime | None) -> PublishedHead:
    quorum = quorum_in_force()
    return PublishedHead(
        checkpoint=read_checkpoint(read_note(signed.note).text),
        note=note_of(signed),
        key=signed.key,
        signed_at=signed.signed_at,
        policy=policy_in_force(read_verifier_key(signed.key)),
        threshold=quorum.threshold if quorum else 0,
        cosigners=cosigners_of(signed),
        unanchored_since=since,
    )


def index_of(leaf: UUID | str) -> int | None:
    """The number of a leaf in the log; None while it waits for one."""
    wanted = leaf if isinstance(leaf, UUID) else UUID(leaf)
    return numbers_of([wanted]).get(wanted)


def indexes_of(leaves: Collection[UUID]) -> Mapping[UUID, int]:
    """The numbers of those leaves that a signed head covers, in three queries for all of them."""
    size = signed_size() if leaves else 0
    return {leaf: index for leaf, index in numbers_of(leaves).items() if index < size}


def is_waiting(leaf: UUID) -> bool:
    """Whether a leaf still waits for its number."""
    return PendingLeaf.objects.filter(pk=leaf).exists()


def entry_at(index: int) -> bytes | None:
    """The bytes of an entry; None where the log isn't that long."""
    if not 0 <= index <= SIZE_MAX:
        return None
    number, place = divmod(index, TILE_WIDTH)
    for entry, bundle in asked(ENTRY, [index, number]):
        return bytes(entry) if bundle is None else read_bundle(bundle)[place]
    return None


def entries_at(indexes: Collection[int]) -> Mapping[int, bytes]:
    """The bytes of several entries by number, in one query; those beyond the log are left out."""
    within = [index for index in indexes if 0 <= index <= SIZE_MAX]
    numbers = sorted({index // TILE_WIDTH for index in within})
    found: dict[int, bytes] = {}
    for index, number, content in asked(ENTRIES, [within, numbers]) if within else ():
        if index is not None:
            found[index] = bytes(content)
        else:
            found |= enumerate(read_bundle(content), start=number * TILE_WIDTH)
    return {index: found[index] for index in indexes if index in found}


def proof_of(index: int) -> Proof | None:
    """The proof of an entry under a checkpoint that covers it; None until one does.

    It is the newest that has its quorum, else the newest signed. What is handed out was checked:
    an altered entry or tile raises LogRefused instead.
    """
    note = believed_note(index) if 0 <= index <= SIZE_MAX else None
    if note is None:
        return None
    checkpoint = read_checkpoint(read_note(note).text)
    if index >= checkpoint.size:
        return None
    record = entry_at(index)
    path = _path(index, size=checkpoint.size)
    is_good = record is not None and includes(
        checkpoint.root, leaf=leaf_hash(record), index=index, size=checkpoint.size, path=path
    )
    if record is None or not is_good:
        raise LogRefused(Said(DAMAGED, {"index": index}))
    text = ProofFile(index=index, path=path, checkpoint=note).content
    return Proof(index=index, text=text, record=record)


def _path(index: int, *, size: int) -> tuple[bytes, ...]:
    """The inclusion path; of no use, and so refused, where a tile is missing."""
    spans = inclusion_spans(index, size=size)
    tree = TiledTree(stored_tiles(tiles_needed(spans)))
    try:
        return tuple(tree.hash_of(span) for span in spans)
    except KeyError:
        return (b"",)
