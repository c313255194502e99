"""A file that was handed in, on its way: read, corrected column by column, then kept."""

from collections.abc import Callable
from typing import TypeAlias
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.connectors.amounts import UNITS
from gongzhi.core.charter import Thing
from gongzhi.core.terms import Problem
from gongzhi.cycle.actions import deliveries as actions
from gongzhi.cycle.models import Delivery
from gongzhi.desk.models import Attachment
from gongzhi.intake.listing import Listing
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.columns import load_fact_rules
from gongzhi.web.filled import KEY_MAX, KeyForm, do_once, faults_of, new_key
from gongzhi.web.here import Here, about
from gongzhi.web.pages.data.reading import HandedIn, Look, file_of, look, titled
from gongzhi.web.readable import readable_thing

NAME_MAX, DOUBTS_SHOWN = 100, 50
Deed: TypeAlias = Callable[..., object]
NOTHING = actions.File(listing=Listing(name="", digest="", kind="", sheets=()), mappings=())


class MappingForm(KeyForm):
    """Keeping which column is which, under a name."""

    name = forms.CharField(max_length=NAME_MAX)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def arriving(request: MemberRequest, delivery: UUID) -> HttpResponse:
    """What the file says, read with the columns that were chosen; nothing is kept."""
    shown = readable_thing(request, "delivery", delivery)
    if shown.stage != Delivery.Stage.WAITING:
        return redirect("delivery", shown.pk)
    row = _handed_in(request, shown)
    here = _rights(request, shown)
    return _page(request, row, here=here, seen=_look(request, row, here))


@require_POST
@login_required
def deliver_facts(request: MemberRequest, delivery: UUID) -> HttpResponse:
    """Keep the organisation's own facts."""
    return _keep(request, delivery, deed=actions.deliver_facts)


@require_POST
@login_required
def collect_facts(request: MemberRequest, delivery: UUID) -> HttpResponse:
    """Keep facts of all units."""
    return _keep(request, delivery, deed=actions.collect_facts)


@require_POST
@login_required
def save_mapping(request: MemberRequest, delivery: UUID) -> HttpResponse:
    """Keep which column is which, to be used again."""
    shown, filled = readable_thing(request, "delivery", delivery), MappingForm(request.POST)
    row = _file_beside(request, shown)
    if row is None:
        insist(request.member, "save_mapping", _mapping_of(shown))
        return redirect("delivery", shown.pk)
    here = _rights(request, shown)
    seen = _look(request, row, here)
    if not seen.tried.mappings or not filled.is_valid():
        insist(request.member, "save_mapping", _mapping_of(shown))
        return _page(request, row, here=here, seen=seen, faults=faults_of(filled))
    name, mapping = filled.cleaned_data["name"], seen.tried.mappings[0]
    do_once(
        request,
        lambda: actions.save_mapping(
            by=request.member,
            organisation=shown.organisation,
            name=name,
            mapping=mapping,
            key=filled.cleaned_data["key"],
        ),
        done=_("列对应已保存，下一份同样的文件自动采用。"),
    )
    return _page(request, row, here=here, seen=seen, status=200)


def _keep(request: MemberRequest, delivery: UUID, *, deed: Deed) -> HttpResponse:
    shown, filled = readable_thing(request, "delivery", delivery), KeyForm(request.POST)
    key = request.POST.get("key", "")[:KEY_MAX] or None
    if shown.stage != Delivery.Stage.WAITING:  # sent a second time, or too late
        return _deliver(
            request, lambda: deed(by=request.member, delivery=shown, file=NOTHING, key=key), shown
        )
    insist(request.member, deed.__name__, shown)
    row = _handed_in(request, shown)
    here = _rights(request, shown)
    seen = _look(request, row, here)
    file = file_of(seen)
    if file is None or not filled.is_valid():
        return _page(request, row, here=here, seen=seen, faults=faults_of(filled))
    try:
        return _deliver(
            request, lambda: deed(by=request.member, delivery=shown, file=file, key=key), shown
        )
    except actions.NotAccepted as refused:
        return _page(request, row, here=here, seen=seen, problem=refused.problem)


def _deliver(
    request: MemberRequest, deed: Callable[[], object], delivery: Delivery
) -> HttpResponse:
    do_once(request, deed, done=_("已导入，每一行都写入存证。"))
    return redirect("delivery", delivery.pk)


def _look(request: MemberRequest, row: HandedIn, here: Here) -> Look:
    given = {name: str(value) for name, value in request.POST.items()}
    return look(row, given, member=request.member, own=here["collect_facts"] is None)


def _mapping_of(delivery: Delivery) -> Thing:
    return Thing(kind="saved_mapping", id="new", owner=str(delivery.organisation_id))


def _rights(request: MemberRequest, delivery: Delivery) -> Here:
    return about(request, delivery, _mapping_of(delivery))


def _page(
    request: MemberRequest,
    row: HandedIn,
    *,
    here: Here,
    seen: Look,
    faults: object = None,
    problem: Problem | None = None,
    status: int | None = None,
) -> HttpResponse:
    keep = "collect_facts" if here["collect_facts"] else "deliver_facts"
    wrong, result = problem or seen.problem, seen.tried.result
    context = {
        "delivery": row.delivery,
        "seen": seen,
        "result": result,
        "months": _months(seen),
        "kept": titled(result.facts) if result else [],
        "shown_problems": result.problems if result else (),
        "shown_doubts": result.doubts[:DOUBTS_SHOWN] if result else (),
        "kinds": [(name, rule.title) for name, rule in load_fact_rules().items()],
        "units": list(UNITS),
        "given": request.POST,
        "verb": keep,
        "keep": here[keep],
        "save": here["save_mapping"],
        "problem": wrong,
        "faults": faults,
        "key": new_key(),
    }
    usual = 422 if wrong or faults else 200
    return render(request, "pages/data/arriving.html", context, status=status or usual)


def _months(seen: Look) -> list[tuple[str, object]]:
    if seen.tried.result is None:
        return []
    return [
        (f"{year}-{month:02}", total) for (year, month), total in seen.tried.result.by_month.items()
    ]


def _handed_in(request: MemberRequest, delivery: Delivery) -> HandedIn:
    """The delivery with its file; whoever may not read the file doesn't find it."""
    found = _file_beside(request, delivery)
    if found is None:
        raise Http404
    return found


def _file_beside(request: MemberRequest, delivery: Delivery) -> HandedIn | None:
    files = Attachment.objects.visible_to(request.member).select_related("content")
    file: Attachment | None = files.filter(about=f"delivery:{delivery.pk}").first()
    if file is None:
        return None
    return HandedIn(delivery=delivery, name=file.name, content=bytes(file.file.content))
