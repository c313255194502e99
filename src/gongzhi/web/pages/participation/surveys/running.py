"""Running a survey: opening it, inviting a sample, closing it, publishing what came of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongzhi.core.charter import Member
from gongzhi.forum.actions import survey_invitations, survey_results
from gongzhi.forum.actions import surveys as actions
from gongzhi.forum.models import Survey
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import KeyForm
from gongzhi.web.pages.participation.surveys.survey import survey_page
from gongzhi.web.stepping import step_on

PEOPLE_MAX = 100_000_000
ADDRESSES_MAX = 60_000


class ClosingForm(KeyForm):
    """How many were asked in the end."""

    asked = forms.IntegerField(min_value=1, max_value=PEOPLE_MAX, required=False)


class InvitingForm(KeyForm):
    """Telephone numbers and e-mail addresses, one a line."""

    addresses = forms.CharField(max_length=ADDRESSES_MAX)


def _take(
    request: MemberRequest, identifier: UUID, deed: Any, *, form: type[forms.Form] = KeyForm
) -> HttpResponse:
    def step(row: Survey, given: Mapping[str, Any]) -> object:
        return deed(by=request.member, survey=row, **given)

    return step_on(request, "survey", identifier, form(request.POST), step, page=survey_page)


@require_POST
def open_survey(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Let people answer."""
    return _take(request, survey, actions.open_survey)


@require_POST
def close_survey(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Take no more answers."""
    return _take(request, survey, actions.close_survey, form=ClosingForm)


@require_POST
def publish_survey_result(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Publish what came of it."""
    return _take(request, survey, survey_results.publish_survey_result)


@require_POST
def invite_respondents(request: MemberRequest, survey: UUID) -> HttpResponse:
    """Send each of these a link of their own."""

    def invite(*, by: Member, survey: Survey, addresses: str, key: str) -> object:  # noqa: ARG001
        lines = [line for each in addresses.splitlines() if (line := each.strip())]
        return survey_invitations.invite_respondents(
            by=request.member,
            survey=survey,
            addresses=lines,
            link=link_to(request, survey),
            key=key,
        )

    return _take(request, survey, invite, form=InvitingForm)


def link_to(request: HttpRequest, survey: Survey) -> Any:
    """What makes an address of a token."""
    address = request.build_absolute_uri(reverse("answering-survey", args=[survey.pk]))
    return lambda token: f"{address}?{urlencode({'link': token})}"
