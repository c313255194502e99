"""Rights tried out on made-up members and things: what a rule asks for, who may still act.

What a rule says of itself doesn't count (`when { true }`, `a || !a`): it is tried on everything
that its own words tell apart. Samples prove what they find; that nothing was found is no proof, so
the callers refuse where it matters.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice, product
from typing import Any

from gongzhi.core.charter.asking import Member, PartyKind, Thing
from gongzhi.core.charter.charter import Charter, Policy, policy_set_of
from gongzhi.core.charter.deciding import applies
from gongzhi.core.charter.vocabulary import VIEW

TRIES_MAX = 2_000
SELF, OWN, ELSEWHERE = "self", "own", "elsewhere"
NO_STAGE = "no stage that anybody named"
ANSWERS = (False, True)


class Samples:
    """Members and things that differ in all that some policies tell apart."""

    def __init__(self, charter: Charter, policies: tuple[Policy, ...]) -> None:
        self.charter = charter
        self.policies = policies

    def members(self) -> Iterator[Member]:
        """Whoever has least comes first: most likely shut out by a condition."""
        offices, factors, proofs = (
            ANSWERS if name in self.attributes else (True,)
            for name in ("in_office", "second_factor", "fresh")
        )
        for kind, roles, regions in product(self.kinds, self.roles, self.regions):
            for in_office, factor, fresh in product(offices, factors, proofs):
                yield Member(
                    kind=kind,
                    organisation=OWN,
                    person=SELF,
                    office="office" if in_office else None,
                    roles=roles,
                    regions=regions,
                    second_factor=factor,
                    fresh=fresh,
                )

    def things(self, kind: str) -> Iterator[Thing]:
        """Things of a kind: others' before one's own, a stage of no name before the known."""
        entry = self.charter.texts.vocabulary.kinds[kind]
        has = entry["attributes"]
        people = (frozenset[str](), frozenset({SELF}))
        values: Mapping[str, tuple[Any, ...]] = {
            "owner": (ELSEWHERE, OWN),
            "holder": (ELSEWHERE, SELF),
            "authors": people,
            "conflicted": people,
            "stage": (NO_STAGE, *entry.get("stages", ())),
            "label": tuple(self.charter.labels),
        }
        names = [name for name in values if name in has]
        chosen_from = (
            values[name] if name in self.attributes else values[name][:1] for name in names
        )
        within = self.regions if entry.get("in_region") else ((),)
        for regions, *chosen in product(within, *chosen_from):
            thing = Thing(kind=kind, id="sample", regions=regions)
            yield replace(thing, **dict(zip(names, chosen, strict=True)))

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes that the policies ask about."""
        return frozenset(
            node["."]["attr"] for policy in self.policies for node in _nodes(policy.body, ".")
        )

    @cached_property
    def kinds(self) -> tuple[PartyKind, ...]:
        """The kinds of party that the permits speak to."""
        parties = {policy.party for policy in self.policies if policy.permits}
        return tuple(kind for kind in PartyKind if parties & set(self.charter.groups_of(kind)))

    @cached_property
    def roles(self) -> tuple[frozenset[str], ...]:
        """Every choice of the roles that the policies ask for, none of them first."""
        asked = sorted({role for policy in self.policies for role in policy.roles})
        return tuple(
            frozenset(role for role, is_held in zip(asked, held, strict=True) if is_held)
            for held in product(ANSWERS, repeat=len(asked))
        )

    @cached_property
    def regions(self) -> tuple[tuple[str, ...], ...]:
        """Out of every region, or inside those that the policies name."""
        named = {
            entity["id"]
            for policy in self.policies
            for node in _nodes(policy.body, "__entity")
            if (entity := node["__entity"])["type"] == "Region"
        }
        inside = tuple(sorted(named)) or (OWN,)
        return ((), inside)


def asks_for_nothing(charter: Charter, permit: Policy) -> bool:
    """Whether a permit applies to whomever and whatever it was tried on, for one of its deeds."""
    alone, samples = policy_set_of([permit]), Samples(charter, (permit,))
    return any(
        all(
            applies(alone, charter, member, verb, thing)
            for member, thing in _tried(samples.members(), samples.things(kind))
        )
        for verb in permit.verbs
        if not verb.startswith(VIEW)
        for kind in charter.texts.vocabulary.verbs[verb]["on"]
    )


def somebody_may(charter: Charter, verb: str) -> bool:
    """Whether anybody was found who may do it with anything."""
    forbids = tuple(p for p in charter.policies if not p.permits and verb in p.verbs)
    kinds = charter.texts.vocabulary.verbs[verb]["on"]
    for permit, kind in product(charter.permits.get(verb, ()), kinds):
        samples = Samples(charter, (permit, *forbids))
        # Whoever has most, with what is their own, is most likely to get through.
        members, things = tuple(samples.members())[::-1], tuple(samples.things(kind))[::-1]
        for member, thing in _tried(members, things):
            if applies(charter.policy_set, charter, member, verb, thing):
                return True
    return False


def _tried(members: Iterable[Member], things: Iterable[Thing]) -> Iterator[tuple[Member, Thing]]:
    return islice(product(members, things), TRIES_MAX)


def _nodes(node: Any, name: str) -> Iterator[Mapping[str, Any]]:
    """Every node of this name inside a policy."""
    if isinstance(node, Mapping):
        if name in node:
            yield node
        for part in node.values():
            yield from _nodes(part, name)
    elif isinstance(node, list):
        for part in node:
            yield from _nodes(part, name)
