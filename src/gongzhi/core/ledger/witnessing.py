"""What a log asks of a witness and how a witness must answer (C2SP tlog-witness v1.0.0)."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.encoding import read_base64, read_decimal, write_base64
from gongzhi.core.ledger.keys import VerifierKey
from gongzhi.core.ledger.merkle import HASH_BYTES, PATH_HASHES_MAX, is_consistent
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import Reason, RejectedError

ADD_CHECKPOINT = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"
REQUEST_BYTES_MAX = 65_536
OLD = "old "


class Status(IntEnum):
    """The answers of a witness, which are HTTP's (tlog-witness, add-checkpoint)."""

    COSIGNED = 200
    MALFORMED = 400
    UNSIGNED = 403
    UNKNOWN = 404
    CONFLICT = 409
    UNPROVEN = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCheckpoint:
    """A log's wish: cosign this note; it grew from the tree of the old size, as the proof shows."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    @property
    def content(self) -> bytes:
        """The request's body (tlog-witness, add-checkpoint)."""
        proof = "".join(write_base64(sibling) + "\n" for sibling in self.proof)
        return f"{OLD}{self.old}\n{proof}\n{self.note}".encode()


def read_request(content: bytes) -> AddCheckpoint:
    """The wish of a request's body; one that is not whole is rejected."""
    try:
        head, blank, note = content.decode().partition("\n\n")
        old, *proof = head.split("\n")
        request = AddCheckpoint(
            old=read_decimal(old.removeprefix(OLD)),
            proof=tuple(read_base64(line) for line in proof),
            note=note,
        )
    except ValueError as error:
        raise RejectedError(Reason.REQUEST) from error
    if not blank or not old.startswith(OLD) or len(content) > REQUEST_BYTES_MAX:
        raise RejectedError(Reason.REQUEST)
    are_hashes = all(len(sibling) == HASH_BYTES for sibling in request.proof)
    if not are_hashes or len(request.proof) > PATH_HASHES_MAX:
        raise RejectedError(Reason.REQUEST)
    return request


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How a witness must answer, the checkpoint it is about, and whether a failure is evidence.

    Evidence is what the log validly signed and the request doesn't prove; what it shows is for
    `evidence` to say. That somebody named another old size than the witness knows is none: anyone
    may send an old note again, and a log that forgot an answer does.
    """

    status: Status
    checkpoint: Checkpoint | None = None
    is_evidence: bool = False


def judge(
    request: AddCheckpoint, *, logs: Collection[VerifierKey], last: Checkpoint | None
) -> Judgement:
    """The answer to a wish, given the checkpoint of that log which was cosigned last."""
    try:
        note = read_note(request.note)
        checkpoint = read_checkpoint(note.text)
    except RejectedError:
        return Judgement(status=Status.MALFORMED)
    keys = [key for key in logs if key.name == checkpoint.origin]
    if not keys:
        return Judgement(status=Status.UNKNOWN, checkpoint=checkpoint)
    try:
        is_signed = bool(check_note(note, keys=keys))
    except RejectedError:
        is_signed = False
    if not is_signed:
        return Judgement(status=Status.UNSIGNED, checkpoint=checkpoint)
    status = _weighed(request, checkpoint, last)
    is_evidence = status is Status.UNPROVEN or (
        status is Status.CONFLICT and contradicts(checkpoint, last)
    )
    return Judgement(status=status, checkpoint=checkpoint, is_evidence=is_evidence)


def _weighed(request: AddCheckpoint, new: Checkpoint, last: Checkpoint | None) -> Status:
    """What a note that the log signed deserves."""
    if request.old > new.size:
        return Status.MALFORMED
    if request.old != (last.size if last else 0):
        return Status.CONFLICT
    if last is None or last.size == 0:
        return Status.UNPROVEN if request.proof else Status.COSIGNED
    grew = is_consistent(
        new.root,
        size=new.size,
        old_root=last.root,
        old_size=last.size,
        path=request.proof,
    )
    return Status.COSIGNED if grew else Status.UNPROVEN


def contradicts(new: Checkpoint, last: Checkpoint | None) -> bool:
    """Whether the two alone show two histories: one size, two roots."""
    return last is not None and new.size == last.size and new.root != last.root


def address_of(origin: str) -> str:
    """Where a witness shows its last cosigned checkpoint of a log (tlog-witness, monitoring)."""
    return f"/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint"
