"""Addresses where a program of the own organisation is told: registering, retiring, how it went."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.desk.actions import hooks as actions
from gongzhi.desk.models import Hook, HookDelivery
from gongzhi.intake.reaching import LENGTH_MAX
from gongzhi.parties.deeds import AlreadyDone, insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import KeyForm, faults_of, new_key, shown, take
from gongzhi.web.here import NEW, about

DELIVERIES = 20


class HookForm(KeyForm):
    """An address to be told."""

    address = forms.CharField(max_length=LENGTH_MAX)


@require_safe
@login_required
def hooks(request: MemberRequest) -> HttpResponse:
    """The own organisation's addresses, with what was sent there of late."""
    return _page(request)


def _page(
    request: MemberRequest, *, faults: Mapping[str, Said] | None = None, secret: str = ""
) -> HttpResponse:
    rows = list(Hook.objects.visible_to(request.member).order_by("stage", "-id"))
    here = about(request, _to_be(request), *rows)
    deliveries = HookDelivery.objects.filter(hook__in=rows).select_related("hook")
    context: dict[str, Any] = {
        "hooks": rows,
        "deliveries": list(deliveries[:DELIVERIES]),
        "register": here["register_hook"],
        "retire": here["retire_hook"],
        "secret": secret,
        "faults": shown(faults or {}),
        "given": request.POST if faults else {},
        "key": new_key(),
    }
    answer = render(request, "pages/desk/hooks.html", context, status=422 if faults else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _to_be(request: MemberRequest) -> Thing:
    return Thing(
        kind="hook", id=NEW, owner=request.member.organisation or NOBODY, stage="listening"
    )


@require_POST
@login_required
def register_hook(request: MemberRequest) -> HttpResponse:
    """Register an address; the page after it shows the secret, once."""
    own = own_organisation(request.member)
    if own is None:  # who stands nowhere has no address to register: the charter says so
        insist(request.member, "register_hook", _to_be(request))
        raise Http404
    filled = HookForm(request.POST)
    if not filled.is_valid():
        insist(request.member, "register_hook", _to_be(request))
        return _page(request, faults=faults_of(filled))
    given = filled.cleaned_data
    try:
        _hook, secret = actions.register_hook(by=request.member, organisation=own, **given)
    except AlreadyDone:
        return _page(request)
    except Unsuitable as unsuitable:
        return _page(request, faults=unsuitable.faults)
    return _page(request, secret=secret)


@require_POST
@login_required
def retire_hook(request: MemberRequest, hook: UUID) -> HttpResponse:
    """Stop telling an address."""
    row = Hook.objects.visible_to(request.member).filter(pk=hook).first()
    if row is None:
        raise Http404

    def retired(given: Mapping[str, Any]) -> object:
        return actions.retire_hook(by=request.member, hook=row, key=given["key"])

    return take(
        request,
        KeyForm(request.POST),
        retired,
        done=_("已停用，并写入存证。"),
        page=lambda request, *, faults: _page(request, faults=faults),
        then=reverse("hooks"),
    )
