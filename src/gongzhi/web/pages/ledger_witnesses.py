"""Who cosigns the log: the witnesses, how many must have signed, and the forms that change it."""

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
from gongzhi.trust.proofs import head
from gongzhi.trust.witnesses import Candidate
from gongzhi.web.cosigners import cosigners_shown
from gongzhi.web.filled import REASON_MAX, Blank, KeyForm, new_key, take
from gongzhi.web.here import about

LINE_MAX = 300


class AdmitForm(KeyForm):
    """A witness to be admitted; the action looks at key, address and operator."""

    verifier = forms.CharField(max_length=LINE_MAX)
    operator = forms.CharField(max_length=OPERATOR_MAX)
    organisation = forms.UUIDField(required=False)
    address = forms.CharField(max_length=LINE_MAX, required=False)


class RetireForm(KeyForm):
    """A witness that counts no more, and why."""

    witness = forms.CharField(max_length=LINE_MAX)
    reason = forms.CharField(max_length=REASON_MAX)


class MoveForm(KeyForm):
    """A witness and where it listens from now on, empty where it comes by itself."""

    witness = forms.CharField(max_length=LINE_MAX)
    address = forms.CharField(max_length=LINE_MAX, required=False)


class QuorumForm(KeyForm):
    """How many must have signed."""

    threshold = forms.IntegerField(min_value=0, max_value=1000)


NAMES: Mapping[type[forms.Form], str] = {
    AdmitForm: "admit_witness",
    RetireForm: "retire_witness",
    MoveForm: "move_witness",
    QuorumForm: "set_quorum",
}
# What the deed calls otherwise than the form: a form's own `key` says that it is sent once.
FIELDS: Mapping[tuple[type[forms.Form], str], str] = {(AdmitForm, "key"): "verifier"}


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
    def again(request: MemberRequest, *, faults: Mapping[str, Said]) -> HttpResponse:
        named = {FIELDS.get((form, field), field): fault for field, fault in faults.items()}
        given = {field: request.POST.get(field, "") for field in form.base_fields if field != "key"}
        return _page(request, sent=(NAMES[form], Blank(given=given, faults=named)))

    return take(request, form(request.POST), deed, done=done, page=again, then="ledger-witnesses")


def _page(request: MemberRequest, *, sent: tuple[str, Blank] | None = None) -> HttpResponse:
    """The page; with a form that came back, that one alone keeps what was filled in."""
    published = head()
    cosigners = cosigners_shown(published)
    name, blank = sent or ("", Blank())
    context = {
        "head": published,
        "cosigners": cosigners,
        "organisations": Organisation.objects.visible_to(request.member),
        "deeds": about(request),
        "forms": {**_untouched(cosigners.threshold), **({name: blank} if sent else {})},
        "faults": blank.problems(name),
        "key": new_key(),
    }
    return render(request, "pages/ledger_witnesses.html", context, status=422 if sent else 200)


def _untouched(threshold: int) -> Mapping[str, Blank]:
    """The forms as they stand before anybody fills them in."""
    untouched = {name: Blank() for name in NAMES.values()}
    return {**untouched, NAMES[QuorumForm]: Blank(given={"threshold": str(threshold)})}
