"""A voice as pages show it: who said it, about what, its clock, its answer, what it changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.participating.suggesting import SIGNS, Figure
from gongzhi.core.participating.voices import WAITING
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.becoming import became_of
from gongzhi.forum.models import AdoptedChange, Suggestion, Support, Voice, VoiceAnswer
from gongzhi.forum.things import CLAUSE, LINE
from gongzhi.forum.voice_waiting import due_of
from gongzhi.papers.figures import WAN, money_text
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.seals import Seal
from gongzhi.web.differences import compared
from gongzhi.web.places import places
from gongzhi.web.seals import name_of, seals_on
from gongzhi.web.shown import Change

A_CITIZEN = Said("一位市民")
MARKS = {"adopted": "kept", "partly": "watch", "declined": "fault"}
DECIDING = ("approve_goals", "approve_budget", "return_goals", "return_budget", "hand_back_budget")


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who speaks: an organisation under its name, a person under the name they chose."""

    kind: str
    name: str = ""
    said: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a voice is about, with an address where the reader may go there."""

    name: str
    address: str = ""
    note: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure that is suggested, or was changed: which, from what, to what."""

    called: str
    figure: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """What a voice changed: the figure, the goals that carry it, and who decided on them."""

    figure: ShownFigure
    end: str
    version: GoalVersion
    readable: bool
    decided_by: Office | None = None
    reason: str = ""
    on: Any = None
    seal: Seal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVoice:
    """A voice with all that a list says of it."""

    row: Voice
    number: str
    title: str
    author: Author
    about: About
    clock: Clock | None
    supports: int
    answer: VoiceAnswer | None
    mark: str
    figure: ShownFigure | None
    change: AdoptedChange | None
    authors: tuple[Author, ...] = field(default_factory=tuple)


def shown_voices(rows: Iterable[Voice], *, member: Member) -> list[ShownVoice]:
    """Voices as a list shows them, in their order; what stands beside comes for all at once."""
    voices = list(rows)
    abouts = about_them(voices, member=member)
    backed = supports_of(voices, member=member)
    kept = _answers(voices, member=member)
    merged = _merged_authors(voices, member=member)
    return [
        _shown(
            voice,
            title=voice.title if belongs_to(voice, member) else str(voice),
            about=abouts[voice.about],
            supports=backed.get(voice.pk, 0),
            answers=kept.get(voice.merged_into_id or voice.pk, ()),
            authors=merged.get(voice.pk, ()),
        )
        for voice in voices
    ]


def _shown(
    voice: Voice,
    *,
    title: str,
    about: About,
    supports: int,
    answers: Sequence[VoiceAnswer],
    authors: tuple[Author, ...],
) -> ShownVoice:
    answer = answers[-1] if answers else None
    wish = getattr(voice, "suggestion", None)
    return ShownVoice(
        row=voice,
        number=f"{voice.fiscal_year}-{voice.number}",
        title=title,
        author=author_of(voice),
        about=about,
        clock=clock_now(voice),
        supports=supports,
        answer=answer,
        mark=MARKS[answer.outcome] if answer else "unknown",
        figure=shown_figure(wish) if wish else None,
        change=getattr(voice, "change", None),
        authors=authors,
    )


def belongs_to(voice: Voice, member: Member) -> bool:
    """Whether it is the reader's, or their organisation's: they read on what isn't shown."""
    if member.organisation is not None:
        return str(voice.organisation_id) == member.organisation
    return member.person is not None and str(voice.person_id) == member.person


def author_of(voice: Voice) -> Author:
    """Who speaks, as everybody may know it."""
    if voice.organisation is not None:
        return Author(kind=voice.organisation.kind, name=voice.organisation.name)
    chosen = voice.person.public_name if voice.person else ""
    return Author(kind="citizen", name=chosen or "", said=None if chosen else A_CITIZEN)


def about_them(voices: Sequence[Voice], *, member: Member) -> Mapping[str, About]:
    """What several voices are about, by name."""
    known = places(member, {voice.about for voice in voices})
    return {
        voice.about: About(name=place.name, address=place.address)
        if (place := known.get(voice.about)) is not None
        else _elsewhere(voice)
        for voice in voices
    }


