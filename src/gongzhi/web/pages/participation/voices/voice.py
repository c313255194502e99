"""A voice: the remark, the answer, the figure that it changed; and the deeds open to its reader."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.voices import VoiceStage
from gongzhi.core.terms import Said
from gongzhi.forum.actions import answers, voice_evidence, voices
from gongzhi.forum.models import AdoptedChange, ResourceOffer, Support, Voice, VoiceAnswer
from gongzhi.forum.models.voices import FIGURE_MAX, TEXT_MAX, TITLE_MAX
from gongzhi.forum.posts import shown_only
from gongzhi.forum.similar import similar_voices
from gongzhi.forum.things import subject_of
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.participation.voices import voice_rules
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.filters import identifiers_asked
from gongzhi.web.given_files import file_given
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.participation.voices.evidence import evidence_limits, evidence_of
from gongzhi.web.pages.participation.voices.seen import (
    ShownChange,
    ShownVoice,
    author_of,
    shown_change,
    shown_voices,
)
from gongzhi.web.pages.participation.voices.writing import place_chosen, places_to_choose
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import name_of, seals_on
from gongzhi.web.shown import Stage as Station
from gongzhi.web.shown_posts import ShownPost, shown_posts
from gongzhi.web.stepping import step_on

ALIKE_MAX = 20
BY_AUTHORS = ("revise_voice", "withdraw_voice", "ask_voice_supplement")
VERBS_ANSWERING = ("answer_voice", "adopt_suggestion")


class ReasonForm(KeyForm):
    """A step that wants words."""

    reason = forms.CharField(max_length=TEXT_MAX)


class TakingBackForm(KeyForm):
    """A step that may be taken without words."""

    reason = forms.CharField(max_length=TEXT_MAX, required=False)


class OfferForm(KeyForm):
    """What can be brought."""

    text = forms.CharField(max_length=TEXT_MAX)


class RevisingForm(KeyForm):
    """What is said anew."""

    title = forms.CharField(max_length=TITLE_MAX, required=False)
    text = forms.CharField(max_length=TEXT_MAX)
    grounds = forms.CharField(max_length=TEXT_MAX, required=False)
    place = forms.UUIDField(required=False)
    asked = forms.CharField(max_length=FIGURE_MAX, required=False)


class AnsweringForm(KeyForm):
    """An answer: what is adopted, and why."""

    outcome = forms.ChoiceField(choices=VoiceAnswer.Outcome.choices)
    reason = forms.CharField(max_length=answers.ANSWER_MAX)


class AdoptingForm(KeyForm):
    """An adoption: why, and another value where only a part is adopted."""

    reason = forms.CharField(max_length=answers.ANSWER_MAX)
    asked = forms.CharField(max_length=FIGURE_MAX, required=False)


@require_safe
def voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """The voice with what became of it."""
    return _page(request, readable_thing(request, "voice", voice))


def _page(
    request: MemberRequest, row: Voice, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    kept = row.merged_into or row
    context: dict[str, Any] = {
        "voice": row,
        "post": shown_posts([row], reader=request.member)[0],
        "shown": shown_voices([row], member=request.member)[0],
        "stations": stations(row),
        "answers": list(kept.answers.select_related("office__organisation").order_by("pk")),
        "seals": _seals(kept),
        "change": _change(request, kept),
        "merged": _merged(request, row),
        "offers": _offers(request, row),
        "steps": _steps(row),
        "files": evidence_of(request.member, row),
        "evidence": evidence_limits(),
        "refused_file": "file" in (faults or {}),
        "supported": _supported(request, row),
        "outcomes": VoiceAnswer.Outcome.choices,
        "deeds": here,
        "answer_clauses": clauses_shown({"5.3"}),
        "is_own": _is_own(request, row),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
    }
    if here["merge_voices"]:
        context["alike"] = _alike(request, row)
    if here["revise_voice"]:
        context["places"] = places_to_choose(request.member)
    status = 422 if faults else 200
    return render(request, "pages/participation/voices/voice.html", context, status=status)


def stations(row: Voice) -> list[Station]:
    """The way of a voice: what it passed, where it stands, what comes."""
    stage, names = VoiceStage(row.stage), dict(Voice.Stage.choices)
    way = [VoiceStage.RECEIVED]
    if stage in (VoiceStage.MERGED, VoiceStage.WITHDRAWN):
        way.append(stage)
    else:
        way.append(VoiceStage.ANSWERED)
        if stage in (VoiceStage.ASKED, VoiceStage.SUPPLEMENTED):
            way += [VoiceStage.ASKED, VoiceStage.SUPPLEMENTED]
    at = way.index(stage)
    states = ["done" if n < at else "here" if n == at else "next" for n in range(len(way))]
    return [
        Station(name=str(names[each]), state=state) for each, state in zip(way, states, strict=True)
    ]


def _offers(request: MemberRequest, row: Voice) -> list[tuple[ResourceOffer, ShownPost]]:
    """What social organisations can bring, as posts."""
    offers = ResourceOffer.objects.visible_to(request.member).filter(voice=row).order_by("pk")
    rows = list(offers.select_related("organisation", "office", "voice__addressed"))
    return list(zip(rows, shown_posts(rows, reader=request.member), strict=True))


def _steps(row: Voice) -> list[dict[str, Any]]:
    """What was done about it, each step with the name of its deed."""
    names = charter_in_force().verb_names
    rows = row.steps.select_related("office__organisation").order_by("pk")
    return [
        {
            "row": each,
            "name": names.get(each.verb, Said(each.verb)),
            "reason": "" if row.is_hidden and each.verb in BY_AUTHORS else each.reason,
        }
        for each in rows
    ]


def _seals(row: Voice) -> Mapping[str, Any]:
    """The seals of the deeds that gave and that answered a voice."""
    said = seals_on([row], verbs=("submit_voice", "revise_voice")).get(name_of(row))
    answered = seals_on([row], verbs=VERBS_ANSWERING).get(name_of(row))
    return {"said": said, "answered": answered}


def _change(request: MemberRequest, row: Voice) -> ShownChange | None:
    changes = AdoptedChange.objects.visible_to(request.member).filter(voice=row)
    change = changes.select_related("version", "decided_by__organisation").first()
    return shown_change(change, member=request.member) if change else None


def _merged(request: MemberRequest, row: Voice) -> list[tuple[Voice, Any]]:
    """What was merged into it: each with its author, who keeps the credit."""
    rows = Voice.objects.visible_to(request.member).filter(merged_into=row)
    whole = rows.with_facts().order_by("number")
    return [(each, author_of(each)) for each in whole]


def _alike(request: MemberRequest, row: Voice) -> Sequence[ShownVoice]:
    """What may be merged into it: waiting for the same office; what says much the same first."""
    waiting = Voice.objects.visible_to(request.member).filter(
        addressed=row.addressed_id, stage=VoiceStage.RECEIVED
    )
    waiting = shown_only(waiting)
    rules = voice_rules(on=business_date())
    near = similar_voices(
        f"{row.title} {row.text}",
        member=request.member,
        most=ALIKE_MAX,
        from_percent=rules.similar_from_percent,
        but=row.pk,
    )
    order = [each.voice.pk for each in near]
    same = waiting.exclude(pk=row.pk).filter(about=row.about)[:ALIKE_MAX]
    chosen = list(dict.fromkeys([*order, *(each.pk for each in same)]))
    rows = waiting.filter(pk__in=chosen).with_facts()
    by_key = {each.pk: each for each in rows}
    return shown_voices([by_key[pk] for pk in chosen if pk in by_key], member=request.member)


def _supported(request: MemberRequest, row: Voice) -> bool:
    member = request.member
    if member.person is None:
        return False
    mine = Support.objects.visible_to(member).filter(voice=row, who=voices.who_is(member))
    return bool(mine.filter(until_on=None).exists())


def _is_own(request: MemberRequest, row: Voice) -> bool:
    return Voice.objects.visible_to(request.member).of(request.member).filter(pk=row.pk).exists()


# ── the deeds, each an address ──


def _take(
    request: MemberRequest,
    identifier: UUID,
    deed: Callable[..., object],
    *,
    form: type[forms.Form] = KeyForm,
) -> HttpResponse:
    """Do a deed with what the form carries; what doesn't suit leads back to it."""

    def step(row: Voice, given: Mapping[str, Any]) -> object:
        return deed(by=request.member, voice=row, **given)

    return step_on(request, "voice", identifier, form(request.POST), step, page=_page)


