"""How the rules stand here: which version is the newest, how each of its parts stands on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongzhi.core.charter import Charter, Thing
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import charter_in_force
from gongzhi.parties.models import Adoption, CharterVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """A part of the rules on a day: whether it is in force, and by which decision."""

    number: str
    stage: str  # "always", "model", "adopted" or "suspended"
    decision: Adoption | None = None

    @property
    def in_force(self) -> bool:
        """Whether the rights of the part hold."""
        return self.stage in {"always", "adopted"}

    def thing(self) -> Thing:
        """The part as the charter sees it."""
        return Thing(kind="charter_part", id=self.number, stage=self.stage)


def part_states(charter: Charter, *, on: date) -> Mapping[str, PartState]:
    """How each part of a text stands on a day: the newest decision that covers it counts."""
    covers = Q(in_force_from__lte=on) & (Q(in_force_until=None) | Q(in_force_until__gte=on))
    decisions = Adoption.objects.filter(covers).order_by("part", "-id").distinct("part")
    decided = {decision.part: decision for decision in decisions}
    return {
        number: _state(number, always=part.always, decision=decided.get(number))
        for number, part in charter.parts.items()
    }


def part_states_today() -> Mapping[str, PartState]:
    """How each part of the text in force stands today."""
    return part_states(charter_in_force(), on=business_date())


def newest_version() -> CharterVersion | None:
    """The version with the highest number, in force already or later."""
    return CharterVersion.objects.order_by("-number").first()


def _state(number: str, *, always: bool, decision: Adoption | None) -> PartState:
    if always:
        return PartState(number=number, stage="always")
    if decision is None:
        return PartState(number=number, stage="model")
    stage = "adopted" if decision.adopted else "suspended"
    return PartState(number=number, stage=stage, decision=decision)
