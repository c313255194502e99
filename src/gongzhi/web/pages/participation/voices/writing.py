"""Saying something: about what, which kind, in which words; looked at once more, then sent.

Three steps, each a page that needs no script: choose the thing, write, look at it with what others
said alike. With a script, like ones are shown while one writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.charter import Member, Thing
from gongzhi.core.goals import DraftIndicator
from gongzhi.core.participating.suggesting import SIGNS, Figure
from gongzhi.core.terms import Said
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import voices as actions
from gongzhi.forum.actions.voices import Speaking, fitted, voice_to_be
from gongzhi.forum.models import Suggestion, Voice
from gongzhi.forum.models.voices import ABOUT_MAX, FIGURE_MAX, TEXT_MAX, TITLE_MAX
from gongzhi.forum.similar import Likeness, similar_voices
from gongzhi.forum.things import Subject, subject_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.by_name import named
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation, Region
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.voices import voice_rules
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.differences import compared
from gongzhi.web.filled import KeyForm, faults_of, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.participation.voices.seen import figure_text
from gongzhi.web.shown import Change

FOUND_MAX, WORDS_MAX, PLACES_MAX = 12, 60, 500
Given = Mapping[str, Any]


class SpeakingForm(forms.Form):
    """What is said; what suits is decided by the deed."""

    about = forms.CharField(max_length=ABOUT_MAX)
    kind = forms.ChoiceField(choices=Voice.Kind.choices)
    title = forms.CharField(max_length=TITLE_MAX, required=False)
    text = forms.CharField(max_length=TEXT_MAX)
    grounds = forms.CharField(max_length=TEXT_MAX, required=False)
    place = forms.UUIDField(required=False)
    figure = forms.ChoiceField(choices=Suggestion.Figure.choices, required=False)
    indicator = forms.CharField(max_length=40, required=False)
    asked = forms.CharField(max_length=FIGURE_MAX, required=False)


class SubmittingForm(SpeakingForm, KeyForm):
    """The same, to be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """An indicator that may be chosen, with what it promises now."""

    draft: DraftIndicator
    chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def voice_writing(request: MemberRequest) -> HttpResponse:
    """The form, about what the address names; sent, what it says is shown to be looked at."""
    given = request.POST if request.method == "POST" else request.GET
    subject = subject_of(request.member, given.get("about", ""))
    if subject is None:
        return _choosing(request, given)
    if request.method != "POST" or "again" in given:
        return _form(request, subject, given=given)
    filled = SpeakingForm(request.POST)
    if not filled.is_valid():
        return _form(request, subject, given=given, faults=faults_of(filled))
    speaking = speaking_of(request.member, filled.cleaned_data)
    try:
        said = fitted(speaking, subject)
    except Unsuitable as unsuitable:
        return _form(request, subject, given=given, faults=unsuitable.faults)
    return _preview(request, subject, said=said, given=filled.cleaned_data)


@require_POST
@login_required
def submit_voice(request: MemberRequest) -> HttpResponse:
    """Send it; it gets its number and its clock."""
    filled = SubmittingForm(request.POST)
    subject = subject_of(request.member, request.POST.get("about", ""))
    if subject is None:
        raise Http404
    sent: list[Voice] = []

    def deed(given: Given) -> object:
        voice = actions.submit_voice(
            by=request.member,
            subject=subject,
            speaking=speaking_of(request.member, given),
            key=given["key"],
        )
        sent.append(voice)
        return voice

    answer = take(
        request,
        filled,
        deed,
        done=_("意见已收到，并写入存证。"),
        page=lambda request, *, faults: _form(request, subject, given=request.POST, faults=faults),
        then=reverse("voices-mine"),
    )
    if sent:
        answer["Location"] = reverse("voice", args=[sent[0].pk])
    return answer


@require_POST
@login_required
def voice_similar(request: MemberRequest) -> HttpResponse:
    """What others said alike, while somebody writes."""
    words = f"{request.POST.get('title', '')} {request.POST.get('text', '')}"
    found = _similar(request, words[: TITLE_MAX + TEXT_MAX])
    return render(request, "pages/participation/voices/_similar.html", {"similar": found})


def speaking_of(member: Member, given: Given) -> Speaking:
    """What a form carries, as the deed takes it."""
    return Speaking(
        kind=given["kind"],
        title=given["title"],
        text=given["text"],
        grounds=given["grounds"],
        place=place_chosen(member, given.get("place")),
        figure=given["figure"],
        indicator=given["indicator"],
        asked=given["asked"],
    )