@require_POST
def revise_voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Say it anew."""

    def deed(row: Voice, given: Mapping[str, Any]) -> object:
        subject = subject_of(request.member, row.about)
        if subject is None:
            raise Http404
        wish = getattr(row, "suggestion", None)
        place = place_chosen(request.member, given["place"])
        return voices.revise_voice(
            by=request.member,
            voice=row,
            subject=subject,
            speaking=voices.Speaking(
                kind=row.kind,
                title=given["title"],
                text=given["text"],
                grounds=given["grounds"],
                place=place,
                figure=wish.figure if wish else "",
                indicator=wish.indicator if wish else "",
                asked=given["asked"] or (wish.proposed if wish else ""),
            ),
            key=given["key"],
        )

    return step_on(request, "voice", voice, RevisingForm(request.POST), deed, page=_page)


@require_POST
def withdraw_voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Take it back."""
    return _take(request, voice, voices.withdraw_voice, form=TakingBackForm)


@require_POST
def attach_evidence(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Attach a file that shows it; of a photo what its camera wrote is taken off."""
    found: Voice = readable_thing(request, "voice", voice)
    insist(request.member, "attach_evidence", found.thing())
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)

    def deed(row: Voice, given: Mapping[str, Any]) -> object:
        return voice_evidence.attach_evidence(
            by=request.member, voice=row, file=file_given(request), key=given["key"]
        )

    return step_on(request, "voice", voice, KeyForm(request.POST), deed, page=_page)


@require_POST
def ask_voice_supplement(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Ask once more."""
    return _take(request, voice, voices.ask_voice_supplement, form=ReasonForm)


@require_POST
def support_voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Stand behind it."""
    return _take(request, voice, voices.support_voice)


@require_POST
def withdraw_support(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Stand behind it no longer."""
    return _take(request, voice, voices.withdraw_support)


@require_POST
def offer_resources(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Say what the own organisation can bring."""
    return _take(request, voice, voices.offer_resources, form=OfferForm)


@require_POST
def answer_voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Answer it, with the reason."""
    return _take(request, voice, answers.answer_voice, form=AnsweringForm)


@require_POST
def adopt_suggestion(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Adopt the figure: an adjustment is drafted."""
    return _take(request, voice, answers.adopt_suggestion, form=AdoptingForm)


@require_POST
def merge_voices(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Merge the others that were ticked into it."""
    chosen = identifiers_asked(request.POST.getlist("voices"))

    def deed(row: Voice, given: Mapping[str, Any]) -> object:
        return answers.merge_voices(by=request.member, voice=row, voices=chosen, **given)

    return step_on(request, "voice", voice, ReasonForm(request.POST), deed, page=_page)


@require_POST
def unmerge_voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Part it again."""
    return _take(request, voice, answers.unmerge_voice, form=ReasonForm)


@require_POST
def urge_voice(request: MemberRequest, voice: UUID) -> HttpResponse:
    """Urge whoever is late."""
    return _take(request, voice, answers.urge_voice, form=ReasonForm)
