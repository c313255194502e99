"""What the charter is asked about: who (Member) wants to do what with which Thing."""

from dataclasses import dataclass
from enum import StrEnum


class PartyKind(StrEnum):
    """The kinds of party that the charter knows; the last two are no organisations."""

    GOVERNMENT = "government"
    CONGRESS = "congress"
    AUDIT = "audit"
    SOCIAL = "social"
    ENTERPRISE = "enterprise"
    EVALUATOR = "evaluator"
    CITIZEN = "citizen"
    VISITOR = "visitor"
    SYSTEM = "system"


class Assurance(StrEnum):
    """How surely somebody's identity is known, each level above the one before it.

    A contact: messages sent there reach them. Identity: an organisation or an identity provider
    answers for who they are. Factor: the same, and they signed in with a second factor.
    """

    NONE = "none"
    CONTACT = "contact"
    IDENTITY = "identity"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who acts: a person in an office of an organisation, a visitor, or the system.

    Organisation, person and office are identifiers; regions run from the nearest to the widest.
    `human` is whoever stands behind an account, where somebody has several. `second_factor`:
    signed in with one; `fresh`: a factor was shown a moment ago. `assurance`: how surely it is
    known who they are.
    """

    kind: PartyKind
    organisation: str | None = None
    person: str | None = None
    office: str | None = None
    roles: frozenset[str] = frozenset()
    regions: tuple[str, ...] = ()
    human: str | None = None
    second_factor: bool = False
    fresh: bool = False
    assurance: Assurance = Assurance.NONE

    @property
    def party(self) -> str:
        """How the public log names the party: kind and organisation, never a person."""
        return f"{self.kind}:{self.organisation}" if self.organisation else str(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that a right is about; an attribute is None where its kind has none.

    What each attribute means stands in rules/charter/kinds.toml.
    """

    kind: str
    id: str
    owner: str | None = None
    overseer: str | None = None
    stage: str | None = None
    authors: frozenset[str] | None = None
    holder: str | None = None
    regions: tuple[str, ...] = ()
    conflicted: frozenset[str] | None = None
    label: str | None = None
    evaluated: str | None = None
    commissioner: str | None = None
    panel: frozenset[str] | None = None
    addressed: str | None = None
    awaited: frozenset[str] | None = None
    affected: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """How the log names it: kind and identifier."""
        return f"{self.kind}:{self.id}"


VISITOR = Member(kind=PartyKind.VISITOR)
SYSTEM = Member(kind=PartyKind.SYSTEM)
INSTALLATION = Thing(kind="installation", id="here")
