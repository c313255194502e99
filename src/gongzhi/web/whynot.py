"""Why not? A deed that its reader may not do: what stands against it, in words, and who could."""

from dataclasses import dataclass

from gongzhi.core.charter import INSTALLATION, Charter, Member, Thing
from gongzhi.core.charter.explaining import Condition, Explanation, Way, explained
from gongzhi.core.terms import Said
from gongzhi.web.addresses import address_of
from gongzhi.web.clauses import ShownClause, clauses_shown

SYSTEM_PARTY = "system"
ANY_PARTY = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWay:
    """A right that could allow the deed: whose it is, and what it asks for."""

    clauses: tuple[ShownClause, ...]
    party: Said
    is_own_party: bool
    is_in_force: bool
    conditions: tuple[Condition, ...]

    @property
    def failing(self) -> tuple[Said, ...]:
        """What doesn't hold now."""
        return tuple(condition.said for condition in self.conditions if not condition.holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A deed that may not be done: the reason, what forbids it, the ways there are to it."""

    verb: str
    name: Said
    reason: Said
    forbids: tuple[ShownClause, ...]
    ways: tuple[ShownWay, ...]
    by_platform: bool
    address: str

    @property
    def nearest(self) -> ShownWay | None:
        """The way that the least stands against."""
        return self.ways[0] if self.ways else None


def denied(charter: Charter, member: Member, verb: str, thing: Thing) -> Denied:
    """Why the member may not do it."""
    explanation = explained(charter, member, verb, thing)
    return Denied(
        verb=verb,
        name=charter.verb_names[verb],
        reason=explanation.answer.reason,
        forbids=clauses_shown(explanation.forbids),
        ways=tuple(_shown(charter, way) for way in explanation.ways),
        by_platform=_is_platforms(explanation),
        address=why_address(verb, thing),
    )


def why_address(verb: str, thing: Thing) -> str:
    """The page that answers the same for everybody who may read the thing."""
    if thing == INSTALLATION:
        return address_of("why-here", verb)
    return address_of("why", verb, thing.kind, thing.id) if "-" in thing.id else ""


def _is_platforms(explanation: Explanation) -> bool:
    return bool(explanation.ways) and all(way.party == SYSTEM_PARTY for way in explanation.ways)


def _shown(charter: Charter, way: Way) -> ShownWay:
    return ShownWay(
        clauses=clauses_shown(way.clauses),
        party=charter.parties[way.party].name,
        is_own_party=way.is_own_party,
        is_in_force=way.is_in_force,
        conditions=way.conditions,
    )
