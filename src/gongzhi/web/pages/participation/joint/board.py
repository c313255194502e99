"""The board of a joint project: who does what, what is needed, both sides of every gift."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.participating.joint import Agreement
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.forum.joint_figures import MONEY, both_sides_of, sums_by_party
from gongzhi.forum.joint_waiting import task_due
from gongzhi.forum.models import (
    JointProject,
    JointReconciliation,
    JointTask,
    VolunteerLog,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.activity import timeline
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key
from gongzhi.web.here import Here, about
from gongzhi.web.pages.participation.deed_forms import DeedForm, faults_sent
from gongzhi.web.pages.participation.joint.shown import (
    BESIDE,
    board_forms,
    report_form,
    shown_gifts,
    shown_needs,
)
from gongzhi.web.readable import readable_thing

DIFFERING = (Agreement.DIFFER, Agreement.ONE_SIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTask:
    """A task with its clock, and the form to report it."""

    row: JointTask
    clock: Clock | None
    form: DeedForm | None


@require_safe
def joint_project(request: MemberRequest, project: UUID) -> HttpResponse:
    """All of it on one page."""
    return board(request, readable_thing(request, "joint_project", project))


def board(
    request: MemberRequest, row: JointProject, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page, with the faults of what was sent."""
    member = request.member
    side = beside(member, row)
    here = about(request, row, *side.made_here)
    told_apart = {verb: field for verb, (_, field) in BESIDE.items()}
    gifts = shown_gifts(request, row, both_sides_of(row), here=here)
    context: dict[str, Any] = {
        "joint": row,
        "roles": row.roles.select_related("organisation"),
        "needs": shown_needs(request, row, here=here),
        "supplies": [each for each in gifts if each.gift.unit != MONEY],
        "money": [each for each in gifts if each.gift.unit == MONEY],
        "differing": sum(each.gift.both.agreement in DIFFERING for each in gifts),
        "sums": sums_by_party(row),
        "tasks": _tasks(request, row, here=here),
        "volunteers": _of(VolunteerLog, request, row).select_related("organisation"),
        "months": _of(JointReconciliation, request, row).select_related("organisation"),
        "timeline": timeline(member, row.thing()),
        "forms": board_forms(request, row, here=here),
        "clauses": clauses_shown({"5.20"}),
        "faults": faults_sent(request, faults, beside=told_apart),
        "key": new_key(),
        "beside": side,
        "here": reverse("joint-project", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/joint/board.html", context, status=status)


def _of(model: Any, request: MemberRequest, row: JointProject) -> Any:
    return model.objects.visible_to(request.member).filter(joint=row)


def _tasks(request: MemberRequest, row: JointProject, *, here: Here) -> list[ShownTask]:
    """The tasks, each with its clock while it waits."""
    today, calendar = business_date(), load_calendar()
    rows = _of(JointTask, request, row).select_related("organisation", "set_by", "joint__lead")
    return [
        ShownTask(
            row=each,
            clock=clock_of(task_due(each), today=today, calendar=calendar)
            if each.stage == JointTask.Stage.OPEN
            else None,
            form=report_form(request, row, each, here=here),
        )
        for each in rows.order_by("-stage", "due_on")
    ]
