"""Who cosigns the log: the witnesses, how many must have signed, and the forms that change it."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.parties.actions import witnesses as actions
from gongzhi.parties.actions.witnesses import OPERATOR_MAX
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.trust.witnesses import Candidate, admitted_witnesses, quorum_in_force
from gongzhi.web.filled import KEY_MAX, REASON_MAX, shown, take
from gongzhi.web.here import about

LINE_MAX = 300


class AdmitForm(forms.Form):
    """A witness to be admitted; the action looks at key, address and operator."""

    key = forms.CharField(max_length=KEY_MAX)
    verifier = forms.CharField(max_length=LINE_MAX)
    operator = forms.CharField(max_length=OPERATOR_MAX)
    organisation = forms.UUIDField(required=False)
    address = forms.CharField(max_length=LINE_MAX, required=False)


class RetireForm(forms.Form):
    """A witness that counts no more, and why."""

    key = forms.CharField(max_length=KEY_MAX)
    witness = forms.CharField(max_length=LINE_MAX)
    reason = forms.CharField(max_length=REASON_MAX)


class MoveForm(forms.Form):
    """A witness and where it listens from now on, empty where it comes by itself."""

    key = forms.CharField(max_length=KEY_MAX)
    witness = forms.CharField(max_length=LINE_MAX)
    address = forms.CharField(max_length=LINE_MAX, required=False)


class QuorumForm(forms.Form):
    """How many must have signed."""

    key = forms.CharField(max_length=KEY_MAX)
    threshold = forms.IntegerField(min_value=0, max_value=1000)


@require_safe
def witnesses(request: MemberRequest) -> HttpResponse:
    """The witnesses and the quorum, with forms for who may change them."""
    return _page(request)


@require_POST
def admit_witness(request: MemberRequest) -> HttpResponse:
    """Let a party's witness cosign."""

    def admit(given: Mapping[str, Any]) -> object:
        candidate = Candidate(
            key=given["verifier"].strip(),
            operator=given["operator"],
            organisation=given["organisation"],
            address=given["address"].strip(),
        )
        return actions.admit_witness(by=request.member, candidate=candidate, key=given["key"])

    return _take(request, AdmitForm, admit, done=_("已接纳，并写入存证。"))


@require_POST
def retire_witness(request: MemberRequest) -> HttpResponse:
    """Let a witness count no more."""
    return _take(
        request,
        RetireForm,
        lambda given: actions.retire_witness(
            by=request.member, name=given["witness"], reason=given["reason"], key=given["key"]
        ),
        done=_("已退役，并写入存证；它不能再被接纳。"),
    )


@require_POST
def move_witness(request: MemberRequest) -> HttpResponse:
    """Ask a witness at another address."""
    return _take(
        request,
        MoveForm,
        lambda given: actions.move_witness(
            by=request.member,
            name=given["witness"],
            address=given["address"].strip(),
            key=given["key"],
        ),
        done=_("地址已更改，并写入存证。"),
    )


@require_POST
def set_quorum(request: MemberRequest) -> HttpResponse:
    """Say how many must have signed."""
    return _take(
        request,
        QuorumForm,
        lambda given: actions.set_quorum(
            by=request.member, threshold=given["threshold"], key=given["key"]
        ),
        done=_("门槛已更改，并写入存证。"),
    )


def _take(
    request: MemberRequest,
    form: type[forms.Form],
    deed: Callable[[Mapping[str, Any]], object],
    *,
    done: str,
) -> HttpResponse:
    filled = form(request.POST)
    return take(request, filled, deed, done=done, page=_page, then="ledger-witnesses")


def _page(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    chosen = list(admitted_witnesses())
    quorum = quorum_in_force()
    threshold = quorum.threshold if quorum else 0
    context = {
        "witnesses": chosen,
        "threshold": threshold,
        # Any two sufficient sets share so many (a split view needs all of those to lie).
        "shared": max(0, 2 * threshold - len(chosen)),
        "organisations": Organisation.objects.visible_to(request.member),
        "deeds": about(request),
        "given": request.POST,
        "faults": shown(faults or {}),
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "pages/ledger_witnesses.html", context, status=422 if faults else 200)