def _elsewhere(voice: Voice) -> About:
    """What is no row of its own: a clause, a line of a budget, what the reader may not open."""
    kind, _, number = voice.about.partition(":")
    if kind == CLAUSE:
        clause = charter_in_force().clauses.get(number)
        name = f"§ {number}" + (f" {clause.title.zh}" if clause else "")
        return About(name=name, address=reverse("clause", args=[number]) if clause else "")
    if voice.project is None:
        return About(name=voice.addressed.name)
    if kind == LINE:
        return About(
            name=voice.project.name,
            address=reverse("project-budget", args=[voice.project.pk]),
            note=Said("预算"),
        )
    return About(name=voice.project.name)


def supports_of(voices: Sequence[Voice], *, member: Member) -> Mapping[UUID, int]:
    """How many stand behind each, those behind what was merged into it too; everybody once."""
    keys = [voice.pk for voice in voices]
    rows = Support.objects.visible_to(member).filter(
        Q(voice__in=keys) | Q(voice__merged_into__in=keys), until_on=None
    )
    who: dict[UUID, set[UUID]] = {}
    for voice, into, person in rows.values_list("voice", "voice__merged_into", "who"):
        for key in {voice, into} - {None}:
            who.setdefault(key, set()).add(person)
    return {key: len(people) for key, people in who.items()}


def _answers(voices: Sequence[Voice], *, member: Member) -> Mapping[UUID, list[VoiceAnswer]]:
    keys = {voice.merged_into_id or voice.pk for voice in voices}
    rows = VoiceAnswer.objects.visible_to(member).filter(voice__in=keys).order_by("pk")
    found: dict[UUID, list[VoiceAnswer]] = {}
    for row in rows.select_related("office__organisation"):
        found.setdefault(row.voice_id, []).append(row)
    return found


def _merged_authors(
    voices: Sequence[Voice], *, member: Member
) -> Mapping[UUID, tuple[Author, ...]]:
    """Who else said the same: the authors of what was merged into each, all credited."""
    rows = Voice.objects.visible_to(member).filter(merged_into__in=[voice.pk for voice in voices])
    found: dict[UUID, list[Author]] = {}
    for row in rows.select_related("organisation", "person").order_by("number"):
        found.setdefault(row.merged_into_id, []).append(author_of(row))
    return {key: tuple(authors) for key, authors in found.items()}


def clock_now(voice: Voice) -> Clock | None:
    """How long there is to answer; None once nobody has to."""
    if voice.stage not in WAITING:
        return None
    return clock_of(due_of(voice), today=business_date(), calendar=load_calendar())


# ── figures ──


def shown_figure(wish: Suggestion | AdoptedChange) -> ShownFigure:
    """A figure with what it is, or was, and what it shall be, or became."""
    old, new = (wish.now, wish.proposed) if isinstance(wish, Suggestion) else (wish.old, wish.new)
    figure = Figure(wish.figure)
    called = wish.name or str(wish.get_figure_display())
    return ShownFigure(
        called=called,
        figure=str(wish.get_figure_display()),
        change=compared(called, old=figure_text(figure, old), new=figure_text(figure, new)),
    )


def figure_text(figure: Figure, value: str) -> str:
    """A figure as people read it."""
    if not value:
        return ""
    if figure is Figure.AMOUNT:
        return _("{amount} 万元").format(amount=money_text(Decimal(value), WAN))
    return f"{value} {SIGNS[value].text}" if figure is Figure.RELATION and value in SIGNS else value


def shown_change(change: AdoptedChange, *, member: Member) -> ShownChange:
    """What a voice changed, as the goals stand now, with who decided and the seal of that."""
    became = became_of(change)
    version = became.version
    readable = GoalVersion.objects.visible_to(member).filter(pk=version.pk).exists()
    is_noted = bool(change.end) and change.decided_id == version.pk
    seals = seals_on([version], verbs=DECIDING) if readable and became.end else {}
    return ShownChange(
        figure=shown_figure(change),
        end=became.end,
        version=version,
        readable=readable,
        decided_by=change.decided_by if is_noted else None,
        reason=change.why if is_noted else "",
        on=change.ended_on if is_noted else None,
        seal=seals.get(name_of(version)),
    )
