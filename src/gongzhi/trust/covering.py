"""The first signed checkpoint that covers an entry: its size and root, which nobody knew before."""

from dataclasses import dataclass
from uuid import UUID

from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.note import read_note
from gongzhi.trust.models import SignedCheckpoint
from gongzhi.trust.order import numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """An entry's number, and the size and root (base64, as signed) of the checkpoint over it."""

    number: int
    size: int
    root: str


def covering(leaf: UUID) -> Covering | None:
    """The first signed checkpoint over a leaf; None until there is one."""
    number = numbers_of([leaf]).get(leaf)
    if number is None:
        return None
    signed = SignedCheckpoint.objects.filter(size__gt=number).order_by("size").first()
    if signed is None:
        return None
    root = read_checkpoint(read_note(signed.note).text).root
    return Covering(number=number, size=signed.size, root=write_base64(root))
