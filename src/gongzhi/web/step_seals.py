"""Seals of what was done with a thing step by step: the n-th step of a verb is its n-th deed."""

from collections.abc import Callable
from uuid import UUID

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Deed
from gongzhi.trust.seals import Seal, seals_of


def step_seals(member: Member, thing: Thing) -> Callable[[str], Seal | None]:
    """Asked for each step in its order, gives the seal of its deed; None where there is none."""
    deeds: dict[str, list[UUID]] = {}
    done = Deed.objects.visible_to(member).filter(on=thing.name).order_by("id")
    for verb, leaf in done.values_list("verb", "leaf"):
        deeds.setdefault(verb, []).append(leaf)
    seals = seals_of({leaf for leaves in deeds.values() for leaf in leaves})

    def seal(verb: str) -> Seal | None:
        leaves = deeds.get(verb)
        return seals[leaves.pop(0)] if leaves else None

    return seal
