"""The talk of an anonymous remark, for whoever has its code; the code stands in no address."""

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.receipts import grouped, plain_receipt
from gongzhi.core.terms import Said
from gongzhi.forum.actions import remarks as actions
from gongzhi.forum.remark_words import Talk
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import may
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import faults_of, shown
from gongzhi.web.fleeting import within_minute
from gongzhi.web.here import about
from gongzhi.web.pages.participation.remarks.seen import private
from gongzhi.web.pages.participation.remarks.writing import TEXT_MAX, TOO_MANY, WAIT, limits

CODE_MAX = 60


class CodeForm(forms.Form):
    """A receipt code."""

    code = forms.CharField(max_length=CODE_MAX)


class AddingForm(CodeForm):
    """What is added, with the code again."""

    text = forms.CharField(max_length=TEXT_MAX)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def receipt(request: MemberRequest) -> HttpResponse:
    """Ask for the code; show what it opens."""
    if request.method != "POST":
        return _asking(request)
    filled = CodeForm(request.POST)
    if not filled.is_valid():
        return _asking(request, faults=faults_of(filled))
    if not _may_look(request):
        return _asking(request, faults={"code": WAIT}, status=TOO_MANY)
    return _opened(request, filled.cleaned_data["code"])


def _may_look(request: MemberRequest) -> bool:
    held = limits()
    return within_minute(
        request,
        act="receipt",
        times=held.lookups_per_minute_max,
        times_of_all=held.lookups_of_all_per_minute_max,
    )


def _opened(
    request: MemberRequest,
    code: str,
    *,
    faults: Mapping[str, Said] | None = None,
    done: str = "",
) -> HttpResponse:
    try:
        talk = actions.open_by_receipt(code=code)
    except Unsuitable as unsuitable:
        return _asking(request, faults=unsuitable.faults)
    return _talk(request, talk, code=code, faults=faults, done=done)


def _asking(
    request: MemberRequest, *, faults: Mapping[str, Said] | None = None, status: int = 422
) -> HttpResponse:
    about(request)
    context = {"faults": shown(faults or {})}
    template = "pages/participation/remarks/receipt.html"
    return private(render(request, template, context, status=status if faults else 200))


def _talk(
    request: MemberRequest,
    talk: Talk,
    *,
    code: str,
    faults: Mapping[str, Said] | None,
    done: str,
) -> HttpResponse:
    about(request, talk.remark)
    context = {
        "talk": talk,
        "remark": talk.remark,
        "code": grouped(plain_receipt(code)),
        "may_add": may(VISITOR, "add_by_receipt", talk.remark).allowed,
        "text_max": limits().text_max,
        "faults": shown(faults or {}),
        "given": request.POST if faults else {},
        "done": done,
    }
    template = "pages/participation/remarks/talk.html"
    return private(render(request, template, context, status=422 if faults else 200))


@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def add_by_receipt(request: MemberRequest) -> HttpResponse:
    """Add to what the code opens."""
    filled = AddingForm(request.POST)
    if not filled.is_valid():
        return _asking(request, faults=faults_of(filled))
    if not _may_look(request):
        return _asking(request, faults={"code": WAIT}, status=TOO_MANY)
    given = filled.cleaned_data
    try:
        actions.add_by_receipt(code=given["code"], text=given["text"])
    except Unsuitable as unsuitable:
        return _opened(request, given["code"], faults=unsuitable.faults)
    return _opened(request, given["code"], done=_("已补充，办理的单位会看到。"))
