"""The charter as a value: its clauses, parties and roles, and its policies in Cedar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from cedarpy import PolicySet, Schema

from gongzhi.core.terms import Said, Text


class ClauseKind(StrEnum):
    """What a clause does: states a principle, gives a right or sets a duty."""

    PRINCIPLE = "principle"
    RIGHT = "right"
    DUTY = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a clause comes from; unverified until somebody has read the text itself."""

    title: str
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A numbered rule that parties have agreed on; protected ones hold against any change."""

    number: str
    kind: ClauseKind
    title: Text
    text: Text
    since_on: date
    protected: bool = False
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A Cedar policy as far as people ask about it: what it permits or forbids, by which clause."""

    id: str
    permits: bool
    clauses: tuple[str, ...]
    verbs: frozenset[str]
    party: str | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A kind of party, or a group of kinds: its name and the groups it stands in."""

    name: Said
    within: tuple[str, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class Charter:
    """A whole charter, checked and ready to decide; equal only to itself.

    `version` names the text and its digest, so that the log tells which words were in force.
    """

    title: Text
    status: Text
    version: str
    clauses: Mapping[str, Clause]
    parties: Mapping[str, Party]
    roles: Mapping[str, Said]
    verb_names: Mapping[str, Said]
    policies: tuple[Policy, ...]
    policy_set: PolicySet
    schema: Schema

    @cached_property
    def verbs(self) -> frozenset[str]:
        """Every verb that some policy permits."""
        return frozenset().union(*(policy.verbs for policy in self.policies if policy.permits))

    @cached_property
    def permits(self) -> Mapping[str, tuple[Policy, ...]]:
        """The permitting policies by verb."""
        return {
            verb: tuple(p for p in self.policies if p.permits and verb in p.verbs)
            for verb in self.verbs
        }

    def clauses_of(self, verb: str) -> tuple[str, ...]:
        """The clauses that give the right to a verb: what a refusal cites if none fits."""
        permits = self.permits.get(verb, ())
        return in_order({number for policy in permits for number in policy.clauses})


def in_order(numbers: "set[str] | frozenset[str]") -> tuple[str, ...]:
    """Clause numbers as a reader expects them: 2.10 after 2.9."""
    return tuple(sorted(numbers, key=lambda number: [int(part) for part in number.split(".")]))
