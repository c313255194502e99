"""Entries of the log as pages show them: the public facts of a deed, nothing more."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.models import Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.clauses import ShownClause, clause_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """What an entry says: the deed, the party, the clauses, both dates, the public facts."""

    index: int
    verb: Said
    kind: str
    organisation: str
    clauses: tuple[ShownClause, ...]
    business_date: str
    claimed_at: datetime | None
    facts: tuple[tuple[str, str], ...]
    promised: tuple[str, ...]
    record: str


def shown_entries(contents: Mapping[int, bytes]) -> list[ShownEntry]:
    """Entries by their numbers, in words; their bytes are shown as they are."""
    entries = {index: json.loads(content) for index, content in contents.items()}
    names = _names(entry["party"] or "" for entry in entries.values())
    return [
        _shown(index, entry, record=contents[index].decode(), names=names)
        for index, entry in entries.items()
    ]


def _shown(
    index: int, entry: Mapping[str, Any], *, record: str, names: Mapping[str, str]
) -> ShownEntry:
    kind, _, organisation = (entry["party"] or "").partition(":")
    charter = charter_in_force()
    known = [number for number in entry["clause"] if number in charter.clauses]
    return ShownEntry(
        index=index,
        verb=charter.verb_names.get(entry["verb"], Said(entry["verb"])),
        kind=kind,
        organisation=names.get(organisation, organisation),
        clauses=tuple(clause_shown(number) for number in known),
        business_date=entry["business_date"],
        claimed_at=parse_datetime(entry["claimed_at"]),
        facts=tuple((name, _text(value)) for name, value in entry["public"].items()),
        promised=tuple(entry["c"]),
        record=record,
    )


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _names(parties: Iterable[str]) -> dict[str, str]:
    """The names of the organisations among parties such as government:…, in one query."""
    ids = {UUID(party.partition(":")[2]) for party in parties if ":" in party}
    found = Organisation.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(identifier): name for identifier, name in found}


def address_of_thing(content: bytes, *, member: Member) -> str:
    """The page of what the deed was done with, if its reader may see that; else nothing."""
    kind, _, identifier = (json.loads(content)["on"] or "").partition(":")
    if kind == "project":
        found = Project.objects.visible_to(member).filter(pk=UUID(identifier)).exists()
        return reverse("project", args=[identifier]) if found else ""
    if kind == "form_version":
        version = FormVersion.objects.visible_to(member).filter(pk=UUID(identifier)).first()
        if version is not None:
            return f"{reverse('project', args=[version.project_id])}?version={version.pk}"
    return ""
