"""What isn't shown: the counts for everybody, a post with its forms, a hiding with its appeal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.forum.actions import moderation as actions
from gongzhi.forum.models import Appeal, Hiding, PostReport
from gongzhi.forum.models.moderation import Post, Posted
from gongzhi.forum.moderation_counts import counts_by_category
from gongzhi.forum.posts import hidings_of, readable_post
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.rules.participation.moderation import moderation_rules
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.readable import readable_thing
from gongzhi.web.shown_posts import shown_posts
from gongzhi.web.stepping import step_on

NAME_MAX, CODE_MAX, REASON_MAX, ROWS = 100, 30, 1000, 100


class HideForm(KeyForm):
    """Which post, for which category, and why."""

    post = forms.CharField(max_length=NAME_MAX)
    category = forms.CharField(max_length=CODE_MAX)
    reason = forms.CharField(max_length=REASON_MAX)


class ReportForm(KeyForm):
    """Which post, and what is wrong with it."""

    post = forms.CharField(max_length=NAME_MAX)
    category = forms.CharField(max_length=CODE_MAX)
    note = forms.CharField(max_length=REASON_MAX, required=False)


class KeepForm(KeyForm):
    """Why a reported post stays."""

    reason = forms.CharField(max_length=REASON_MAX)


class AppealForm(KeyForm):
    """What the author says."""

    text = forms.CharField(max_length=REASON_MAX)


class DecisionForm(KeyForm):
    """How the appeal ends, and why."""

    outcome = forms.ChoiceField(choices=Appeal.Outcome.choices)
    reason = forms.CharField(max_length=REASON_MAX)


@require_safe
def moderation(request: MemberRequest) -> HttpResponse:
    """The counts by category; and for whoever looks after posts what waits."""
    about(request)
    today = business_date()
    hidings = Hiding.objects.visible_to(request.member).with_facts()
    reports = PostReport.objects.visible_to(request.member).filter(stage="open")
    context: dict[str, Any] = {
        "counts": counts_by_category(today=today),
        "rules": moderation_rules(on=today),
        "hidings": hidings.order_by("-id")[:ROWS],
        "reports": reports.with_facts().order_by("-id")[:ROWS],
        "clauses": clauses_shown({"5.17"}),
    }
    return render(request, "pages/participation/moderation.html", context)


@require_safe
def post(request: MemberRequest) -> HttpResponse:
    """A post with what may be done about it; without one, the counts."""
    name = request.GET.get("post", "")
    if not name:
        return redirect("moderation")
    return _post_page(request, name)


def _post_page(
    request: MemberRequest, name: str, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    row = _readable_post(request, name)
    posted = row.posted()
    hiding = hidings_of([name]).get(name)
    own = Hiding.objects.visible_to(request.member).with_facts()
    readable_hiding = own.filter(pk=hiding.pk).first() if hiding else None
    reports = PostReport.objects.visible_to(request.member).with_facts()
    on_it = reports.filter(post_kind=posted.kind, post_id=posted.id)
    first = on_it.filter(stage="open").order_by("pk").first()
    to_be = [] if hiding else [_hiding_to_be(posted), _report_to_be(request, posted)]
    here = about(request, *to_be, *([first] if first else []))
    context: dict[str, Any] = {
        "post": shown_posts([row], reader=request.member)[0],
        "hiding": readable_hiding,
        "reports": on_it.order_by("pk"),
        "first": first,
        "reported": on_it.filter(person=request.member.person).exists(),
        "rules": moderation_rules(on=business_date()),
        "hide": None if hiding else here["hide_post"],
        "report": None if hiding else here["report_post"],
        "keep": here["keep_post"] if first else None,
        "clauses": clauses_shown({"5.17"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/post.html", context, status=status)


def _readable_post(request: MemberRequest, name: str) -> Post:
    row = readable_post(request.member, name)
    if row is None:
        raise Http404
    return row


def _hiding_to_be(posted: Posted) -> Thing:
    return Thing(
        kind="hiding",
        id=NEW,
        holder=str(posted.author),
        owner=str(posted.owner.pk),
        authors=frozenset(),
        conflicted=frozenset(),
        stage="hidden",
        regions=posted.owner.region.line(),
    )


def _report_to_be(request: MemberRequest, posted: Posted) -> Thing:
    return Thing(
        kind="post_report",
        id=NEW,
        holder=request.member.person or NOBODY,
        owner=str(posted.owner.pk),
        stage="open",
        regions=posted.owner.region.line(),
    )


@require_safe
def hiding(request: MemberRequest, hiding: UUID) -> HttpResponse:
    """Why a post isn't shown, what its author says, and how that was decided."""
    return _hiding_page(request, readable_thing(request, "hiding", hiding))


def _hiding_page(
    request: MemberRequest, row: Hiding, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, row)
    post_row = readable_post(request.member, row.post)
    context: dict[str, Any] = {
        "hiding": row,
        "text": post_row.posted().text if post_row else "",
        "appeal": Appeal.objects.visible_to(request.member).filter(hiding=row).first(),
        "outcomes": Appeal.Outcome.choices,
        "deeds": here,
        "clauses": clauses_shown({"5.17"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/hiding.html", context, status=status)


# ── the deeds, each an address ──


@require_POST
def hide_post(request: MemberRequest) -> HttpResponse:
    """Show a post no longer."""
    return _about_post(request, actions.hide_post, form=HideForm)


@require_POST
def report_post(request: MemberRequest) -> HttpResponse:
    """Say that a post shouldn't be shown."""
    return _about_post(request, actions.report_post, form=ReportForm)


def _about_post(request: MemberRequest, deed: Any, *, form: type[forms.Form]) -> HttpResponse:
    name = request.POST.get("post", "")
    posted = _readable_post(request, name).posted()

    def done(given: Mapping[str, Any]) -> object:
        rest = {field: value for field, value in given.items() if field != "post"}
        return deed(by=request.member, post=posted, **rest)

    return take(
        request,
        form(request.POST),
        done,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _post_page(request, name, faults=faults),
        then=f"{reverse('post')}?post={name}",
    )


@require_POST
def keep_post(request: MemberRequest, report: UUID) -> HttpResponse:
    """Go on showing a post that was reported."""
    row = readable_thing(request, "post_report", report)
    return take(
        request,
        KeepForm(request.POST),
        lambda given: actions.keep_post(by=request.member, report=row, **given),
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _post_page(request, row.post, faults=faults),
        then=f"{reverse('post')}?post={row.post}",
    )


@require_POST
def appeal_hiding(request: MemberRequest, hiding: UUID) -> HttpResponse:
    """Say why one's own post should be shown."""

    def step(row: Hiding, given: Mapping[str, Any]) -> object:
        return actions.appeal_hiding(by=request.member, hiding=row, **given)

    return step_on(request, "hiding", hiding, AppealForm(request.POST), step, page=_hiding_page)


@require_POST
def decide_appeal(request: MemberRequest, hiding: UUID) -> HttpResponse:
    """Show the post again, or leave it hidden."""

    def step(row: Hiding, given: Mapping[str, Any]) -> object:
        return actions.decide_appeal(by=request.member, hiding=row, **given)

    return step_on(request, "hiding", hiding, DecisionForm(request.POST), step, page=_hiding_page)
