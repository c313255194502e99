"""A file that proves an entry to anyone, offline (C2SP tlog-proof@v1, a draft).

The policy says whom to believe; it never comes with the proof.
"""

from dataclasses import dataclass

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.encoding import read_base64, read_decimal, write_base64
from gongzhi.core.ledger.merkle import HASH_BYTES, PATH_HASHES_MAX, includes, leaf_hash
from gongzhi.core.ledger.note import Attestation, check_note, read_note
from gongzhi.core.ledger.policy import Policy
from gongzhi.core.ledger.rejected import Reason, Rejected, RejectedError

FIRST_LINE = "c2sp.org/tlog-proof@v1"
EXTRA = "extra "
INDEX = "index "


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """An entry's index, its inclusion path and the signed checkpoint, as yet unchecked."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None  # not authenticated: nobody may rely on it

    @property
    def content(self) -> str:
        """The file as written (tlog-proof, Format)."""
        extra = [] if self.extra is None else [EXTRA + write_base64(self.extra)]
        path = [write_base64(sibling) for sibling in self.path]
        head = [FIRST_LINE, *extra, f"{INDEX}{self.index}", *path]
        return "\n".join(head) + "\n\n" + self.checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a good proof says: this record has stood at this index since these signed."""

    index: int
    checkpoint: Checkpoint
    attestations: tuple[Attestation, ...]


def read_proof(content: bytes) -> Proof:
    """The proof of its file (tlog-proof, Format); nothing is checked yet."""
    try:
        head, blank, checkpoint = content.decode().partition("\n\n")
        first, *lines = head.split("\n")
        extra = read_base64(lines.pop(0)[len(EXTRA) :]) if _has_extra(lines) else None
        index, *path = lines
        proof = Proof(
            index=read_decimal(index.removeprefix(INDEX)),
            path=tuple(read_base64(line) for line in path),
            checkpoint=checkpoint,
            extra=extra,
        )
    except ValueError as error:
        raise RejectedError(Reason.PROOF) from error
    if not blank or first != FIRST_LINE or not index.startswith(INDEX):
        raise RejectedError(Reason.PROOF)
    are_hashes = all(len(sibling) == HASH_BYTES for sibling in proof.path)
    if not are_hashes or len(proof.path) > PATH_HASHES_MAX:
        raise RejectedError(Reason.PROOF)
    return proof


def _has_extra(lines: list[str]) -> bool:
    """Whether the line after the first is the optional one."""
    return bool(lines) and lines[0].startswith(EXTRA)


def check_checkpoint(content: str, *, policy: Policy) -> tuple[Checkpoint, tuple[Attestation, ...]]:
    """The checkpoint of a note that the policy believes, and who signed it."""
    note = read_note(content)
    checkpoint = read_checkpoint(note.text)
    attestations = check_note(note, keys=policy.keys)
    signers = [attestation.key for attestation in attestations]
    if not any(key in policy.logs and key.name == checkpoint.origin for key in signers):
        raise RejectedError(Reason.UNSIGNED, checkpoint.origin)
    if not policy.is_satisfied_by(signers):
        raise RejectedError(Reason.QUORUM)
    return checkpoint, attestations


def verdict_on(proof: bytes, *, record: bytes, policy: Policy) -> Proven | Rejected:
    """Whether the file proves that the record is in a log which the policy believes."""
    try:
        read = read_proof(proof)
        checkpoint, attestations = check_checkpoint(read.checkpoint, policy=policy)
    except RejectedError as error:
        return error.rejected
    if read.index >= checkpoint.size:
        return Rejected(Reason.INDEX, str(read.index))
    is_there = includes(
        checkpoint.root,
        leaf=leaf_hash(record),
        index=read.index,
        size=checkpoint.size,
        path=read.path,
    )
    if not is_there:
        return Rejected(Reason.TREE)
    return Proven(index=read.index, checkpoint=checkpoint, attestations=attestations)
