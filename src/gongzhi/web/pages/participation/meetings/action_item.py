"""Something that was agreed: until when, how far it got, what changed by it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.cycle.models import GoalVersion, Reading
from gongzhi.desk.things import readable
from gongzhi.forum.actions import action_items as actions
from gongzhi.forum.models import ActionItem
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.meetings.meeting import CLAUSES
from gongzhi.web.pages.participation.meetings.seen import shown_actions, shown_reports
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

TEXT_MAX, FINDING_MAX, CHANGED_MAX = 2000, 500, 20
UNKNOWN = Said("没有找到改变的那一项，请从列表里选")


class ReportForm(KeyForm):
    """How far it got, and what changed by it."""

    text = forms.CharField(max_length=TEXT_MAX)
    changed = forms.CharField(max_length=100, required=False)
    is_done = forms.BooleanField(required=False)


class ClosingForm(KeyForm):
    """Whether it is done, and why."""

    outcome = forms.CharField(max_length=10)
    finding = forms.CharField(max_length=FINDING_MAX)


@require_safe
def action_item(request: MemberRequest, item: UUID) -> HttpResponse:
    """What is to be done, and how far it got."""
    return _page(request, readable_thing(request, "action_item", item))


def _page(
    request: MemberRequest, row: ActionItem, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    (shown_action,) = shown_actions([row])
    context: dict[str, Any] = {
        "item": row,
        "action": shown_action,
        "reports": shown_reports(row, member=request.member),
        "changes": _changes(request, row) if here["report_action_item"] else [],
        "deeds": here,
        "clauses": clauses_shown(CLAUSES),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
        "here": reverse("action-item", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/meetings/action_item.html", context, status=status)


def _changes(request: MemberRequest, row: ActionItem) -> list[tuple[str, str]]:
    """What may have changed by it: the newest goals and readings of the project."""
    if row.project is None:
        return []
    goals = GoalVersion.objects.visible_to(request.member).filter(project=row.project)
    readings = Reading.objects.visible_to(request.member).filter(project=row.project)
    found = [
        *goals.with_facts().order_by("-id")[:CHANGED_MAX],
        *readings.select_related("organisation").order_by("-id")[:CHANGED_MAX],
    ]
    return [(each.thing().name, str(each)) for each in found]


@require_POST
def report_action_item(request: MemberRequest, item: UUID) -> HttpResponse:
    """Say how far it got."""

    def report(row: ActionItem, given: Mapping[str, Any]) -> object:
        changed = given["changed"]
        if changed and changed not in readable(request.member, [changed]):
            raise Unsuitable({"changed": UNKNOWN})
        return actions.report_action_item(by=request.member, item=row, **given)

    return step_on(request, "action_item", item, ReportForm(request.POST), report, page=_page)


@require_POST
def close_action_item(request: MemberRequest, item: UUID) -> HttpResponse:
    """Find that it is done, or needn't be."""
    return step_on(
        request,
        "action_item",
        item,
        ClosingForm(request.POST),
        lambda row, given: actions.close_action_item(by=request.member, item=row, **given),
        page=_page,
    )
