"""Whether a member may do something with a thing, and by which clauses."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from cedarpy import AuthzResult, Entities, PolicySet, is_authorized, is_authorized_batch

from gongzhi.core.charter.asking import Member, Thing
from gongzhi.core.charter.charter import Charter, Policy, in_order
from gongzhi.core.charter.vocabulary import cedar_type
from gongzhi.core.terms import Said

Entity: TypeAlias = dict[str, Any]

# A page asks some thirty questions; the answers to thousands of pages fit into a few megabytes.
ANSWERS_KEPT = 8192
MEMBERS_KEPT = 1024
NOWHERE = "nowhere"  # the region of whoever has none: nothing lies within it

PERMITTED = Said("规则准许")
FORBIDDEN = Said("规则明文禁止")
NOT_GRANTED = Said("规则没有把这项权利授予您现在的身份")
BROKEN = Said("规则执行出错，按不准许处理")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the charter says to a question: by which clauses, and who could do it instead."""

    allowed: bool
    clauses: tuple[str, ...]
    reason: Said
    roles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


class Refused(Exception):
    """A deed that the charter doesn't allow: by which clauses, why, with what, and whom to ask."""

    def __init__(
        self,
        *,
        clauses: tuple[str, ...],
        verb: str = "",
        reason: Said = NOT_GRANTED,
        whom_to_ask: Said | None = None,
        thing: Thing | None = None,
    ) -> None:
        super().__init__(f"{verb} ({', '.join(clauses)})")
        self.clauses = clauses
        self.verb = verb
        self.reason = reason
        self.whom_to_ask = whom_to_ask
        self.thing = thing


def decide(charter: Charter, member: Member, verb: str, thing: Thing) -> Answer:
    """The charter's answer to a question."""
    return decide_all(charter, member, ((verb, thing),))[0]


@lru_cache(maxsize=ANSWERS_KEPT)
def decide_all(
    charter: Charter, member: Member, questions: tuple[tuple[str, Thing], ...]
) -> tuple[Answer, ...]:
    """The answers to all the questions of a page; equal ones are answered from memory.

    Everything that a right depends on is an attribute of the question: a right that was taken
    away makes another question, never a stale answer.
    """
    things = {thing for _, thing in questions}
    if len(things) > len({thing.name for thing in things}):  # things to be made share a name
        return tuple(decide_all(charter, member, (question,))[0] for question in questions)
    known = known_with(charter, member, tuple(things))
    if known is None:
        return tuple(_denial(charter, verb, reason=BROKEN) for verb, _ in questions)
    requests = [request_for(member, verb, thing) for verb, thing in questions]
    results = is_authorized_batch(requests, charter.policy_set, known, charter.schema)
    return tuple(
        _answer(charter, verb, result) for (verb, _), result in zip(questions, results, strict=True)
    )


def known_with(charter: Charter, member: Member, things: tuple[Thing, ...]) -> Entities | None:
    """The member and the things as Cedar's entities; None when one isn't as the schema says."""
    entities = json.dumps([_thing_entity(thing) for thing in things])
    try:
        return known_of(charter, member).with_added_json_str(entities, charter.schema)
    except ValueError:
        return None


def request_for(member: Member, verb: str, thing: Thing) -> dict[str, Any]:
    """A question as Cedar takes it."""
    return {
        "principal": {"type": "Member", "id": member_id(member)},
        "action": {"type": "Action", "id": verb},
        "resource": {"type": cedar_type(thing.kind), "id": thing.id},
        "context": {},
    }


def applies(policies: PolicySet, charter: Charter, member: Member, verb: str, thing: Thing) -> bool:
    """Whether these policies, instead of the charter's own, permit it without any error."""
    known = known_with(charter, member, (thing,))
    if known is None:
        return False
    result = is_authorized(request_for(member, verb, thing), policies, known, charter.schema)
    return bool(result.allowed) and not result.diagnostics.errors


def _answer(charter: Charter, verb: str, result: AuthzResult) -> Answer:
    """A policy whose condition fails is skipped by Cedar, forbids too: any error denies."""
    if result.diagnostics.errors:
        return _denial(charter, verb, reason=BROKEN)
    matched = _matched(charter, result)
    if result.allowed:
        return Answer(allowed=True, clauses=_clauses(matched), reason=PERMITTED)
    if matched:
        return _denial(charter, verb, reason=FORBIDDEN, clauses=_clauses(matched))
    return _denial(charter, verb, reason=NOT_GRANTED)


def _denial(
    charter: Charter, verb: str, *, reason: Said, clauses: tuple[str, ...] | None = None
) -> Answer:
    """A no; where no policy matched it cites the clauses that would give the right."""
    permits = charter.permits.get(verb, ())
    return Answer(
        allowed=False,
        clauses=charter.clauses_of(verb) if clauses is None else clauses,
        reason=reason,
        roles=tuple(sorted({role for policy in permits for role in policy.roles})),
        parties=tuple(sorted({policy.party for policy in permits if policy.party})),
    )


def _matched(charter: Charter, result: AuthzResult) -> tuple[Policy, ...]:
    ids = set(result.diagnostics.id_annotations_by_reason.values())
    return tuple(policy for policy in charter.policies if policy.id in ids)


def _clauses(policies: tuple[Policy, ...]) -> tuple[str, ...]:
    return in_order({number for policy in policies for number in policy.clauses})


def reference(kind: str, identifier: str) -> Entity:
    """A mention of an entity inside an attribute."""
    return {"__entity": {"type": cedar_type(kind), "id": identifier}}


def member_id(member: Member) -> str:
    """The member's name among Cedar's entities."""
    return member.office or member.person or str(member.kind)


@lru_cache(maxsize=MEMBERS_KEPT)
def known_of(charter: Charter, member: Member) -> Entities:
    """The member's entities, parsed; raises ValueError when they aren't as the schema says."""
    return Entities.from_json_str(json.dumps(_member_entities(charter, member)), charter.schema)


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
        "region": reference("region", member.regions[0] if member.regions else NOWHERE),
        "roles": sorted(member.roles),
        "in_office": member.office is not None,
        "second_factor": member.second_factor,
        "fresh": member.fresh,
    }
    entity = {"uid": uid, "attrs": attributes, "parents": parents}
    return [entity, *_party_entities(charter, str(member.kind))]


def _party_entities(charter: Charter, name: str) -> list[Entity]:
    within = charter.parties[name].within
    parents = [{"type": "Party", "id": group} for group in within]
    entity = {"uid": {"type": "Party", "id": name}, "attrs": {}, "parents": parents}
    return [entity, *(e for group in within for e in _party_entities(charter, group))]


def _thing_entity(thing: Thing) -> Entity:
    attributes: dict[str, Any] = {}
    if thing.owner is not None:
        attributes["owner"] = reference("organisation", thing.owner)
    if thing.stage is not None:
        attributes["stage"] = thing.stage
    if thing.label is not None:
        attributes["label"] = thing.label
    for name, people in (("authors", thing.authors), ("conflicted", thing.conflicted)):
        if people is not None:
            attributes[name] = [reference("person", person) for person in sorted(people)]
    if thing.holder is not None:
        attributes["holder"] = reference("person", thing.holder)
    parents = [{"type": "Region", "id": region} for region in thing.regions]
    uid = {"type": cedar_type(thing.kind), "id": thing.id}
    return {"uid": uid, "attrs": attributes, "parents": parents}
