"""A remark: how far it is; what it says, for its writer and for the office that opens it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.forum.actions import remarks as actions
from gongzhi.forum.models import Remark
from gongzhi.forum.remark_words import Talk, talk_of
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, faults_of, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.remarks.seen import (
    clock_now,
    is_own,
    private,
    stations,
)
from gongzhi.web.pages.participation.remarks.writing import TEXT_MAX, limits
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

RECEIVERS_MAX = 300


class TextForm(KeyForm):
    """Something that is said."""

    text = forms.CharField(max_length=TEXT_MAX)


class AnswerForm(TextForm):
    """An answer, with what came of it."""

    outcome = forms.ChoiceField(choices=Remark.Outcome.choices)


class PassingForm(TextForm):
    """To whom it is passed on."""

    to = forms.UUIDField()


@require_safe
def remark(request: MemberRequest, remark: UUID) -> HttpResponse:
    """How far it is; its writer reads what was said."""
    return _page(request, readable_thing(request, "remark", remark))


def _page(
    request: MemberRequest,
    row: Remark,
    *,
    faults: Mapping[str, Said] | None = None,
    talk: Talk | None = None,
) -> HttpResponse:
    here = about(request, row)
    own = is_own(row, request.member)
    if own and talk is None:
        with suppress(CannotUnlock):  # erased with the writer
            talk = talk_of(row)
    context: dict[str, Any] = {
        "remark": row,
        "talk": talk,
        "is_own": own,
        "clock": clock_now(row),
        "stations": stations(row),
        "deeds": here,
        "outcomes": Remark.Outcome.choices,
        "receivers": _receivers(request, row) if here["pass_remark_on"] else [],
        "text_max": limits().text_max,
        "clauses": clauses_shown(set(charter_in_force().clauses_of("answer_remark"))),
        "faults": shown(faults or {}),
        "given": request.POST if faults else {},
        "key": new_key(),
    }
    template = "pages/participation/remarks/remark.html"
    return private(render(request, template, context, status=422 if faults else 200))


def _receivers(request: MemberRequest, row: Remark) -> list[Organisation]:
    known = Organisation.objects.visible_to(request.member).filter(
        kind=Organisation.Kind.GOVERNMENT
    )
    return list(known.exclude(pk=row.receiver_id).order_by("code")[:RECEIVERS_MAX])


# ── the deeds, each an address ──


@require_POST
def read_remark(request: MemberRequest, remark: UUID) -> HttpResponse:
    """Open what it says; the page after it shows it, once."""
    row = readable_thing(request, "remark", remark)
    filled = KeyForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    key = filled.cleaned_data["key"]
    try:
        talk = actions.read_remark(by=request.member, remark=row, key=key)
    except AlreadyDone:
        messages.info(request, _("刚才打开过；再看请再打开一次。"), extra_tags="watch")
        return redirect("remark", row.pk)
    return _page(request, row, talk=talk)


def _take(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form]
) -> HttpResponse:
    def step(row: Remark, given: Mapping[str, Any]) -> object:
        return deed(by=request.member, remark=row, **given)

    return step_on(request, "remark", identifier, form(request.POST), step, page=_page)


@require_POST
def add_to_remark(request: MemberRequest, remark: UUID) -> HttpResponse:
    """Add to one's own."""
    return _take(request, remark, actions.add_to_remark, form=TextForm)


@require_POST
def ask_about_remark(request: MemberRequest, remark: UUID) -> HttpResponse:
    """Ask the writer back."""
    return _take(request, remark, actions.ask_about_remark, form=TextForm)


@require_POST
def answer_remark(request: MemberRequest, remark: UUID) -> HttpResponse:
    """Answer it."""
    return _take(request, remark, actions.answer_remark, form=AnswerForm)


@require_POST
def pass_remark_on(request: MemberRequest, remark: UUID) -> HttpResponse:
    """Hand it to whom it concerns."""

    def passed(row: Remark, given: Mapping[str, Any]) -> object:
        known = Organisation.objects.visible_to(request.member)
        receiver = known.filter(pk=given["to"], kind=Organisation.Kind.GOVERNMENT).first()
        if receiver is None:
            raise Http404
        return actions.pass_remark_on(
            by=request.member, remark=row, to=receiver, text=given["text"], key=given["key"]
        )

    return step_on(request, "remark", remark, PassingForm(request.POST), passed, page=_page)
