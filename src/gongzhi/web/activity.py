"""Deeds as feeds show them: what, by whom, when, with what, under which clause and number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.clauses import ShownClause, clause_shown
from gongzhi.web.places import Place, places

TIMELINE_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A deed in a feed, and its seal."""

    deed: Deed
    verb: Said
    kind: str
    organisation: str
    place: Place | None
    clauses: tuple[ShownClause, ...]
    seal: Seal


def events(member: Member, deeds: Iterable[Deed]) -> list[Event]:
    """The deeds in words, with the places that the member may go to."""
    chosen = list(deeds)
    found = places(member, [deed.on for deed in chosen])
    names = _names(chosen)
    seals = seals_of([deed.leaf for deed in chosen])
    return [
        _event(deed, place=found.get(deed.on), names=names, seal=seals[deed.leaf])
        for deed in chosen
    ]


def timeline(member: Member, thing: Thing) -> list[Event]:
    """What was done with a thing, the newest first."""
    deeds = Deed.objects.visible_to(member).about(thing).order_by("-id")
    return events(member, deeds[:TIMELINE_MAX])


def _event(deed: Deed, *, place: Place | None, names: Mapping[str, str], seal: Seal) -> Event:
    charter = charter_in_force()
    kind, _, organisation = deed.party.partition(":")
    return Event(
        deed=deed,
        verb=charter.verb_names.get(deed.verb, Said(deed.verb)),
        kind=kind,
        organisation=names.get(organisation, ""),
        place=place,
        clauses=tuple(clause_shown(n) for n in deed.clauses if n in charter.clauses),
        seal=seal,
    )


def _names(deeds: Iterable[Deed]) -> dict[str, str]:
    ids = {UUID(deed.party.partition(":")[2]) for deed in deeds if ":" in deed.party}
    rows = Organisation.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(identifier): name for identifier, name in rows}
