"""Who made a figure what it is: the deeds behind it, by which clause, each with its seal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.identifiers import identifier_in
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.clauses import ShownClause, clauses_shown
from gongzhi.web.places import Place, places

# Things whose page says more than the name of the party.
PAPERS = ("delivery:", "goal_version:", "submission:", "collection:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A deed: what, by which party (none: the platform), when, by which clauses, sealed where."""

    verb: Said
    party: str
    on: date
    clauses: tuple[ShownClause, ...]
    seal: Seal | None
    paper: Place | None = None


def hands_of(member: Member, deeds: Iterable[Deed]) -> tuple[Hand, ...]:
    """The deeds in words, the oldest first; the paper that each brought, for who may read it."""
    chosen = sorted(deeds, key=lambda deed: deed.pk)
    seals = seals_of([deed.leaf for deed in chosen])
    names, charter = _parties(chosen), charter_in_force()
    papers = places(member, {deed.on for deed in chosen if deed.on.startswith(PAPERS)})
    return tuple(
        Hand(
            verb=charter.verb_names.get(deed.verb, Said(deed.verb)),
            party=names.get(deed.party, ""),
            on=deed.business_date,
            clauses=clauses_shown(set(deed.clauses) & set(charter.clauses)),
            seal=seals.get(deed.leaf),
            paper=papers.get(deed.on),
        )
        for deed in chosen
    )


def _parties(deeds: Sequence[Deed]) -> Mapping[str, str]:
    """The names of the organisations that did them."""
    identifiers = {deed.party: identifier_in(deed.party.rpartition(":")[2]) for deed in deeds}
    wanted = [each for each in identifiers.values() if each is not None]
    found = dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {party: found[pk] for party, pk in identifiers.items() if pk in found}
