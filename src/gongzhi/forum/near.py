"""What one may take part in today, and what goes on about a place.

Only voices say which place they are about. Of all else a place is known by the area of who is in
charge, or because a title or a body's name has the name of the place, or of a part of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q

from gongzhi.core.charter import Member
from gongzhi.core.participating.near import all_called
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Meeting, Panel, Process, Survey, Topic, Voice, Vote
from gongzhi.forum.posts import shown_only
from gongzhi.parties.models import Region

SHOWN = 12

# Of each kind: the column of the area of who is in charge, and the columns that may name a place.
AREAS: Mapping[type[Model], tuple[str, tuple[str, ...]]] = {
    Process: ("organisation", ("title", "project__name", "organisation__name")),
    Survey: ("organisation", ("title", "project__name", "organisation__name")),
    Vote: ("organisation", ("title", "project__name", "organisation__name")),
    Meeting: ("organiser", ("title", "place", "project__name", "organiser__name")),
    Topic: ("owner", ("question", "project__name", "owner__name")),
    Panel: ("convener", ("title", "project__name", "convener__name")),
    Project: ("unit", ("name", "unit__name")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNow:
    """Something that one may take part in, and its last day."""

    row: Any
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """The things of a kind about a place: how many there are, and the newest of them."""

    kind: type[Model]
    count: int
    newest: Sequence[Any]


def open_now(member: Member, *, today: date) -> list[OpenNow]:
    """What the member may take part in today, what ends first before the others."""
    found = sorted(_open(member, today), key=lambda each: (each.until, str(each.row.pk)))
    return found[:SHOWN]


def _open(member: Member, today: date) -> Iterator[OpenNow]:
    processes = Process.objects.visible_to(member).filter(stage=Process.Stage.OPEN)
    for process in processes.with_facts().order_by("-pk")[:SHOWN]:
        phase = process.phase_on(today)
        if phase is not None:
            yield OpenNow(row=process, until=phase.closes_on)
    on_it = Q(opens_on__lte=today, closes_on__gte=today)
    for model in (Survey, Topic, Vote):
        stage = model.Stage.OPEN
        rows = model.objects.visible_to(member).filter(on_it, stage=stage)
        for row in rows.with_facts().order_by("closes_on", "pk")[:SHOWN]:
            yield OpenNow(row=row, until=row.closes_on)
    panels = Panel.objects.visible_to(member).filter(
        stage=Panel.Stage.VOLUNTEERING, until__gte=today
    )
    for panel in panels.with_facts().order_by("until", "pk")[:SHOWN]:
        yield OpenNow(row=panel, until=panel.until)
    meetings = Meeting.objects.visible_to(member).coming()
    with_seats = meetings.filter(held_on__gte=today, resident_seats__gt=0)
    for meeting in with_seats.with_facts().order_by("held_on", "pk")[:SHOWN]:
        yield OpenNow(row=meeting, until=meeting.held_on)


def near(member: Member, place: Region) -> list[Near]:
    """What the member may read that is about a place or a part of it, kind by kind."""
    within = list(Region.objects.filter(Q(pk=place.pk) | Q(ancestors__contains=[str(place.pk)])))
    return [each for each in _near(member, within) if each.count]


def _near(member: Member, within: Sequence[Region]) -> Iterator[Near]:
    names = all_called(region.name for region in within)
    voices = shown_only(Voice.objects.visible_to(member).standing())
    about = Q(place__in=within) | _naming(("title",), names)
    yield _newest(Voice, voices.filter(about).defer("words"))
    for model, (charge, columns) in AREAS.items():
        rows = model._default_manager.visible_to(member)  # type: ignore[attr-defined]
        wanted = Q(**{f"{charge}__region__in": within}) | _naming(columns, names)
        yield _newest(model, rows.filter(wanted))


def _naming(columns: Sequence[str], names: Sequence[str]) -> Q:
    found = Q(pk__in=[])
    for column in columns:
        for name in names:
            found |= Q(**{f"{column}__contains": name})
    return found


def _newest(kind: type[Model], rows: Any) -> Near:
    whole = rows.with_facts() if hasattr(rows, "with_facts") else rows
    newest = list(whole.order_by("-pk")[:SHOWN])
    return Near(kind=kind, count=rows.count() if len(newest) == SHOWN else len(newest),
                newest=newest)  # fmt: skip
