"""Members and things as Cedar's entities, and the questions about them."""

import json
from functools import lru_cache
from typing import Any, TypeAlias

from cedarpy import Entities

from gongzhi.core.charter.asking import Member, Thing
from gongzhi.core.charter.charter import Charter
from gongzhi.core.charter.vocabulary import cedar_type

Entity: TypeAlias = dict[str, Any]

MEMBERS_KEPT = 1024
NOWHERE = "nowhere"  # the region of whoever has none: nothing lies within it


def request_for(member: Member, verb: str, thing: Thing) -> dict[str, Any]:
    """A question as Cedar takes it."""
    return {
        "principal": {"type": "Member", "id": member_id(member)},
        "action": {"type": "Action", "id": verb},
        "resource": {"type": cedar_type(thing.kind), "id": thing.id},
    }


def is_whole(charter: Charter, thing: Thing) -> bool:
    """Whether a thing has just the attributes of its kind.

    What the schema would say, said once here: for Cedar to say it with every question costs more
    than the answer.
    """
    entry = charter.texts.vocabulary.kinds.get(thing.kind)
    if entry is None or (thing.regions and not entry.get("in_region")):
        return False
    has = {
        "owner": thing.owner,
        "overseer": thing.overseer,
        "stage": thing.stage,
        "authors": thing.authors,
        "holder": thing.holder,
        "conflicted": thing.conflicted,
        "label": thing.label,
        "evaluated": thing.evaluated,
        "commissioner": thing.commissioner,
        "panel": thing.panel,
        "addressed": thing.addressed,
        "awaited": thing.awaited,
        "affected": thing.affected,
    }
    return {name for name, value in has.items() if value is not None} == set(entry["attributes"])


def known_with(charter: Charter, member: Member, things: tuple[Thing, ...]) -> Entities | None:
    """The member and the things; None when one of them isn't fit to be asked about."""
    entities = json.dumps([thing_entity(thing) for thing in things])
    try:
        return _known(charter, member).with_added_json_str(entities)
    except ValueError:
        return None


@lru_cache(maxsize=MEMBERS_KEPT)
def _known(charter: Charter, member: Member) -> Entities:
    return Entities.from_json_str(json.dumps(_member_entities(charter, member)))


@lru_cache(maxsize=MEMBERS_KEPT)
def known_by_schema(charter: Charter, member: Member) -> Entities:
    """The member beside all that the schema knows; raises ValueError where they don't fit it."""
    return Entities.from_json_str(json.dumps(_member_entities(charter, member)), charter.schema)


def member_id(member: Member) -> str:
    """The member's name among Cedar's entities."""
    return member.office or member.person or str(member.kind)


def _reference(kind: str, identifier: str) -> Entity:
    """A mention of an entity inside an attribute."""
    return {"__entity": {"type": cedar_type(kind), "id": identifier}}


def _member_entities(charter: Charter, member: Member) -> list[Entity]:
    """The member as Cedar sees it: inside its party, its organisation, its person, its regions."""
    parents = [{"type": "Party", "id": str(member.kind)}]
    if member.organisation:
        parents.append({"type": "Organisation", "id": member.organisation})
    people = dict.fromkeys(filter(None, (member.person, member.human)))
    parents += [{"type": "Person", "id": person} for person in people]
    parents += [{"type": "Region", "id": region} for region in member.regions]
    uid = {"type": "Member", "id": member_id(member)}
    attributes = {
        "region": _reference("region", member.regions[0] if member.regions else NOWHERE),
        "roles": sorted(member.roles),
        "in_office": member.office is not None,
        "second_factor": member.second_factor,
        "fresh": member.fresh,
        "assurance": str(member.assurance),
    }
    entity = {"uid": uid, "attrs": attributes, "parents": parents}
    return [entity, *_party_entities(charter, str(member.kind))]


def _party_entities(charter: Charter, name: str) -> list[Entity]:
    within = charter.parties[name].within
    parents = [{"type": "Party", "id": group} for group in within]
    entity = {"uid": {"type": "Party", "id": name}, "attrs": {}, "parents": parents}
    return [entity, *(e for group in within for e in _party_entities(charter, group))]


def thing_entity(thing: Thing) -> Entity:
    """A thing as Cedar sees it: with the attributes that it has, inside its regions."""
    attributes: dict[str, Any] = {}
    for name, organisation in _organisations(thing):
        if organisation is not None:
            attributes[name] = _reference("organisation", organisation)
    if thing.stage is not None:
        attributes["stage"] = thing.stage
    if thing.label is not None:
        attributes["label"] = thing.label
    for name, people in (
        ("authors", thing.authors),
        ("conflicted", thing.conflicted),
        ("affected", thing.affected),
    ):
        if people is not None:
            attributes[name] = [_reference("person", person) for person in sorted(people)]
    for name, several in (("panel", thing.panel), ("awaited", thing.awaited)):
        if several is not None:
            attributes[name] = [_reference("organisation", each) for each in sorted(several)]
    if thing.holder is not None:
        attributes["holder"] = _reference("person", thing.holder)
    parents = [{"type": "Region", "id": region} for region in thing.regions]
    uid = {"type": cedar_type(thing.kind), "id": thing.id}
    return {"uid": uid, "attrs": attributes, "parents": parents}


def _organisations(thing: Thing) -> tuple[tuple[str, str | None], ...]:
    return (
        ("owner", thing.owner),
        ("overseer", thing.overseer),
        ("evaluated", thing.evaluated),
        ("commissioner", thing.commissioner),
        ("addressed", thing.addressed),
    )
