"""The seed of a draw: the root of the first checkpoint that covers its announcement.

Nobody can choose it: when the draw is announced, the tree that will be signed isn't known. Anybody
can check it: the checkpoint is published, and the announcement is proved to lie in it.
"""

from dataclasses import dataclass

from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.note import read_note
from gongzhi.cycle.models import Draw
from gongzhi.parties.models import Deed
from gongzhi.trust.models import SignedCheckpoint
from gongzhi.trust.order import numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A seed, with the checkpoint that it stands in and the number of the announcement."""

    seed: str
    checkpoint: int
    announcement: int


def seed_of(draw: Draw) -> Seed | None:
    """The seed; None until the announcement lies under a signed checkpoint."""
    announced = Deed.objects.filter(verb="announce_draw", on=draw.thing().name).first()
    if announced is None:
        return None
    number = numbers_of([announced.leaf]).get(announced.leaf)
    if number is None:
        return None
    signed = SignedCheckpoint.objects.filter(size__gt=number).order_by("size").first()
    if signed is None:
        return None
    root = read_checkpoint(read_note(signed.note).text).root
    return Seed(seed=write_base64(root), checkpoint=signed.size, announcement=number)
