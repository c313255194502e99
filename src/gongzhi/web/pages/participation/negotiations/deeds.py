"""The deeds of a negotiation, each an address."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.actions import plan_figures, plans, positions, settlements
from gongzhi.forum.actions.compensations import payee_named
from gongzhi.forum.models import Negotiation
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.pages.participation.deed_forms import sent_form
from gongzhi.web.pages.participation.negotiations.cells import faults_at
from gongzhi.web.pages.participation.negotiations.forms import AnswerForm, DecideForm
from gongzhi.web.pages.participation.negotiations.settling import SettlementForm, payments_in
from gongzhi.web.pages.participation.negotiations.shown import DECIDING, FORMS
from gongzhi.web.pages.participation.negotiations.stating import (
    PositionForm,
    first_fields,
    stated_in,
)
from gongzhi.web.pages.participation.negotiations.table import table
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_from, step_on

ROUTE = "negotiation"
Deed = Callable[[Negotiation, Mapping[str, Any]], object]


def _step(request: MemberRequest, negotiation: UUID, deed: Deed) -> HttpResponse:
    verb = sent_form(request)
    form = DecideForm if verb == DECIDING else FORMS[verb]
    return _sent(request, negotiation, form(request.POST), deed)


def _sent(
    request: MemberRequest, negotiation: UUID, filled: forms.Form, deed: Deed
) -> HttpResponse:
    return step_on(request, ROUTE, negotiation, filled, deed, page=table)


def _plain(
    request: MemberRequest, negotiation: UUID, action: Callable[..., object]
) -> HttpResponse:
    """A deed that takes what its form carries, field by field."""

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        return action(by=request.member, negotiation=row, **given)

    return _step(request, negotiation, deed)


@require_POST
def seat_negotiation_party(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Put somebody at the table."""

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        # Whoever may not seat anybody learns nothing of which accounts there are.
        insist(request.member, "seat_negotiation_party", row)
        named = {name: value for name, value in given.items() if name != "party"}
        try:
            person, organisation = payee_named(given["party"])
        except Unsuitable as unknown:
            raise Unsuitable({"party": actions.NO_PARTY}) from unknown
        return actions.seat_negotiation_party(
            by=request.member, negotiation=row, person=person, organisation=organisation, **named
        )

    return _step(request, negotiation, deed)


@require_POST
def ask_for_seat(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Ask to be listed."""
    return _plain(request, negotiation, actions.ask_for_seat)


@require_POST
def decide_on_seat(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """List who asked, or say why not."""

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        return actions.decide_on_seat(
            by=request.member,
            negotiation=row,
            party=given["party"],
            seated=given["outcome"] == "seated",
            reason=given["reason"],
            key=given["key"],
        )

    return _step(request, negotiation, deed)


@require_POST
def record_legal_gate(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Record a step of law."""
    return _plain(request, negotiation, actions.record_legal_gate)


@require_POST
def state_position(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Say what a side needs."""
    row = readable_thing(request, "negotiation", negotiation)
    codes = [each.code for each in row.options.standing()]
    criteria = {each.number: each.name for each in row.criteria.standing()}

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        stated = stated_in(given, plans=codes, criteria=criteria)
        with faults_at(first_fields(codes, criteria)):
            return positions.state_position(
                by=request.member, negotiation=row, stated=stated, key=given["key"]
            )

    form = PositionForm(request.POST, plans=codes, criteria=criteria)
    return step_from(request, row, form, deed, page=table, route=ROUTE)


@require_POST
def add_plan(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Put another plan on the table."""
    return _plain(request, negotiation, plans.add_plan)


@require_POST
def withdraw_plan(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Take a plan off the table."""
    return _plain(request, negotiation, plans.withdraw_plan)


@require_POST
def link_plan_figure(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Have a plan told by a figure of the cycle."""
    return _plain(request, negotiation, plan_figures.link_plan_figure)


@require_POST
def unlink_plan_figure(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Have a plan told by it no longer."""
    return _plain(request, negotiation, plan_figures.unlink_plan_figure)


@require_POST
def add_criterion(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Have plans looked at for something more."""
    return _plain(request, negotiation, plans.add_criterion)


@require_POST
def withdraw_criterion(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Have plans looked at for something no longer."""
    return _plain(request, negotiation, plans.withdraw_criterion)


@require_POST
def open_round(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Begin a round."""
    return _plain(request, negotiation, actions.open_round)


@require_POST
def answer_round(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Answer in a round."""
    row = readable_thing(request, "negotiation", negotiation)
    codes = [each.code for each in row.options.standing()]
    form = AnswerForm(request.POST, plans=codes)

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        told = {"dissent": given["dissent"], "key": given["key"]}
        with faults_at({"support": f"support_{codes[0]}"}):
            return actions.answer_round(
                by=request.member, negotiation=row, support=form.support(), **told
            )

    return step_from(request, row, form, deed, page=table, route=ROUTE)


@require_POST
def propose_settlement(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Put a plan up for signature."""

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        return settlements.propose_settlement(
            by=request.member,
            negotiation=row,
            option=given["option"],
            text=given["text"],
            transfers=payments_in(given),
            key=given["key"],
        )

    return _sent(request, negotiation, SettlementForm(request.POST), deed)


@require_POST
def sign_settlement(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Sign, or say why not."""

    def deed(row: Negotiation, given: Mapping[str, Any]) -> object:
        return settlements.sign_settlement(
            by=request.member,
            negotiation=row,
            agrees=given["outcome"] == "agrees",
            reason=given["reason"],
            key=given["key"],
        )

    return _step(request, negotiation, deed)


@require_POST
def refer_dispute(request: MemberRequest, negotiation: UUID) -> HttpResponse:
    """Put a dispute to the competent authority."""
    return _plain(request, negotiation, actions.refer_dispute)
