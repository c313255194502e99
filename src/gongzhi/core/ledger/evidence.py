"""What a witness kept against a log, as anybody can check it: one file and the log's public key.

The file holds the request that failed and the last note that the witness had cosigned. Both must
be the log's own; then the two either show two histories or leave a question to the log.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.keys import VerifierKey
from gongzhi.core.ledger.merkle import old_root_in
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import Reason, RejectedError
from gongzhi.core.ledger.witnessing import AddCheckpoint, contradicts, read_request
from gongzhi.core.terms import Said

KNOWN = "\n\n=== known ===\n"


class Shown(StrEnum):
    """What evidence shows."""

    TWO_HISTORIES = "two-histories"
    UNEXPLAINED = "unexplained"


SENTENCES = {
    Shown.TWO_HISTORIES: "日志 {origin} 签过两部历史：前 {old} 条与前 {size} 条的检查点不能同真",
    Shown.UNEXPLAINED: (
        "日志 {origin} 的前 {old} 条怎样长成前 {size} 条，这份请求没有证明；"
        "请要求日志公布证明，它拿不出来，就是改写了历史"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Two checkpoints that the log signed, and what they show together."""

    old: Checkpoint
    new: Checkpoint
    shown: Shown

    @property
    def said(self) -> Said:
        """The sentence for people."""
        values: dict[str, str | int] = {
            "origin": self.new.origin,
            "old": self.old.size,
            "size": self.new.size,
        }
        return Said(SENTENCES[self.shown], values)


def write_evidence(request: str, *, known: str) -> str:
    """The file of a request that failed and of the note that was known then."""
    return f"{request}{KNOWN}{known}"


def read_evidence(content: str, *, keys: Collection[VerifierKey]) -> Evidence:
    """What a file of evidence shows; rejected unless the keys of one log signed all of it."""
    asked, mark, known = content.partition(KNOWN)
    if not mark:
        raise RejectedError(Reason.REQUEST)
    request = read_request(asked.encode())
    old, new = _signed(known, keys), _signed(request.note, keys)
    if old.origin != new.origin:
        raise RejectedError(Reason.UNSIGNED, new.origin)
    return Evidence(old=old, new=new, shown=_shown(old, new, request))


def _signed(content: str, keys: Collection[VerifierKey]) -> Checkpoint:
    note = read_note(content)
    checkpoint = read_checkpoint(note.text)
    own = [key for key in keys if key.name == checkpoint.origin]
    if not check_note(note, keys=own):
        raise RejectedError(Reason.UNSIGNED, checkpoint.origin)
    return checkpoint


def _shown(old: Checkpoint, new: Checkpoint, request: AddCheckpoint) -> Shown:
    if contradicts(new, old):
        return Shown.TWO_HISTORIES
    grown = old_root_in(new.root, size=new.size, old_size=old.size, path=request.proof)
    is_another = grown is not None and grown != old.root
    return Shown.TWO_HISTORIES if is_another else Shown.UNEXPLAINED
