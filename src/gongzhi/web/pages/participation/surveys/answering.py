"""Answering a survey: with an account, by a link, or by the number on a paper form; once.

The page works without scripts; with them what was chosen is kept on the telephone until it is
sent, and sent when the network is back. Who answers again is told that their answer is there.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import survey_invitations
from gongzhi.forum.actions import surveys as actions
from gongzhi.forum.actions.surveys import PURPOSE, AnsweredAlready, Voice
from gongzhi.forum.models import Survey, SurveyPaper
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.answer_links import open_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.sign_in import signed_in
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.surveys import load_surveys
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import Fault, new_key
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.participation.surveys.running import link_to
from gongzhi.web.pages.participation.surveys.seen import asked, given_in, questions_of
from gongzhi.web.readable import readable_thing

LINK_MAX, PAPER_MAX, ADDRESS_MAX = 100, 20, 254
LINK_AGAIN_S = 300  # so long a contact gets no second link, whoever asks for it
GUESSES_A_MINUTE = 30  # numbers of paper that one address may try
WRONG = Said("没有填，或者填得不对")


class AnsweringForm(forms.Form):
    """By which right; the answers stand in fields of their own."""

    link = forms.CharField(max_length=LINK_MAX, required=False)
    paper = forms.CharField(max_length=PAPER_MAX, required=False)


class LinkForm(forms.Form):
    """Where the link is to go."""

    address = forms.CharField(max_length=ADDRESS_MAX)


@require_safe
def answering(request: MemberRequest, survey: UUID) -> HttpResponse:
    """The questions, for whoever has a link, a number or an account."""
    row = readable_thing(request, "survey", survey)
    return _page(request, row, rights=request.GET)


def _page(
    request: MemberRequest,
    row: Survey,
    *,
    rights: Mapping[str, str],
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    here = about(request, row)
    questions = questions_of(row)
    link, paper = rights.get("link", "")[:LINK_MAX], rights.get("paper", "")[:PAPER_MAX]
    faults = faults or {}
    context: dict[str, Any] = {
        "survey": row,
        "questions": asked(questions, given=given_in(request.POST, questions), faults=faults),
        "takes": row.stage == Survey.Stage.OPEN and row.closes_on >= business_date(),
        "link": link,
        "paper": paper,
        "is_over": _is_over(row, link=link, paper=paper),
        "may": bool(link or paper or (request.user.is_authenticated and not row.sampled)),
        "ask": here["ask_for_link"],
        "faults": [Fault(what=said, field=field) for field, said in _told(faults)],
        "address": request.POST.get("address", ""),
        "least": load_surveys().least,
        "clauses": clauses_shown({"5.18"}),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/surveys/answering.html", context, status=status)


def _told(faults: Mapping[str, Said]) -> list[tuple[str, Said]]:
    """The faults in the order of the questions, each leading to its own."""
    return sorted(faults.items(), key=lambda each: (len(each[0]), each[0]))


def _is_over(row: Survey, *, link: str, paper: str) -> bool:
    """Whether a link or a number is used up, or was never good."""
    if link:
        found = open_answer_link(purpose=PURPOSE, token=link)
        return found is None or found.about != row.thing().name
    printed = SurveyPaper.Stage.PRINTED
    return bool(paper) and not row.papers.filter(number=paper.strip(), stage=printed).exists()


@require_POST
def answer_survey(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Answer; a second time leads to the same page, which says so."""
    row = readable_thing(request, "survey", survey)
    filled = AnsweringForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, rights={}, faults={str(each): WRONG for each in filled.errors})
    rights = filled.cleaned_data
    if rights["paper"] and not within_limit(
        request, act="survey-paper", times_a_minute=GUESSES_A_MINUTE
    ):
        return refusals.too_often(request)
    try:
        actions.answer_survey(
            by=request.member,
            survey=row,
            given=_given(request, row),
            voice=_voice(request, link=rights["link"], paper=rights["paper"]),
        )
    except AnsweredAlready:
        return redirect(f"{reverse('survey-answered', args=[row.pk])}?again=yes")
    except Unsuitable as unsuitable:
        return _page(request, row, rights=rights, faults=unsuitable.faults)
    return redirect("survey-answered", row.pk)


def _given(request: HttpRequest, row: Survey) -> Mapping[int, Sequence[str]]:
    return given_in(request.POST, questions_of(row))


def _voice(request: MemberRequest, *, link: str, paper: str) -> Voice:
    """A link or a number goes before the account: it is what the answer was asked by."""
    person = signed_in(request) if request.user.is_authenticated else None
    return Voice(token=link, paper="" if link else paper, person=person)


@require_safe
def answered(request: MemberRequest, survey: UUID) -> HttpResponse:
    """That the answer is there, and what becomes of it."""
    row = readable_thing(request, "survey", survey)
    about(request, row)
    context = {"survey": row, "again": request.GET.get("again", "")}
    return render(request, "pages/participation/surveys/answered.html", context)


@require_POST
def ask_for_link(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Have a link sent to one's telephone or mailbox."""
    row = readable_thing(request, "survey", survey)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="survey-link", times_a_minute=times):
        return refusals.too_often(request)
    filled = LinkForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, rights={}, faults={"address": WRONG})
    address = filled.cleaned_data["address"]
    try:
        if _is_first(row, address):
            survey_invitations.ask_for_link(
                by=request.member, survey=row, address=address, link=link_to(request, row)
            )
    except Unsuitable as unsuitable:
        return _page(request, row, rights={}, faults=unsuitable.faults)
    return redirect(f"{reverse('survey-answered', args=[row.pk])}?again=link")


def _is_first(row: Survey, address: str) -> bool:
    """Whether this contact was sent no link a moment ago; kept as a keyed digest, for minutes."""
    reached = survey_invitations.reached_at(address)
    if reached is None:
        return True  # the deed says what is wrong with it
    seed = f"{settings.SECRET_KEY}\nsurvey-link\n{row.pk}\n{reached.address}"
    return bool(cache.add(sha256(seed.encode()).hexdigest()[:32], 1, LINK_AGAIN_S))
