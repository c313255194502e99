"""What was said about a thing, for that thing's own page: how much, where it leads, how to add."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.models import AdoptedChange, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """How many voices there are about a thing; `became` is the page of what became of them."""

    about: str
    count: int
    became: str = ""


def voices_on(member: Member, row: Any) -> Voices | None:
    """The voices about a project, goals, an evaluation or an organisation; None where closed."""
    thing = row.thing()
    project = row if isinstance(row, Project) else getattr(row, "project", None)
    if not _is_open(row, project):
        return None
    of = Q(about=thing.name) | (Q(project=row) if isinstance(row, Project) else Q())
    count = Voice.objects.visible_to(member).standing().filter(of).count()
    became = reverse("project-voices-became", args=[project.pk]) if project else ""
    return Voices(about=thing.name, count=count, became=became)


def _is_open(row: Any, project: Project | None) -> bool:
    """Whether anybody may speak about it: only of what everybody reads."""
    if project is not None and project.label != "public":
        return False
    return not isinstance(row, GoalVersion) or row.stage in ("approved", "asked")


def changed_lines(member: Member, rows: Iterable[GoalVersion]) -> Mapping[str, list[AdoptedChange]]:
    """The voices that changed goals, by the key of the indicator; "" is the amount."""
    versions = [row.pk for row in rows]
    chosen = AdoptedChange.objects.visible_to(member).filter(
        Q(decided__in=versions, end=AdoptedChange.End.APPROVED)
        | Q(version__in=versions, version__stage="approved")
    )
    found: dict[str, list[AdoptedChange]] = {}
    for change in chosen.exclude(end=AdoptedChange.End.DROPPED).select_related("voice"):
        found.setdefault(change.indicator, []).append(change)
    return found
