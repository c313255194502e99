"""Rights tried out on made-up members and things: what a rule asks for, who may still act.

What a rule says of itself doesn't count (`when { true }`, `a || !a`): it is tried on members and
things that differ in what its own words tell apart, up to three differences from a stranger (or
from whoever has most). A sample that was found is proof; that none was found is not, so the
callers refuse then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import combinations, product
from typing import Any

from gongzhi.core.charter.asking import Assurance, Member, PartyKind, Thing
from gongzhi.core.charter.charter import Charter, Policy, cut_to_verb
from gongzhi.core.charter.deciding import applies, rules_on
from gongzhi.core.charter.vocabulary import VIEW

DIFFERENCES_MAX = 3
SELF, OWN, ELSEWHERE = "self", "own", "elsewhere"
NO_STAGE = "no stage that anybody named"
NOBODY, MYSELF = frozenset[str](), frozenset({SELF})
# What stands against somebody rather than for them: whoever has most has it not.
PEOPLE_AGAINST = frozenset({"authors", "conflicted"})
AGAINST = PEOPLE_AGAINST | {"awaited"}
FLAGS = ("in_office", "second_factor", "fresh")
ROLE, REGION, KIND, LEVEL = "role ", "region of ", "kind", "assurance"


class Samples:
    """Members and things that differ in all that a permit and the forbids beside it tell apart."""

    def __init__(self, charter: Charter, permit: Policy, *forbids: Policy) -> None:
        self.charter = charter
        self.permit = permit
        self.bodies = [policy.body for policy in (permit, *forbids)]

    def near_a_stranger(self, kind: str) -> Iterator[tuple[Member, Thing]]:
        """Whoever has least first, with what is another's."""
        return self._near(kind, self._choices(kind))

    def near_who_has_most(self, kind: str) -> Iterator[tuple[Member, Thing]]:
        """Whoever has most first, with what is their own."""
        least = self._choices(kind)
        most = {name: v if name in AGAINST else v[::-1] for name, v in least.items()}
        return self._near(kind, most)

    def _near(
        self, kind: str, choices: Mapping[str, tuple[Any, ...]]
    ) -> Iterator[tuple[Member, Thing]]:
        first = {name: values[0] for name, values in choices.items()}
        for count in range(DIFFERENCES_MAX + 1):
            for names in combinations(choices, count):
                for chosen in product(*(choices[name][1:] for name in names)):
                    sample = {**first, **dict(zip(names, chosen, strict=True))}
                    yield self._member(sample), self._thing(kind, sample)

    def _choices(self, kind: str) -> dict[str, tuple[Any, ...]]:
        """What may differ, and the values that are tried, the least first."""
        entry = self.charter.texts.vocabulary.kinds[kind]
        values: Mapping[str, tuple[Any, ...]] = {
            **dict.fromkeys(FLAGS, (False, True)),
            LEVEL: (*Assurance,),
            "owner": (ELSEWHERE, OWN),
            "overseer": (ELSEWHERE, OWN),
            "evaluated": (ELSEWHERE, OWN),
            "commissioner": (ELSEWHERE, OWN),
            "panel": (NOBODY, frozenset({OWN})),
            "addressed": (ELSEWHERE, OWN),
            "awaited": (NOBODY, frozenset({OWN})),
            "holder": (ELSEWHERE, SELF),
            "affected": (NOBODY, MYSELF),
            **dict.fromkeys(PEOPLE_AGAINST, (NOBODY, MYSELF)),
            "stage": (NO_STAGE, *entry.get("stages", ())),
            "label": (*self.charter.labels,),
        }
        has = {*FLAGS, LEVEL, *entry["attributes"]}
        within = (f"{REGION}member", f"{REGION}thing") if entry.get("in_region") else ()
        return {
            KIND: self._kinds,
            **{
                name: v if name in self._asked else v[:1]
                for name, v in values.items()
                if name in has
            },
            **dict.fromkeys((flag for flag in FLAGS if flag not in self._asked), (True,)),
            **{f"{ROLE}{role}": (False, True) for role in sorted(self.permit.roles)},
            **dict.fromkeys(within, ((), self._regions)),
        }

    def _member(self, sample: Mapping[str, Any]) -> Member:
        return Member(
            kind=sample[KIND],
            organisation=OWN,
            person=SELF,
            office="office" if sample["in_office"] else None,
            roles=frozenset(role for role in self.permit.roles if sample[f"{ROLE}{role}"]),
            regions=sample.get(f"{REGION}member", ()),
            second_factor=sample["second_factor"],
            fresh=sample["fresh"],
            assurance=sample[LEVEL],
        )

    def _thing(self, kind: str, sample: Mapping[str, Any]) -> Thing:
        has = self.charter.texts.vocabulary.kinds[kind]["attributes"]
        thing = Thing(kind=kind, id="sample", regions=sample.get(f"{REGION}thing", ()))
        return replace(thing, **{name: sample[name] for name in has})

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The attributes that the policies ask about."""
        return frozenset(node["."]["attr"] for body in self.bodies for node in _nodes(body, "."))

    @cached_property
    def _kinds(self) -> tuple[PartyKind, ...]:
        """The kinds of party that the permit speaks to."""
        groups = self.charter.groups_of
        return tuple(kind for kind in PartyKind if self.permit.party in set(groups(kind)))

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        """The regions that the policies name, or any."""
        entities = (node["__entity"] for body in self.bodies for node in _nodes(body, "__entity"))
        return tuple(sorted({e["id"] for e in entities if e["type"] == "Region"})) or (OWN,)


def asks_for_nothing(charter: Charter, permit: Policy) -> bool:
    """Whether a permit applies to whomever and whatever it was tried on, for one of its deeds."""
    alone, samples = cut_to_verb([permit]), Samples(charter, permit)
    return any(
        all(
            applies(alone, charter, member, verb, thing)
            for member, thing in samples.near_a_stranger(kind)
        )
        for verb in permit.verbs
        if not verb.startswith(VIEW)
        for kind in charter.texts.vocabulary.verbs[verb]["on"]
    )


def somebody_may(charter: Charter, verb: str) -> bool:
    """Whether anybody was found who may do it with anything."""
    forbids = [policy for policy in charter.policies if not policy.permits and verb in policy.verbs]
    return any(
        applies(rules_on(charter, verb), charter, member, verb, thing)
        for permit in charter.permits.get(verb, ())
        if charter.is_awake(permit)
        for kind in charter.texts.vocabulary.verbs[verb]["on"]
        for member, thing in Samples(charter, permit, *forbids).near_who_has_most(kind)
    )


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
