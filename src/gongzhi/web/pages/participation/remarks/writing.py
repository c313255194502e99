"""Writing a remark: under one's account, or under no name.

The code of an anonymous one is drawn with its form and comes back signed, so that a form sent twice
is one remark, and shows the same code again.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import VISITOR, Thing
from gongzhi.core.participating.receipts import RANDOM_DIGITS, grouped, receipt_code
from gongzhi.core.participating.remarks import RemarkKind
from gongzhi.core.terms import Said
from gongzhi.forum.actions import remarks as actions
from gongzhi.forum.actions.remarks import Writing
from gongzhi.forum.models import Remark
from gongzhi.forum.models.remarks import ANONYMOUS, NAMED
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.remarks import RemarkLimits, remark_limits
from gongzhi.web.filled import KeyForm, faults_of, new_key, shown, take
from gongzhi.web.fleeting import within_minute
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.participation.remarks.seen import private
from gongzhi.web.pages.participation.remarks.start import ANSWERING, project_asked

SALT = "gongzhi remark receipt"
STATE_MAX, TEXT_MAX, NAME_MAX = 200, 10_000, 100
WAIT = Said("送得太快了，请过一分钟再送")
OLD_PAGE = Said("这一页放得太久了，请再送一次")
TOO_MANY = 429


class RemarkForm(KeyForm):
    """A remark under one's account; the length is told by the rules, in words."""

    kind = forms.ChoiceField(choices=Remark.Kind.choices)
    text = forms.CharField(max_length=TEXT_MAX)
    about = forms.CharField(max_length=NAME_MAX, required=False)


class AnonymousForm(forms.Form):
    """A remark under no name; `state` brings its code back."""

    state = forms.CharField(max_length=STATE_MAX)
    kind = forms.ChoiceField(choices=Remark.Kind.choices)
    text = forms.CharField(max_length=TEXT_MAX)
    about = forms.CharField(max_length=NAME_MAX, required=False)


def limits() -> RemarkLimits:
    """The limits of today."""
    return remark_limits(on=business_date())


@require_safe
@login_required
def writing(request: MemberRequest) -> HttpResponse:
    """The form under one's account."""
    return _page(request, name=request.GET.get("about", ""))


def _page(
    request: MemberRequest, *, name: str, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, _to_be(label=NAMED, holder=request.member.person))
    context = {
        **_asked(request, name, faults=faults),
        "deed": here["send_remark"],
        "key": new_key(),
    }
    template = "pages/participation/remarks/writing.html"
    return render(request, template, context, status=422 if faults else 200)


def _asked(
    request: MemberRequest, name: str, *, faults: Mapping[str, Said] | None
) -> dict[str, Any]:
    """What both forms show."""
    return {
        "project": project_asked(request.member, name),
        "kinds": Remark.Kind.choices,
        "chosen": request.POST.get("kind", RemarkKind.SUGGESTION),
        "text_max": limits().text_max,
        "days": (clause_with_clock(ANSWERING) or ("", None))[1],
        "faults": shown(faults or {}),
        "given": request.POST,
    }


def _to_be(*, label: str, holder: str | None = None) -> Thing:
    return Thing(
        kind="remark",
        id=NEW,
        owner=NOBODY,
        overseer=NOBODY,
        holder=holder or NOBODY,
        stage="open",
        label=label,
    )


@require_POST
@login_required
def send_remark(request: MemberRequest) -> HttpResponse:
    """Send it under one's account."""
    name = request.POST.get("about", "")

    def sent(given: Mapping[str, Any]) -> object:
        return actions.send_remark(
            by=request.member, writing=_written(request, given), key=given["key"]
        )

    return take(
        request,
        RemarkForm(request.POST),
        sent,
        done=_("已送出；答复会出现在这里，也会通知您。"),
        page=lambda request, *, faults: _page(request, name=name, faults=faults),
        then=reverse("remark-list"),
    )


def _written(request: MemberRequest, given: Mapping[str, Any]) -> Writing:
    project = project_asked(request.member, given["about"])
    return Writing(kind=given["kind"], text=given["text"], project=project)


# ── under no name ──


@never_cache
@require_safe
def anonymous(request: MemberRequest) -> HttpResponse:
    """The form under no name, with a code of its own."""
    return _nameless(request, name=request.GET.get("about", ""))


def _nameless(
    request: MemberRequest,
    *,
    name: str,
    faults: Mapping[str, Said] | None = None,
    state: str = "",
    status: int = 422,
) -> HttpResponse:
    here = about(request, _to_be(label=ANONYMOUS))
    context = {
        **_asked(request, name, faults=faults),
        "deed": here["send_anonymous_remark"],
        "state": state or Signer(salt=SALT).sign(_drawn()),
        "signed_in": request.user.is_authenticated,
    }
    template = "pages/participation/remarks/anonymous.html"
    return private(render(request, template, context, status=status if faults else 200))


def _drawn() -> str:
    return receipt_code(secrets.randbelow(10**RANDOM_DIGITS))


@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def send_anonymous_remark(request: MemberRequest) -> HttpResponse:
    """Send it under no name, and show its code, once."""
    name = request.POST.get("about", "")
    if request.user.is_authenticated:
        return redirect("remark-anonymous")
    filled = AnonymousForm(request.POST)
    if not filled.is_valid():
        return _nameless(request, name=name, faults=faults_of(filled))
    given = filled.cleaned_data
    try:
        code = Signer(salt=SALT).unsign(given["state"])
    except BadSignature:
        return _nameless(request, name=name, faults={"text": OLD_PAGE})
    again = {"name": name, "state": given["state"]}
    times = limits().sent_per_minute_max
    if not within_minute(request, act="send_anonymous_remark", times=times):
        return _nameless(request, **again, faults={"text": WAIT}, status=TOO_MANY)
    request.member = VISITOR
    try:
        remark = actions.send_anonymous_remark(writing=_written(request, given), code=code)
    except Unsuitable as unsuitable:
        return _nameless(request, **again, faults=unsuitable.faults)
    context = {"remark": remark, "code": grouped(code)}
    return private(render(request, "pages/participation/remarks/sent.html", context))
