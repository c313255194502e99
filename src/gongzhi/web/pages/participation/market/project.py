"""A project and the market: what was asked for it, what firms say of it in their own name."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import market as actions
from gongzhi.forum.actions import market_opinions as opinions
from gongzhi.forum.models import (
    BiddingDeclaration,
    MarketOpinion,
    MarketQuestion,
    MarketRange,
    RangeUse,
)
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, take
from gongzhi.web.here import Here, about
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form, faults_sent, sent_form
from gongzhi.web.pages.participation.market.forms import (
    AskForm,
    BiddingForm,
    OpinionForm,
    OutlookForm,
    RestForm,
)
from gongzhi.web.pages.participation.market.room import rules_today, shown_questions, with_ranges
from gongzhi.web.readable import readable_project

FORMS: Mapping[str, type[forms.Form]] = {
    "ask_market": AskForm,
    "rest_on_market": RestForm,
    "give_market_opinion": OpinionForm,
    "give_outlook": OutlookForm,
    "declare_bidding": BiddingForm,
}


@require_safe
def project_market(request: MemberRequest, project: UUID) -> HttpResponse:
    """What was asked, told and said."""
    return _page(request, readable_project(request, project))


def _page(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, thing)
    member = request.member
    declared = BiddingDeclaration.objects.visible_to(member).filter(project=thing)
    said = MarketOpinion.objects.visible_to(member).filter(project=thing)
    asked = MarketQuestion.objects.visible_to(member).filter(project=thing).with_facts()
    uses = RangeUse.objects.visible_to(member).filter(project=thing)
    told = MarketRange.objects.visible_to(member).filter(question__project=thing)
    context: dict[str, Any] = {
        "project": thing,
        "questions": shown_questions(with_ranges(asked, member=member)),
        "uses": uses.select_related("range__question", "office__organisation"),
        "opinions": said.filter(kind="budget").select_related("organisation"),
        "outlooks": said.filter(kind="outlook").select_related("organisation"),
        "tally": _tally(said.filter(kind="budget"), bidders=_bidders(declared)),
        "declarations": declared.select_related("organisation"),
        "bidders": _bidders(declared),
        "forms": _forms(request, thing, here=here, told=told.select_related("question")),
        "rules": rules_today(),
        "clauses": clauses_shown({"2.7", "8.6"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/market/project.html", context, status=status)


def _bidders(declared: Any) -> set[UUID]:
    return set(declared.values_list("organisation", flat=True))


def _tally(said: Any, *, bidders: set[UUID]) -> list[tuple[str, int]]:
    """How many found what of the budget, each organisation by its last word; bidders apart."""
    last = {row.organisation_id: row for row in said.order_by("pk")}
    free = [row.verdict for row in last.values() if row.organisation_id not in bidders]
    names = dict(MarketOpinion.Verdict.choices)
    return [(str(name), free.count(code)) for code, name in names.items()]


def _forms(
    request: MemberRequest, thing: Project, *, here: Here, told: Any
) -> dict[str, DeedForm | None]:
    ranges = [(each.pk, _named(each)) for each in told.order_by("-pk")]
    return {
        verb: deed_form(
            request,
            here[verb],
            form,
            address=reverse(verb, args=[thing.pk]),
            choices={"range": ranges} if form is RestForm else None,
        )
        for verb, form in FORMS.items()
    }


def _named(told: MarketRange) -> str:
    ends = f"{told.low.normalize():f}–{told.high.normalize():f}"
    return f"{told.question.item} {ends} {told.question.unit}"


# ── the deeds, each an address ──


def _done(request: MemberRequest, project: UUID, deed: Callable[..., object]) -> HttpResponse:
    thing = readable_project(request, project)
    return take(
        request,
        FORMS[sent_form(request)](request.POST),
        lambda given: deed(thing, given),
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, thing, faults=faults),
        then=reverse("project-market", args=[thing.pk]),
    )


@require_POST
def ask_market(request: MemberRequest, project: UUID) -> HttpResponse:
    """Ask what something costs."""

    def deed(thing: Project, given: Mapping[str, Any]) -> object:
        asked = actions.Asked(**{name: value for name, value in given.items() if name != "key"})
        return actions.ask_market(by=request.member, project=thing, asked=asked, key=given["key"])

    return _done(request, project, deed)


@require_POST
def rest_on_market(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say that a figure rests on a range."""

    def deed(thing: Project, given: Mapping[str, Any]) -> object:
        visible = MarketRange.objects.visible_to(request.member)
        told = visible.filter(pk=given["range"]).select_related("question").first()
        if told is None:
            raise Unsuitable({"range": actions.NO_RANGE})
        return actions.rest_on_market(
            by=request.member,
            project=thing,
            told=told,
            figure=given["figure"],
            text=given["text"],
            key=given["key"],
        )

    return _done(request, project, deed)


@require_POST
def give_market_opinion(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say what one finds of a budget."""

    def deed(thing: Project, given: Mapping[str, Any]) -> object:
        return opinions.give_market_opinion(by=request.member, project=thing, **given)

    return _done(request, project, deed)


@require_POST
def give_outlook(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say where technology and prices are going."""

    def deed(thing: Project, given: Mapping[str, Any]) -> object:
        return opinions.give_outlook(by=request.member, project=thing, **given)

    return _done(request, project, deed)


@require_POST
def declare_bidding(request: MemberRequest, project: UUID) -> HttpResponse:
    """Declare that one bids oneself."""

    def deed(thing: Project, given: Mapping[str, Any]) -> object:
        return opinions.declare_bidding(by=request.member, project=thing, **given)

    return _done(request, project, deed)
