"""The deeds of a joint project, each an address."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.forum.actions import joint as actions
from gongzhi.forum.actions import joint_gifts as gifts
from gongzhi.forum.models import JointProject
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.pages.participation.deed_forms import sent_form
from gongzhi.web.pages.participation.joint.board import board
from gongzhi.web.pages.participation.joint.shown import BESIDE, FORMS
from gongzhi.web.stepping import step_on

Deed = Callable[[JointProject, Mapping[str, Any]], object]


def _step(request: MemberRequest, project: UUID, deed: Deed) -> HttpResponse:
    verb = sent_form(request)
    form = BESIDE[verb][0] if verb in BESIDE else FORMS[verb]
    return step_on(request, "joint_project", project, form(request.POST), deed, page=board)


def _plain(request: MemberRequest, project: UUID, action: Callable[..., object]) -> HttpResponse:
    """A deed that takes what its form carries, field by field."""
    return _step(request, project, lambda row, given: action(by=request.member, joint=row, **given))


def _whole(
    request: MemberRequest,
    project: UUID,
    action: Callable[..., object],
    *,
    value: Callable[..., object],
    name: str,
) -> HttpResponse:
    """A deed that takes all that its form carries as one value."""

    def deed(row: JointProject, given: Mapping[str, Any]) -> object:
        fields = {field: each for field, each in given.items() if field != "key"}
        whole = {name: value(**fields), "key": given["key"]}
        return action(by=request.member, joint=row, **whole)

    return _step(request, project, deed)


@require_POST
def join_joint_project(request: MemberRequest, project: UUID) -> HttpResponse:
    """Take part."""
    return _plain(request, project, actions.join_joint_project)


@require_POST
def leave_joint_project(request: MemberRequest, project: UUID) -> HttpResponse:
    """Take part no longer."""
    return _plain(request, project, actions.leave_joint_project)


@require_POST
def state_need(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say what is needed."""
    return _whole(request, project, actions.state_need, value=actions.Needed, name="needed")


@require_POST
def offer_supply(request: MemberRequest, project: UUID) -> HttpResponse:
    """Offer what is needed."""
    return _plain(request, project, actions.offer_supply)


@require_POST
def accept_offer(request: MemberRequest, project: UUID) -> HttpResponse:
    """Accept an offer."""
    return _plain(request, project, actions.accept_offer)


@require_POST
def confirm_delivery(request: MemberRequest, project: UUID) -> HttpResponse:
    """State one's own side of a delivery."""
    return _plain(request, project, gifts.confirm_delivery)


@require_POST
def pledge_contribution(request: MemberRequest, project: UUID) -> HttpResponse:
    """Pledge money."""
    return _whole(request, project, gifts.pledge_contribution, value=gifts.Pledged, name="pledged")


@require_POST
def confirm_contribution(request: MemberRequest, project: UUID) -> HttpResponse:
    """State one's own side of money."""
    return _plain(request, project, gifts.confirm_contribution)


@require_POST
def set_joint_task(request: MemberRequest, project: UUID) -> HttpResponse:
    """Give one of the parties something to do."""
    return _plain(request, project, actions.set_joint_task)


@require_POST
def report_joint_task(request: MemberRequest, project: UUID) -> HttpResponse:
    """Report a task as done."""
    return _plain(request, project, actions.report_joint_task)


@require_POST
def log_volunteers(request: MemberRequest, project: UUID) -> HttpResponse:
    """Count the volunteers of a day."""
    return _whole(request, project, actions.log_volunteers, value=actions.Worked, name="worked")


@require_POST
def reconcile_joint_month(request: MemberRequest, project: UUID) -> HttpResponse:
    """Close a month."""
    return _plain(request, project, gifts.reconcile_joint_month)
