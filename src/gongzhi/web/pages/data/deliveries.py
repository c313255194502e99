"""Files that brought facts: those that I may see, one of them, and handing in the next."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.connectors.opening import open_source
from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.actions import deliveries as actions
from gongzhi.cycle.models import Delivery, Payment
from gongzhi.desk.models import Attachment
from gongzhi.intake.gate import inspect
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.record import problem_from_record
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.deeds import AlreadyDone, insist
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.here import NEW, about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.data.reading import titled
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

SHOWN, ROWS_SHOWN = 100, 20
NOBODYS = Thing(kind="delivery", id="new", owner=NOBODY, stage="waiting")
NOTHING = Problem(
    where=Where(), what=Said("还没有选文件。"), hint=Said("选一个 CSV、Excel 或 JSON 文件。")
)


def expected(member: Member) -> Delivery | None:
    """The next delivery of the member's organisation; None for who has none."""
    own = own_organisation(member)
    return Delivery(organisation=own) if own else None


@require_safe
@login_required
def deliveries(request: MemberRequest) -> HttpResponse:
    """The deliveries that I may see, and a form to hand in a file."""
    return _list(request)


def _list(request: MemberRequest, *, problem: Problem | None = None) -> HttpResponse:
    own = expected(request.member)
    here = about(request, *([replace(own.thing(), id=NEW)] if own else []))
    shown = Delivery.objects.visible_to(request.member).select_related("organisation")
    listed = list(shown[:SHOWN])
    context = {
        "deliveries": listed,
        "seals": seals_on(listed),
        "hand_in": here["hand_in_file"],
        "limits": ALLOWED,
        "key": new_key(),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "pages/data/deliveries.html", context, status=status)


@require_POST
@login_required
def hand_in_file(request: MemberRequest) -> HttpResponse:
    """Keep a file beside the delivery that is to come of it, and go on to reading it."""
    own, given = expected(request.member), request.FILES.get("file")
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)
    insist(request.member, "hand_in_file", own.thing() if own else NOBODYS)
    assert own is not None, "nobody hands in without an organisation"
    filled = KeyForm(request.POST)
    if given is None or not filled.is_valid():
        return _list(request, problem=NOTHING)
    file = _checked(given.name or "?", given.read())
    if isinstance(file, Problem):
        return _list(request, problem=file)
    try:
        kept = actions.hand_in_file(
            by=request.member,
            organisation=own.organisation,
            file=file,
            key=filled.cleaned_data["key"],
        )
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("deliveries")
    return redirect("arriving", kept.pk)


def _checked(name: str, content: bytes) -> ScreenedFile | Problem:
    """The file, if its sheets can be opened and it isn't marked as secret."""
    kind = inspect(content)
    if isinstance(kind, Problem):
        return kind
    listing = open_source(name, content)
    if isinstance(listing, Problem):
        return listing
    return ScreenedFile(name=name, content=content, kind=kind)


@require_safe
@login_required
def delivery(request: MemberRequest, delivery: UUID) -> HttpResponse:
    """One delivery: what it brought, what was wrong with it, its first rows, its file."""
    shown = readable_thing(request, "delivery", delivery)
    about(request, shown)
    files = Attachment.objects.visible_to(request.member, beside=f"delivery:{shown.pk}")
    context = {
        "delivery": shown,
        "counts": shown.counts,
        "kept": titled(shown.counts.get("facts", {})),
        "problems": [problem_from_record(each) for each in shown.problems],
        "rows": _rows(request.member, shown),
        "files": files.with_facts(),
        "seals": seals_on([shown]),
    }
    return render(request, "pages/data/delivery.html", context)


def _rows(member: Member, delivery: Delivery) -> list[Any]:
    """The first payments that it brought, as far as the reader may see them."""
    kept = Payment.objects.visible_to(member).filter(delivery=delivery)
    return list(kept.select_related("project", "unit").order_by("id")[:ROWS_SHOWN])
