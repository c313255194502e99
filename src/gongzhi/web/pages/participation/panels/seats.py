"""What people of a panel and whoever answers them do, each an address."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.forum.actions import panel_seats as actions
from gongzhi.forum.models import Panel, PanelOpinion
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import KeyForm, take
from gongzhi.web.pages.participation.panels.panel import panel_page
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

TEXT_MAX, CHANGED_MAX = 2000, 1000


class OpinionForm(KeyForm):
    """An opinion."""

    text = forms.CharField(max_length=TEXT_MAX)


class AnsweringForm(KeyForm):
    """What became of an opinion."""

    outcome = forms.ChoiceField(choices=PanelOpinion.Outcome.choices)
    reason = forms.CharField(max_length=TEXT_MAX)
    changed = forms.CharField(max_length=CHANGED_MAX, required=False)


@require_POST
def volunteer_for_panel(request: MemberRequest, panel: UUID) -> HttpResponse:
    """Volunteer; what one states stands in fields by the number of the feature."""

    def step(row: Panel, given: Mapping[str, Any]) -> object:
        features = {
            feature: request.POST.get(f"feature-{at}", "")
            for at, feature in enumerate(row.sought().features)
        }
        return actions.volunteer_for_panel(
            by=request.member, panel=row, features=features, key=given["key"]
        )

    return step_on(request, "panel", panel, KeyForm(request.POST), step, page=panel_page)


@require_POST
def withdraw_volunteering(request: MemberRequest, volunteer: UUID) -> HttpResponse:
    """Leave the pool."""
    return _seat(request, volunteer, actions.withdraw_volunteering, KeyForm(request.POST))


@require_POST
def accept_panel_seat(request: MemberRequest, volunteer: UUID) -> HttpResponse:
    """Take the seat."""
    return _seat(request, volunteer, actions.accept_panel_seat, KeyForm(request.POST))


@require_POST
def decline_panel_seat(request: MemberRequest, volunteer: UUID) -> HttpResponse:
    """Give the seat back."""
    return _seat(request, volunteer, actions.decline_panel_seat, KeyForm(request.POST))


@require_POST
def release_panel_seat(request: MemberRequest, volunteer: UUID) -> HttpResponse:
    """Pass a seat on."""
    return _seat(request, volunteer, actions.release_panel_seat, KeyForm(request.POST))


@require_POST
def submit_panel_opinion(request: MemberRequest, volunteer: UUID) -> HttpResponse:
    """Give an opinion."""
    return _seat(request, volunteer, actions.submit_panel_opinion, OpinionForm(request.POST))


@require_POST
def answer_panel_opinion(request: MemberRequest, opinion: UUID) -> HttpResponse:
    """Answer an opinion."""
    row = readable_thing(request, "panel_opinion", opinion)
    return _on_panel(
        request,
        row.panel,
        AnsweringForm(request.POST),
        lambda given: actions.answer_panel_opinion(by=request.member, opinion=row, **given),
    )


def _seat(
    request: MemberRequest, identifier: UUID, deed: Callable[..., object], filled: forms.Form
) -> HttpResponse:
    row = readable_thing(request, "panel_volunteer", identifier)
    return _on_panel(
        request,
        row.panel,
        filled,
        lambda given: deed(by=request.member, volunteer=row, **given),
    )


def _on_panel(
    request: MemberRequest,
    panel: Panel,
    filled: forms.Form,
    deed: Callable[[Mapping[str, Any]], object],
) -> HttpResponse:
    """Do a deed with something of a panel and go back to the panel."""
    return take(
        request,
        filled,
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: panel_page(request, panel, faults=faults),
        then=reverse("panel", args=[panel.pk]),
    )
