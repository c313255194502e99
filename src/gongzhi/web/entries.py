"""Entries of the log as pages show them: the public facts of a deed, nothing more."""

import json
from collections.abc import Mapping
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


def shown_entry(index: int, content: bytes) -> ShownEntry:
    """The entry in words; its bytes are shown as they are."""
    entry: Mapping[str, Any] = json.loads(content)
    kind, _, organisation = (entry["party"] or "").partition(":")
    charter = charter_in_force()
    known = [number for number in entry["clause"] if number in charter.clauses]
    return ShownEntry(
        index=index,
        verb=charter.verb_names.get(entry["verb"], Said(entry["verb"])),
        kind=kind,
        organisation=_name_of(organisation),
        clauses=tuple(clause_shown(number) for number in known),
        business_date=entry["business_date"],
        claimed_at=parse_datetime(entry["claimed_at"]),
        facts=tuple((name, _text(value)) for name, value in entry["public"].items()),
        promised=tuple(entry["c"]),
        record=content.decode(),
    )


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _name_of(organisation: str) -> str:
    if not organisation:
        return ""
    found = Organisation.objects.filter(pk=UUID(organisation)).first()
    return found.name if found else organisation


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
