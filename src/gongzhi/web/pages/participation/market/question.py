"""A question to the market: the range that was told, and for a firm its own quote alone."""

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
from gongzhi.core.waiting import clock_of
from gongzhi.forum.actions import market as actions
from gongzhi.forum.market_quotes import Offered, offers_of
from gongzhi.forum.market_waiting import consent_due
from gongzhi.forum.models import (
    CostQuote,
    DisclosureConsent,
    MarketQuestion,
    MarketRange,
    QuoteOpening,
    RangeUse,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import ExplainedForm, Fault, KeyForm, new_key, take
from gongzhi.web.here import Here, about
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form, sent_form
from gongzhi.web.pages.participation.market.forms import ConsentForm, QuoteForm
from gongzhi.web.pages.participation.market.room import rules_today
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

FORMS: Mapping[str, type[forms.Form]] = {
    "submit_cost_quote": QuoteForm,
    "publish_market_range": KeyForm,
    "ask_disclosure_consent": ExplainedForm,
    "close_market_question": ExplainedForm,
}
ANSWER = "answer_disclosure_consent"
OF_QUOTES: Mapping[str, type[forms.Form]] = {
    "revise_cost_quote": QuoteForm,
    "withdraw_cost_quote": ExplainedForm,
}


@require_safe
def market_question(request: MemberRequest, question: UUID) -> HttpResponse:
    """What was asked and told."""
    return _page(request, readable_thing(request, "market_question", question))


def _page(
    request: MemberRequest, row: MarketQuestion, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    member, today = request.member, business_date()
    own = _own(request, row)
    consent = _asked(request, own)
    side = beside(member, row)
    things = [each for each in (own, consent) if each is not None]
    here = about(request, row, *things, *side.made_here)
    agreed = DisclosureConsent.objects.visible_to(member).filter(question=row, stage="agreed")
    told = MarketRange.objects.visible_to(member).filter(question=row).order_by("-number")
    context: dict[str, Any] = {
        "question": row,
        "ranges": told,
        "uses": _uses(request, row),
        "disclosed": agreed.with_facts(),
        "own": own,
        "offer": offers_of([own]).get(own.pk) if own else None,
        "openings": _openings(request, own),
        "consent": consent,
        "clock": _clock(consent),
        "forms": _forms(request, row, own, consent, here=here),
        "rules": rules_today(),
        "may_be_told": row.stage == MarketQuestion.Stage.CLOSED or today >= row.due_on,
        "clauses": clauses_shown({"2.7", "8.6"}),
        "faults": _faults(request, faults or {}),
        "key": new_key(),
        "beside": side,
        "here": reverse("market-question", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/market/question.html", context, status=status)


def _own(request: MemberRequest, row: MarketQuestion) -> CostQuote | None:
    quotes = CostQuote.objects.visible_to(request.member).filter(question=row)
    found: CostQuote | None = quotes.with_facts().order_by("-stage", "-pk").first()
    return found


def _asked(request: MemberRequest, own: CostQuote | None) -> DisclosureConsent | None:
    if own is None:
        return None
    visible = DisclosureConsent.objects.visible_to(request.member).filter(quote=own)
    found: DisclosureConsent | None = visible.with_facts().first()
    return found


def _openings(request: MemberRequest, own: CostQuote | None) -> Any:
    visible = QuoteOpening.objects.visible_to(request.member)
    return visible.filter(quote=own).select_related("range") if own else ()


def _uses(request: MemberRequest, row: MarketQuestion) -> Any:
    visible = RangeUse.objects.visible_to(request.member).filter(range__question=row)
    return visible.select_related("range", "office__organisation")


def _clock(consent: DisclosureConsent | None) -> object:
    if consent is None or consent.stage != DisclosureConsent.Stage.WAITING:
        return None
    return clock_of(consent_due(consent), today=business_date(), calendar=load_calendar())


def _forms(
    request: MemberRequest,
    row: MarketQuestion,
    own: CostQuote | None,
    consent: DisclosureConsent | None,
    *,
    here: Here,
) -> dict[str, DeedForm | None]:
    found = {
        verb: deed_form(request, here[verb], form, address=reverse(verb, args=[row.pk]))
        for verb, form in FORMS.items()
        if not (verb == "submit_cost_quote" and own is not None and own.stage == "standing")
    }
    if own is not None:
        for verb, form in OF_QUOTES.items():
            address = reverse(verb, args=[own.pk])
            found[verb] = deed_form(request, here.on(own, verb), form, address=address)
    if consent is not None:
        verb = ANSWER
        address = reverse(verb, args=[consent.pk])
        found[verb] = deed_form(request, here.on(consent, verb), ConsentForm, address=address)
    return found


def _faults(request: MemberRequest, faults: Mapping[str, Said]) -> list[Fault]:
    verb = sent_form(request)
    forms_here: dict[str, type[forms.Form]] = {
        **FORMS,
        **OF_QUOTES,
        "answer_disclosure_consent": ConsentForm,
    }
    known = forms_here.get(verb, KeyForm)
    return [
        Fault(what=said, field=f"{verb}-{name}" if name in known.base_fields else "")
        for name, said in faults.items()
    ]


# ── the deeds, each an address ──


def _step(
    request: MemberRequest, question: UUID, deed: Callable[[Any, Mapping[str, Any]], object]
) -> HttpResponse:
    form = FORMS[sent_form(request)](request.POST)
    return step_on(request, "market_question", question, form, deed, page=_page)


def _offered(given: Mapping[str, Any]) -> dict[str, Any]:
    offered = Offered(price=given["price"], basis=given["basis"], tied=given["tied"])
    return {"offered": offered, "valid_until": given["valid_until"], "key": given["key"]}


@require_POST
def submit_cost_quote(request: MemberRequest, question: UUID) -> HttpResponse:
    """Quote in confidence."""
    return _step(
        request,
        question,
        lambda row, given: actions.submit_cost_quote(
            by=request.member, question=row, **_offered(given)
        ),
    )


@require_POST
def publish_market_range(request: MemberRequest, question: UUID) -> HttpResponse:
    """Work the range out, and tell it."""
    return _step(
        request,
        question,
        lambda row, given: actions.publish_market_range(by=request.member, question=row, **given),
    )


@require_POST
def ask_disclosure_consent(request: MemberRequest, question: UUID) -> HttpResponse:
    """Ask firms before anything of theirs is disclosed."""
    return _step(
        request,
        question,
        lambda row, given: actions.ask_disclosure_consent(by=request.member, question=row, **given),
    )


@require_POST
def close_market_question(request: MemberRequest, question: UUID) -> HttpResponse:
    """Take no more quotes."""
    return _step(
        request,
        question,
        lambda row, given: actions.close_market_question(by=request.member, question=row, **given),
    )


def _of_firm(
    request: MemberRequest,
    row: CostQuote | DisclosureConsent,
    form: type[forms.Form],
    deed: Callable[[Mapping[str, Any]], object],
) -> HttpResponse:
    """A deed with what is the firm's own, which goes back to the question."""
    return take(
        request,
        form(request.POST),
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, row.question, faults=faults),
        then=reverse("market-question", args=[row.question_id]),
    )


@require_POST
def revise_cost_quote(request: MemberRequest, quote: UUID) -> HttpResponse:
    """Quote anew."""
    row = readable_thing(request, "cost_quote", quote)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.revise_cost_quote(by=request.member, quote=row, **_offered(given))

    return _of_firm(request, row, QuoteForm, deed)


@require_POST
def withdraw_cost_quote(request: MemberRequest, quote: UUID) -> HttpResponse:
    """Take a quote back."""
    row = readable_thing(request, "cost_quote", quote)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.withdraw_cost_quote(by=request.member, quote=row, **given)

    return _of_firm(request, row, ExplainedForm, deed)


@require_POST
def answer_disclosure_consent(request: MemberRequest, consent: UUID) -> HttpResponse:
    """Agree to the disclosure of one's figure, or refuse."""
    row = readable_thing(request, "disclosure_consent", consent)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.answer_disclosure_consent(by=request.member, consent=row, **given)

    return _of_firm(request, row, ConsentForm, deed)
