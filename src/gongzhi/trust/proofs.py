"""What the log has to say: its head, its entries, and a proof of each."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.keys import read_verifier_key
from gongzhi.core.ledger.merkle import includes, inclusion_spans, leaf_hash
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import policy_text
from gongzhi.core.ledger.proof import Proof as ProofFile
from gongzhi.core.ledger.tiles import TILE_WIDTH, TiledTree, read_bundle, tiles_needed
from gongzhi.core.terms import Said
from gongzhi.trust.identifiers import millisecond_of
from gongzhi.trust.models import Bundle, LogRow, PendingLeaf, SignedCheckpoint
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.tiles import stored_tiles

LEAF_ID_BYTES = 16
DAMAGED = "第 {index} 条存证与已经签出的检查点不符：数据库被改动过；请运行 gongzhi ledger audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedHead:
    """The newest signed checkpoint: what it says, the note itself, who signed it and when."""

    checkpoint: Checkpoint
    note: str
    key: str
    signed_at: datetime

    @property
    def policy(self) -> str:
        """The trust policy that believes this log alone; pin it once, from a source you trust."""
        return policy_text(read_verifier_key(self.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The two files that prove an entry to anyone: `.tlog-proof` and `.record`."""

    index: int
    text: str
    record: bytes


def head() -> PublishedHead | None:
    """The newest published head; None until the first entry was signed."""
    last = SignedCheckpoint.objects.last()
    if last is None:
        return None
    checkpoint = read_checkpoint(read_note(last.note).text)
    return PublishedHead(
        checkpoint=checkpoint, note=last.note, key=last.key, signed_at=last.signed_at
    )


def index_of(leaf: UUID | str) -> int | None:
    """The number of a leaf in the log; None while it waits for one."""
    wanted = leaf if isinstance(leaf, UUID) else UUID(leaf)
    row = LogRow.objects.filter(leaf=wanted).only("index").first()
    return row.index if row else _index_in_bundles(wanted)


def is_waiting(leaf: UUID) -> bool:
    """Whether a leaf still waits for its number."""
    return PendingLeaf.objects.filter(pk=leaf).exists()


def _index_in_bundles(leaf: UUID) -> int | None:
    moment = millisecond_of(leaf)
    likely = Bundle.objects.filter(oldest_ms__lte=moment, newest_ms__gte=moment)
    for number, leaves in likely.values_list("number", "leaves"):
        ids = bytes(leaves)
        for place in range(TILE_WIDTH):
            if ids[place * LEAF_ID_BYTES :][:LEAF_ID_BYTES] == leaf.bytes:
                return int(number) * TILE_WIDTH + place
    return None


def entry_at(index: int) -> bytes | None:
    """The bytes of an entry; None where the log isn't that long."""
    row = LogRow.objects.filter(index=index).first()
    if row:
        return bytes(row.entry)
    number, place = divmod(index, TILE_WIDTH)
    bundle = Bundle.objects.filter(number=number).only("entries").first()
    return read_bundle(bytes(bundle.entries))[place] if bundle else None


def proof_of(index: int) -> Proof | None:
    """The proof of an entry under the newest checkpoint; None until one covers it.

    What is handed out was checked: an altered entry or tile raises LogRefused instead.
    """
    published = head()
    if published is None or not 0 <= index < published.checkpoint.size:
        return None
    checkpoint = published.checkpoint
    record = entry_at(index)
    path = _path(index, size=checkpoint.size)
    is_good = record is not None and includes(
        checkpoint.root, leaf=leaf_hash(record), index=index, size=checkpoint.size, path=path
    )
    if record is None or not is_good:
        raise LogRefused(Said(DAMAGED, {"index": index}))
    text = ProofFile(index=index, path=path, checkpoint=published.note).content
    return Proof(index=index, text=text, record=record)


def _path(index: int, *, size: int) -> tuple[bytes, ...]:
    """The inclusion path; of no use, and so refused, where a tile is missing."""
    spans = inclusion_spans(index, size=size)
    tree = TiledTree(stored_tiles(tiles_needed(spans)))
    try:
        return tuple(tree.hash_of(span) for span in spans)
    except KeyError:
        return (b"",)
