"""A log for witnesses to watch: grown in memory, published as a folder, able to lie."""

from collections.abc import Sequence
from pathlib import Path

from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.core.ledger.merkle import consistency_spans, leaf_hash, root_of
from gongzhi.core.ledger.note import Note
from gongzhi.core.ledger.tiles import grown, tile_path
from gongzhi.core.ledger.witnessing import AddCheckpoint

ORIGIN = "log.example.org/2026"
ENTRIES = [b"entry %d" % index for index in range(700)]


class Log:
    """Entries and the key that signs their tree."""

    def __init__(self, entries: Sequence[bytes] = ENTRIES, *, origin: str = ORIGIN) -> None:
        self.signer = Signer(origin, KeyKind.ED25519, b"s" * 32)
        self.hashes = [leaf_hash(entry) for entry in entries]

    @property
    def key(self) -> str:
        return self.signer.verifier.text

    def checkpoint(self, size: int) -> Checkpoint:
        root = root_of(self.hashes[:size])
        return Checkpoint(origin=self.signer.name, size=size, root=root)

    def note(self, size: int) -> str:
        return Note(self.checkpoint(size).text).signed(self.signer).content

    def request(self, old: int, size: int) -> AddCheckpoint:
        spans = consistency_spans(old, size=size) if 0 < old <= size else ()
        proof = tuple(root_of(self.hashes[start:end]) for start, end in spans)
        return AddCheckpoint(old=old, proof=proof, note=self.note(size))

    def publish(self, folder: Path, size: int) -> None:
        """Write checkpoint and tiles as a log's export does."""
        for tile, content in grown({}, size=0, leaf_hashes=self.hashes[:size]):
            path = folder / tile_path(tile, width=len(content) // 32)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "checkpoint").write_text(self.note(size))


def rewritten(at: int) -> Log:
    """The same log with one entry another."""
    return Log([*ENTRIES[:at], b"a lie", *ENTRIES[at + 1 :]])
