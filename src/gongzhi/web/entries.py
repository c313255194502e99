"""Entries of the log as pages show them: the public facts of a deed, nothing more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.parties.told import told_in
from gongzhi.trust.proofs import indexes_of
from gongzhi.web.clauses import ShownClause, clause_shown
from gongzhi.web.fact_words import fact_of
from gongzhi.web.facts import ShownFact, Value, facts_in_words, thing_shown
from gongzhi.web.places import places

CAUSED_SHOWN_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """What an entry says in a list: the deed, the party, the clauses, the business date.

    `code` and `party` are what a list can be asked for.
    """

    index: int
    code: str
    verb: Said
    kind: str
    organisation: str
    clauses: tuple[ShownClause, ...]
    business_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEntry:
    """All that an entry says, in words: with what it was done, the facts, what is only promised.

    `charter` is the version of the rules; its digest stands in the record.
    """

    entry: ShownEntry
    things: tuple[Value, ...]
    charter: str
    claimed_at: datetime | None
    facts: tuple[ShownFact, ...]
    promised: tuple[Said, ...]
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Another deed that belongs to this one; without a number it waits for one."""

    index: int | None
    verb: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What caused a deed and what it caused; `more` where it caused more than are shown."""

    cause: Step | None
    caused: tuple[Step, ...]
    more: bool


def shown_entries(contents: Mapping[int, bytes]) -> list[ShownEntry]:
    """Entries by their numbers, in words."""
    entries = {index: told_in(content) for index, content in contents.items()}
    names = _names(entry["party"] or "" for entry in entries.values())
    return [_shown(index, entry, names=names) for index, entry in entries.items()]


def whole_entry(index: int, content: bytes, *, member: Member) -> WholeEntry:
    """An entry for its reader, who finds the things in it linked as far as they may be read."""
    told = told_in(content)
    (facts,) = facts_in_words([told["public"]], member=member, verb=told["verb"])
    name = told["on"] or ""
    return WholeEntry(
        entry=shown_entries({index: content})[0],
        things=(thing_shown(name, found=places(member, [name])),) if name else (),
        charter=told["charter"].partition("+")[0],
        claimed_at=parse_datetime(told["claimed_at"]),
        facts=facts,
        promised=tuple(fact_of(field, verb=told["verb"]).name for field in told["c"]),
        record=content.decode(),
    )


def chain_of(content: bytes, *, member: Member) -> Chain:
    """The deeds before and after the one of an entry, within the same step."""
    told = told_in(content)
    deeds = Deed.objects.visible_to(member)
    causes = deeds.filter(pk=UUID(told["because"])) if told["because"] else deeds.none()
    after = deeds.filter(because=UUID(told["public"]["deed"])).order_by("leaf")
    caused = list(after[: CAUSED_SHOWN_MAX + 1])
    before = list(causes)
    numbers = indexes_of([deed.leaf for deed in (*before, *caused)])
    steps = [_step(deed, numbers) for deed in (*before, *caused[:CAUSED_SHOWN_MAX])]
    return Chain(
        cause=steps[0] if before else None,
        caused=tuple(steps[len(before) :]),
        more=len(caused) > CAUSED_SHOWN_MAX,
    )


def _step(deed: Deed, numbers: Mapping[UUID, int]) -> Step:
    return Step(index=numbers.get(deed.leaf), verb=_verb(deed.verb))


def _verb(verb: str) -> Said:
    return charter_in_force().verb_names.get(verb, Said(verb))


def _shown(index: int, entry: Mapping[str, Any], *, names: Mapping[str, str]) -> ShownEntry:
    kind, _, organisation = (entry["party"] or "").partition(":")
    charter = charter_in_force()
    known = [number for number in entry["clause"] if number in charter.clauses]
    return ShownEntry(
        index=index,
        code=entry["verb"],
        verb=_verb(entry["verb"]),
        kind=kind,
        organisation=names.get(organisation, organisation),
        clauses=tuple(clause_shown(number) for number in known),
        business_date=entry["business_date"],
    )


def _names(parties: Iterable[str]) -> dict[str, str]:
    """The names of the organisations among parties such as government:…, in one query."""
    ids = {UUID(party.partition(":")[2]) for party in parties if ":" in party}
    found = Organisation.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(identifier): name for identifier, name in found}
