"""The charter as a value: its clauses, parties and roles, and its policies in Cedar."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from cedarpy import PolicySet, Schema, policies_from_json_str

from gongzhi.core.charter.texts import CharterTexts
from gongzhi.core.terms import Said, Text


class ClauseKind(StrEnum):
    """What a clause does: states a principle, gives a right or sets a duty."""

    PRINCIPLE = "principle"
    RIGHT = "right"
    DUTY = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A law or rule that clauses rest on (制度); verified once somebody has read its text.

    `read_in` says in which copy it was read.
    """

    code: str
    title: Text
    level: str
    issued_by: Text | None = None
    document_number: str | None = None
    issued_on: date | None = None
    amended_on: date | None = None
    in_force_from: date | None = None
    lapsed_on: date | None = None
    verified: bool = False
    read_in: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a clause comes from; an article only of a text that was read."""

    institution: Institution
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Who owes what a duty asks for, to whom, and within how many days."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    what: Text
    within_days: int | None = None
    working_days: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A numbered rule that parties have agreed on; protected ones hold against any change.

    `on_paper`: the text holds, but the program has no deed for it yet. `amended_by`: the issuing
    authority, only the law (a higher rule says it), or nobody.
    """

    number: str
    part: str
    kind: ClauseKind
    title: Text
    text: Text
    since_on: date
    protected: bool = False
    on_paper: bool = False
    amended_by: str = "authority"
    owed: Owed | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part (章) of the charter, adopted as a whole; `always` in force where the program runs."""

    number: str
    title: Text
    always: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A Cedar policy as far as people ask about it: what it permits or forbids, by which clause.

    `body` is the whole of it as Cedar read it, `conditions` the parts of its when and unless, all
    of which must hold; `source` are its words, to be shown and changed.
    """

    id: str
    permits: bool
    clauses: tuple[str, ...]
    verbs: frozenset[str]
    party: str | None = None
    roles: frozenset[str] = frozenset()
    file: str = ""
    source: str = ""
    conditions: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)
    body: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the charter that it rests on."""
        return frozenset(number.partition(".")[0] for number in self.clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A kind of party, or a group of kinds: its name and the groups it stands in."""

    name: Said
    within: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Charter:
    """A whole charter, checked and ready to decide; equal only to itself.

    `version` names the text and its digest, so that the log tells which words were in force.
    `policies` holds what the text says, asleep or not.
    """

    title: Text
    status: Text
    version: str
    texts: CharterTexts
    parts: Mapping[str, Part]
    clauses: Mapping[str, Clause]
    institutions: Mapping[str, Institution]
    parties: Mapping[str, Party]
    roles: Mapping[str, Said]
    verb_names: Mapping[str, Said]
    kind_names: Mapping[str, Said]
    labels: Mapping[str, Said]
    policies: tuple[Policy, ...]
    schema: Schema
    in_force: frozenset[str]
    whole: Self | None = None

    @cached_property
    def always_parts(self) -> frozenset[str]:
        """The parts that hold wherever the program runs, adopted or not."""
        return frozenset(number for number, part in self.parts.items() if part.always)

    def is_awake(self, policy: Policy) -> bool:
        """Whether a policy is in force: a forbid always, a permit with all its parts."""
        return not policy.permits or policy.parts <= self.in_force

    def restricted_to(self, parts: frozenset[str]) -> Self:
        """The same text with only these parts (and the constant ones) in force.

        Rights that rest on another part are asleep; what is forbidden stays so.
        """
        in_force = (parts & self.parts.keys()) | self.always_parts
        return replace(self, in_force=in_force, whole=self.whole or self)

    @cached_property
    def stage_names(self) -> Mapping[str, Said]:
        """What each stage is called, of whatever kind of thing."""
        kinds = self.texts.vocabulary.kinds.values()
        return {
            stage: Said(name) for kind in kinds for stage, name in kind.get("stages", {}).items()
        }

    @cached_property
    def verbs_on(self) -> Mapping[str, tuple[str, ...]]:
        """The verbs that apply to each kind of thing, in the order of the vocabulary."""
        verbs = self.texts.vocabulary.verbs
        return {
            kind: tuple(verb for verb, entry in verbs.items() if kind in entry["on"])
            for kind in self.texts.vocabulary.kinds
        }

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Every verb that some policy permits."""
        return frozenset().union(*(policy.verbs for policy in self.policies if policy.permits))

    @cached_property
    def by_id(self) -> Mapping[str, Policy]:
        """The policies by their @id."""
        return {policy.id: policy for policy in self.policies}

    @cached_property
    def permits(self) -> Mapping[str, tuple[Policy, ...]]:
        """The permitting policies by verb."""
        return {
            verb: tuple(p for p in self.policies if p.permits and verb in p.verbs)
            for verb in self.verbs
        }

    def groups_of(self, party: str) -> Iterator[str]:
        """A kind of party and the groups that it stands in: what they may do, it may do too."""
        yield party
        for group in self.parties[party].within:
            yield from self.groups_of(group)

    def clauses_of(self, verb: str) -> tuple[str, ...]:
        """The clauses that give the right to a verb: what a refusal cites if none fits."""
        permits = self.permits.get(verb, ())
        return in_order({number for policy in permits for number in policy.clauses})


def policy_set_of(policies: Iterable[Policy]) -> PolicySet:
    """What Cedar decides by, out of its own reading: no policy is lost by how it is written."""
    bodies = {policy.id: policy.body for policy in policies}
    whole = {"staticPolicies": bodies, "templates": {}, "templateLinks": []}
    return PolicySet.from_str(policies_from_json_str(json.dumps(whole)))


def cut_to_verb(policies: Iterable[Policy]) -> PolicySet:
    """Policies on one verb as a set that is asked about this verb alone: their scope is settled."""
    anything = {"op": "All"}
    return policy_set_of(
        replace(policy, body={**policy.body, "action": anything}) for policy in policies
    )


def in_order(numbers: "set[str] | frozenset[str]") -> tuple[str, ...]:
    """Clause numbers as a reader expects them: 2.10 after 2.9."""
    return tuple(sorted(numbers, key=lambda number: [int(part) for part in number.split(".")]))
