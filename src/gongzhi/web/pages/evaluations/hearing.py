"""How the evaluated is heard, as deeds: sent, objected to, acknowledged, answered, concluded."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.core.terms import Points
from gongzhi.cycle.actions import hearing as actions
from gongzhi.cycle.models import Evaluation, Objection
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import ExplainedForm, KeyForm
from gongzhi.web.pages.evaluations.evaluation import NOT_A_NUMBER, TEXT_MAX, points_in, take_step

EVIDENCE_MAX = 1000


class ObjectionForm(KeyForm):
    """What is said against a line, or the whole."""

    line = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=TEXT_MAX)
    evidence = forms.CharField(max_length=EVIDENCE_MAX, required=False)


class AnswerForm(KeyForm):
    """The answer to an objection."""

    objection = forms.UUIDField()
    outcome = forms.ChoiceField(choices=Objection.Outcome.choices)
    reason = forms.CharField(max_length=2000)
    points = forms.CharField(max_length=12, required=False)


@require_POST
def send_evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Send it to whom it is about."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.send_evaluation(by=request.member, evaluation=row, key=given["key"])

    return take_step(request, evaluation, deed, form=KeyForm)


@require_POST
def object_to_evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Object to it."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.object_to_evaluation(by=request.member, evaluation=row, **given)

    return take_step(request, evaluation, deed, form=ObjectionForm)


@require_POST
def acknowledge_evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Accept what it says."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.acknowledge_evaluation(by=request.member, evaluation=row, **given)

    return take_step(request, evaluation, deed, form=ExplainedForm)


@require_POST
def answer_objection(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Answer an objection."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.answer_objection(
            by=request.member,
            evaluation=row,
            objection=given["objection"],
            outcome=given["outcome"],
            reason=given["reason"],
            points=_points(given["points"]),
            key=given["key"],
        )

    return take_step(request, evaluation, deed, form=AnswerForm)


@require_POST
def conclude_evaluation(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Conclude on it."""

    def deed(row: Evaluation, given: Mapping[str, Any]) -> object:
        return actions.conclude_evaluation(
            by=request.member, evaluation=row, conclusion=given["reason"], key=given["key"]
        )

    return take_step(request, evaluation, deed, form=ExplainedForm)


def _points(text: str) -> Points | None:
    points = points_in(text)
    if points is ...:
        raise Unsuitable({"points": NOT_A_NUMBER})
    return points if isinstance(points, Decimal) else None
