"""The seed of a draw: the root of the first checkpoint that covers its announcement.

Nobody can choose it: when the draw is announced, the tree that will be signed isn't known. Anybody
can check it: the checkpoint is published, and the announcement is proved to lie in it.
"""

from gongzhi.core.charter import Thing
from gongzhi.cycle.models import Draw
from gongzhi.parties.models import Deed
from gongzhi.trust.covering import Covering, covering


def seed_of(draw: Draw) -> Covering | None:
    """The seed, its checkpoint and the announcement's number; None until it is signed."""
    return seed_after("announce_draw", on=draw.thing())


def seed_after(verb: str, *, on: Thing) -> Covering | None:
    """The seed that comes of the deed with a thing; None until it is signed."""
    announced = Deed.objects.filter(verb=verb, on=on.name).first()
    return covering(announced.leaf) if announced else None