def _form(
    request: MemberRequest,
    subject: Subject,
    *,
    given: Mapping[str, str],
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    to_be = to_be_thing(request, subject)
    here = about(request, to_be)
    context: dict[str, Any] = {
        "subject": subject,
        "kinds": _kinds(subject, chosen=given.get("kind", "")),
        "lines": lines_of(subject, chosen=given.get("indicator", "")),
        "figures": Suggestion.Figure.choices,
        "figure": given.get("figure") or str(Figure.TARGET),
        "signs": SIGNS,
        "places": places_to_choose(request.member),
        "given": given,
        "deed": here["submit_voice"],
        "days": (clause_with_clock("answer_voice") or ("", None))[1],
        "clauses": clauses_shown({"5.3", "5.22"}),
        "faults": shown(faults or {}),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/voices/writing.html", context, status=status)


def _preview(
    request: MemberRequest, subject: Subject, *, said: actions.Fitted, given: Given
) -> HttpResponse:
    here = about(request, to_be_thing(request, subject))
    speaking = said.speaking
    context: dict[str, Any] = {
        "subject": subject,
        "said": speaking,
        "kind": dict(Voice.Kind.choices)[speaking.kind],
        "change": _change(said),
        "similar": _similar(request, f"{speaking.title} {speaking.text}"),
        "fields": [(name, value) for name, value in given.items() if value],
        "deed": here["submit_voice"],
        "days": (clause_with_clock("answer_voice") or ("", None))[1],
        "key": new_key(),
    }
    return render(request, "pages/participation/voices/preview.html", context)


def to_be_thing(request: MemberRequest, subject: Subject) -> Thing:
    """The voice that the reader could give, as the charter is asked about it."""
    return replace(voice_to_be(request.member, subject).thing(), id=NEW)


def lines_of(subject: Subject, *, chosen: str = "") -> Sequence[ShownLine]:
    """The indicators on which something may be suggested."""
    if subject.version is None:
        return ()
    goal = goal_from_record(subject.version.record).goal
    return [ShownLine(draft=line, chosen=line.key == chosen) for line in goal.indicators]


def places_to_choose(member: Member) -> Sequence[Region]:
    """The streets and communities of the place: no map, a list."""
    known = Region.objects.visible_to(member).exclude(parent=None)
    return list(known.order_by("code")[:PLACES_MAX])


def place_chosen(member: Member, identifier: UUID | None) -> Region | None:
    """The place of that identifier; None where none was chosen, or none is known."""
    known = Region.objects.visible_to(member)
    return known.filter(pk=identifier).first() if identifier else None


def _kinds(subject: Subject, *, chosen: str) -> list[tuple[str, str, bool]]:
    offered = [
        (str(code), str(name))
        for code, name in Voice.Kind.choices
        if subject.version is not None or code != Voice.Kind.SUGGESTION
    ]
    wanted = chosen if chosen in dict(offered) else offered[0][0]
    return [(code, name, code == wanted) for code, name in offered]


def _change(said: actions.Fitted) -> Change | None:
    if said.wanted is None:
        return None
    figure = said.wanted.figure
    return compared(
        said.wanted.name or str(Suggestion.Figure(figure).label),
        old=figure_text(figure, said.wanted.now),
        new=figure_text(figure, said.wanted.proposed),
    )


def _similar(request: MemberRequest, words: str) -> Sequence[Likeness]:
    rules = voice_rules(on=business_date())
    return similar_voices(
        words,
        member=request.member,
        most=rules.similar_shown,
        from_percent=rules.similar_from_percent,
    )


def _choosing(request: MemberRequest, given: Mapping[str, str]) -> HttpResponse:
    """The first step: what it is about, found by its name."""
    about(request)
    words = " ".join(given.get("q", "").replace("\0", " ").split())[:WORDS_MAX]
    projects: list[Project] = []
    organisations: list[Organisation] = []
    if words:
        readable = Project.objects.visible_to(request.member).order_by("code")
        projects = list(named(readable, words.split(), "name", "code")[:FOUND_MAX])
        bodies = Organisation.objects.visible_to(request.member).order_by("code")
        organisations = list(named(bodies, words.split(), "name", "code")[:FOUND_MAX])
    context = {
        "words": words,
        "projects": projects,
        "organisations": organisations,
        "unknown": bool(given.get("about")),
        "clauses": clauses_shown({"5.22"}),
    }
    return render(request, "pages/participation/voices/choosing.html", context)
