"""在本地的施行: which part holds since when, by whose document, and deciding it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Charter
from gongzhi.parties.actions import charter as actions
from gongzhi.parties.actions.charter import NotInOrder
from gongzhi.parties.charters import Adoption
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.here import about
from gongzhi.web.pages.charter.asking import wrong_in
from gongzhi.web.pages.charter.entries import verbs_shown
from gongzhi.web.pages.charter.parts import ShownPart, part_shown, parts_shown
from gongzhi.web.proofs import sealed
from gongzhi.web.seals import seals_on

NAME_MAX = 100


class DecisionForm(KeyForm):
    """A decision on a part: whose, under which document number, from when until when."""

    authority = forms.CharField(max_length=NAME_MAX)
    document_number = forms.CharField(max_length=NAME_MAX)
    in_force_from = forms.DateField()
    in_force_until = forms.DateField(required=False)


@require_safe
def adoption(request: MemberRequest) -> HttpResponse:
    """All parts as they stand here today."""
    parts = parts_shown(charter_in_force())
    about(request, *(part.state for part in parts))
    context = {
        "parts": parts,
        "seals": seals_on(part.state for part in parts),
        "adopted": sum(part.state.in_force for part in parts),
    }
    return render(request, "pages/charter/adoption.html", context)


@require_safe
def part(request: MemberRequest, part: str) -> HttpResponse:
    """One part: how it stands, what was decided on it, which rights it wakes, and deciding."""
    return _page(request, _found(part))


@require_POST
def adopt_part(request: MemberRequest, part: str) -> HttpResponse:
    """Put the part in force."""
    done = _("施行决定已记载，并写入存证。")
    return _decided(request, part, do=actions.adopt_part, done=done)


@require_POST
def suspend_part(request: MemberRequest, part: str) -> HttpResponse:
    """Take the part out of force."""
    done = _("停止施行的决定已记载，并写入存证。")
    return _decided(request, part, do=actions.suspend_part, done=done)


def _decided(
    request: MemberRequest, number: str, *, do: Callable[..., Adoption], done: str
) -> HttpResponse:
    shown, form = _found(number), DecisionForm(request.POST)
    if not form.is_valid():
        wrong = wrong_in(form, labels=_labels())
        return _page(request, shown, filled=request.POST, problems=wrong)
    filled = form.cleaned_data
    try:
        do(
            by=request.member,
            part=shown.state,
            authority=filled["authority"],
            document_number=filled["document_number"],
            in_force_from=filled["in_force_from"],
            in_force_until=filled["in_force_until"],
            key=filled["key"],
        )
        messages.success(request, done, extra_tags="kept")
    except NotInOrder as fault:
        return _page(request, shown, filled=request.POST, problems=fault.problems)
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect("charter-part", number)


def _labels() -> Mapping[str, str]:
    return {
        "authority": _("印发机关"),
        "document_number": _("文号"),
        "in_force_from": _("自何日起"),
        "in_force_until": _("至何日止"),
    }


def _found(number: str) -> ShownPart:
    charter = charter_in_force()
    if number not in charter.parts:
        raise Http404
    return part_shown(charter, number)


def _page(
    request: MemberRequest,
    shown: ShownPart,
    *,
    filled: Mapping[str, Any] | None = None,
    problems: object = (),
) -> HttpResponse:
    charter = charter_in_force()
    context = {
        "part": shown,
        "deeds": about(request, shown.state),
        "decisions": _decisions(request, shown.number),
        "sealed": sealed(Deed.objects.about(shown.state.thing())),
        "verbs": verbs_shown(charter, _verbs_of(charter, shown.number)),
        "clauses": [c for c in charter.clauses.values() if c.part == shown.number],
        "filled": filled or {},
        "problems": problems,
        "key": new_key(),
    }
    status = 422 if problems else 200
    return render(request, "pages/charter/part.html", context, status=status)


def _decisions(request: MemberRequest, number: str) -> models.QuerySet[Adoption]:
    found = Adoption.objects.visible_to(request.member).filter(part=number)
    return found.select_related("organisation")


def _verbs_of(charter: Charter, number: str) -> frozenset[str]:
    """The deeds whose rights sleep until the part is in force."""
    resting = (p for p in charter.policies if p.permits and number in p.parts)
    return frozenset().union(*(policy.verbs for policy in resting))
