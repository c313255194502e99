"""What a log says its tree is: origin, size, root (C2SP tlog-checkpoint)."""

from dataclasses import dataclass

from gongzhi.core.ledger.encoding import read_base64, read_decimal, write_base64
from gongzhi.core.ledger.merkle import EMPTY_ROOT, HASH_BYTES
from gongzhi.core.ledger.rejected import Reason, RejectedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A tree's head, of the log named by its origin."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed (tlog-checkpoint, Note text); no extension lines."""
        return f"{self.origin}\n{self.size}\n{write_base64(self.root)}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text (tlog-checkpoint, Note text); extensions are refused."""
    try:
        origin, size, root, rest = text.split("\n")
        checkpoint = Checkpoint(origin=origin, size=read_decimal(size), root=read_base64(root))
    except ValueError as error:
        raise RejectedError(Reason.CHECKPOINT) from error
    is_empty = checkpoint.size == 0
    if rest or not origin or len(checkpoint.root) != HASH_BYTES:
        raise RejectedError(Reason.CHECKPOINT)
    if is_empty != (checkpoint.root == EMPTY_ROOT):
        raise RejectedError(Reason.CHECKPOINT)
    return checkpoint
