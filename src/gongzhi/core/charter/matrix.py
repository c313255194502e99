"""Every party against every deed: what the rules say, in which words, by which clauses.

Computed from the policies alone, so that nobody has to believe what a proposal says of itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.charter.charter import Charter, Policy, in_order
from gongzhi.core.charter.wording import conditions_of
from gongzhi.core.terms import Said

MATRICES_KEPT = 32


class Standing(StrEnum):
    """What the rules say to a party about a deed."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    FORBIDDEN = "forbidden"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What one policy says to a party about a deed; it sleeps while its part is not in force."""

    permits: bool
    clauses: tuple[str, ...]
    conditions: tuple[Said, ...]
    asleep: bool

    def as_record(self) -> Mapping[str, Any]:
        """The ruling as plain JSON, for a digest."""
        return {
            "permits": self.permits,
            "clauses": list(self.clauses),
            "conditions": [_plain(condition) for condition in self.conditions],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """All that the rules say to a party about a deed."""

    rulings: tuple[Ruling, ...] = ()

    @property
    def permits(self) -> tuple[Ruling, ...]:
        """The ways in which it is permitted; one of them is enough."""
        return tuple(ruling for ruling in self.rulings if ruling.permits)

    @property
    def forbids(self) -> tuple[Ruling, ...]:
        """What stands against it; one of them is enough."""
        return tuple(ruling for ruling in self.rulings if not ruling.permits)

    @property
    def standing(self) -> Standing:
        """The answer in one word; without conditions of any kind is allowed outright."""
        if any(not forbid.conditions for forbid in self.forbids):
            return Standing.FORBIDDEN
        if not self.permits:
            return Standing.NONE
        outright = any(not permit.conditions for permit in self.permits) and not self.forbids
        return Standing.ALLOWED if outright else Standing.CONDITIONAL

    @property
    def asleep(self) -> bool:
        """Whether it would be permitted, but every right to it still sleeps."""
        return bool(self.permits) and all(permit.asleep for permit in self.permits)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that say so."""
        return in_order({number for ruling in self.rulings for number in ruling.clauses})


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The cells of all parties and verbs, both in the order of the vocabulary."""

    parties: tuple[str, ...]
    verbs: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, party: str, verb: str) -> Cell:
        """What the rules say to the party about the deed; of what they don't know, nothing."""
        return self.cells.get((party, verb), Cell())


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A party for whom a deed stands otherwise after a change of the rules."""

    party: str
    verb: str
    before: Cell
    after: Cell

    def as_record(self) -> Mapping[str, Any]:
        """The change as plain JSON, for a digest."""
        return {
            "party": self.party,
            "verb": self.verb,
            "before": [ruling.as_record() for ruling in self.before.rulings],
            "after": [ruling.as_record() for ruling in self.after.rulings],
        }


@lru_cache(maxsize=MATRICES_KEPT)
def rights_matrix(charter: Charter) -> Matrix:
    """The matrix of a charter."""
    parties = tuple(code for code in charter.parties if code in set(PartyKind))
    verbs = tuple(charter.verb_names)
    rulings = [(policy, _ruling(charter, policy)) for policy in charter.policies if policy.verbs]
    cells: dict[tuple[str, str], tuple[Ruling, ...]] = {}
    for party in parties:
        around = frozenset(charter.groups_of(party))
        for policy, ruling in rulings:
            if policy.party is None or policy.party in around:
                for verb in policy.verbs:
                    cells[party, verb] = (*cells.get((party, verb), ()), ruling)
    return Matrix(
        parties=parties,
        verbs=verbs,
        cells={place: Cell(rulings=found) for place, found in cells.items()},
    )


def difference(before: Charter, after: Charter) -> tuple[Changed, ...]:
    """Every party and deed that stands otherwise, in the order of the vocabulary."""
    old, new = rights_matrix(before), rights_matrix(after)
    parties = dict.fromkeys((*old.parties, *new.parties))
    verbs = dict.fromkeys((*old.verbs, *new.verbs))
    return tuple(
        Changed(party=party, verb=verb, before=old.cell(party, verb), after=new.cell(party, verb))
        for verb in verbs
        for party in parties
        if old.cell(party, verb) != new.cell(party, verb)
    )


def _ruling(charter: Charter, policy: Policy) -> Ruling:
    return Ruling(
        permits=policy.permits,
        clauses=policy.clauses,
        conditions=conditions_of(charter, policy),
        asleep=not charter.is_awake(policy),
    )


def _plain(said: Said) -> Mapping[str, Any]:
    values = {
        name: _plain(value) if isinstance(value, Said) else str(value)
        for name, value in said.values.items()
    }
    return {"text": said.text, "values": values}
