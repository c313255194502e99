"""The list of voices, filtered as a sentence; inside, what is late by who has to answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.participating.voices import WAITING
from gongzhi.forum.models import AdoptedChange, Voice
from gongzhi.forum.posts import shown_only
from gongzhi.forum.similar import found_voices
from gongzhi.forum.voice_waiting import late_for
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.voices.seen import ShownVoice, shown_voices
from gongzhi.web.shown import Filter

ROWS, WORDS_MAX, LATE_MAX = 30, 100, 500
OPEN, ANSWERED, CHANGED, MINE, SUPPORTED = "open", "answered", "changed", "mine", "supported"
OUTCOMES = ("adopted", "partly", "declined")


@require_safe
def voices(request: MemberRequest) -> HttpResponse:
    """What was said, about what, what was answered, what it changed."""
    about(request)
    visible = shown_only(Voice.objects.visible_to(request.member).standing())
    filters = _filters(request)
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:WORDS_MAX]
    rows = _chosen(request, visible, chosen_in(filters))
    if words:
        rows = found_voices(rows, words)
    page = Paginator(rows.with_facts().defer("words"), ROWS).get_page(request.GET.get("page"))
    changed = AdoptedChange.objects.visible_to(request.member)
    context: dict[str, Any] = {
        "filters": filters,
        "words": words,
        "page": page,
        "rows": shown_voices(page, member=request.member),
        "query": paged(request.GET, of="voices"),
        "waiting": visible.waiting().count(),
        "answered": visible.exclude(stage__in=WAITING).count(),
        "changed": changed.filter(end=AdoptedChange.End.APPROVED).count(),
        "clauses": clauses_shown({"5.3", "5.22"}),
        "is_inside": request.member.organisation is not None,
    }
    return render(request, "pages/participation/voices/list.html", context)


def _filters(request: MemberRequest) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    kinds = {str(code): str(name) for code, name in Voice.Kind.choices}
    states = {
        "": _("各种状态"),
        OPEN: _("待答复"),
        ANSWERED: _("已答复"),
        "adopted": _("采纳"),
        "partly": _("部分采纳"),
        "declined": _("不采纳"),
        CHANGED: _("改变了数字"),
    }
    to = {"": _("由任何单位答复"), MINE: _("由本单位答复")}
    orders = {"": _("新的在前"), SUPPORTED: _("附议多的在前")}
    return (
        filter_of(_("种类"), name="kind", values={"": _("各种意见"), **kinds}, asked=asked),
        filter_of(_("状态"), name="state", values=states, asked=asked),
        filter_of(_("由谁答复"), name="to", values=to, asked=asked),
        filter_of(_("顺序"), name="order", values=orders, asked=asked),
    )


def _chosen(request: MemberRequest, visible: Any, chosen: Mapping[str, str]) -> Any:
    rows = visible
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["to"] == MINE:
        own = request.member.organisation
        rows = rows.filter(addressed=own) if own else rows.none()
    state = chosen["state"]
    if state == OPEN:
        rows = rows.waiting()
    elif state == ANSWERED:
        rows = rows.filter(answers__isnull=False).distinct()
    elif state in OUTCOMES:
        rows = rows.filter(answers__outcome=state, answers__supplements=False)
    elif state == CHANGED:
        rows = rows.filter(change__end=AdoptedChange.End.APPROVED)
    if chosen["order"] == SUPPORTED:
        backed = Count("supports", filter=Q(supports__until_on=None), distinct=True)
        return rows.annotate(backed=backed).order_by("-backed", "-pk")
    return rows


@require_safe
@login_required
def voices_late(request: MemberRequest) -> HttpResponse:
    """What is late, by who has to answer, for those whom it concerns (clause 9.9)."""
    about(request)
    today = business_date()
    late = late_for(request.member, today=today)
    late = late.with_facts().defer("words").order_by("due_on", "pk")
    rows = shown_voices(late[:LATE_MAX], member=request.member)
    context: dict[str, Any] = {
        "groups": _by_answerer(rows),
        "count": len(rows),
        "clauses": clauses_shown({"5.3", "9.9"}),
    }
    return render(request, "pages/participation/voices/late.html", context)


def _by_answerer(rows: Sequence[ShownVoice]) -> list[tuple[Any, list[ShownVoice]]]:
    """The late ones by organisation, who is late with most first."""
    found: dict[Any, list[ShownVoice]] = {}
    for each in rows:
        found.setdefault(each.row.addressed, []).append(each)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0].code))
