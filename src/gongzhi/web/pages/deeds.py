"""What a unit does with its forms: each view fills one action; the charter decides inside it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.core.privacy import redacted_form
from gongzhi.core.terms import Said
from gongzhi.cycle import actions
from gongzhi.cycle.models import Answer, DerivedFinding, FormVersion
from gongzhi.papers.record import form_from_record
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import KeyForm
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.project import address_of, project_page
from gongzhi.web.readable import readable_version
from gongzhi.words import say

TEXT_MAX = 2000


class ReviewForm(KeyForm):
    """Publishing: what the examination before disclosure found."""

    review = forms.CharField(max_length=TEXT_MAX)


class CorrectionForm(ReviewForm):
    """Publishing a correction: also why."""

    reason = forms.CharField(max_length=TEXT_MAX)


class FindingForm(KeyForm):
    """Which finding an answer is about."""

    code = forms.CharField(max_length=10)
    indicator = forms.IntegerField(required=False, min_value=0, max_value=1000)


class ExplanationForm(FindingForm):
    """Explaining a finding: the reason in words."""

    text = forms.CharField(max_length=TEXT_MAX)


class AcceptanceForm(FindingForm):
    """Accepting a finding: a word if there is one."""

    text = forms.CharField(max_length=TEXT_MAX, required=False)


CHANGED_SINCE = Said("事实在起草以后有了变化，请在“按事实填写自评表”里重新起草。")
Do = Callable[[FormVersion, dict[str, Any]], object]


def _deed(
    request: MemberRequest, identifier: UUID, *, form: type[KeyForm], do: Do, done: str
) -> HttpResponse:
    version = readable_version(request, identifier)
    filled = form(request.POST)
    if not filled.is_valid():
        return project_page(request, version.project, chosen=version, missing=True)
    shown = version
    try:
        outcome = do(version, filled.cleaned_data)
        if isinstance(outcome, FormVersion):
            shown = outcome
        messages.success(request, done, extra_tags="kept")
    except DerivedFinding.DoesNotExist as absent:
        raise Http404 from absent
    except Unsuitable as unsuitable:
        told = unsuitable.faults.get("explained", CHANGED_SINCE)
        messages.warning(request, say(told, reader_language()), extra_tags="watch")
    except (AlreadyDone, IntegrityError):  # the same form twice, or an answer given meanwhile
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect(address_of(version.project, shown))


@require_POST
def publish_form(request: MemberRequest, version: UUID) -> HttpResponse:
    """Publish a first version."""

    def do(draft: FormVersion, filled: dict[str, Any]) -> object:
        return actions.publish_form(
            by=request.member, version=draft, review=filled["review"], key=filled["key"]
        )

    return _deed(request, version, form=ReviewForm, do=do, done=_("已公开，并写入存证。"))


@require_POST
def correct_form(request: MemberRequest, version: UUID) -> HttpResponse:
    """Publish a correction."""

    def do(draft: FormVersion, filled: dict[str, Any]) -> object:
        return actions.correct_form(
            by=request.member,
            version=draft,
            review=filled["review"],
            reason=filled["reason"],
            key=filled["key"],
        )

    return _deed(request, version, form=CorrectionForm, do=do, done=_("更正已公开，并写入存证。"))


@require_POST
def withdraw_draft(request: MemberRequest, version: UUID) -> HttpResponse:
    """Give a draft up."""

    def do(draft: FormVersion, filled: dict[str, Any]) -> None:
        actions.withdraw_draft(by=request.member, version=draft, key=filled["key"])

    return _deed(request, version, form=KeyForm, do=do, done=_("草稿已撤回。"))


@require_POST
def redact_draft(request: MemberRequest, version: UUID) -> HttpResponse:
    """Draft a form anew, its personal data masked."""

    def do(draft: FormVersion, filled: dict[str, Any]) -> object:
        return actions.draft_form(
            by=request.member,
            project=draft.project,
            form=redacted_form(form_from_record(draft.record)),
            fiscal_year=draft.fiscal_year,
            pack=draft.pack,
            source_digest=draft.source_digest,
            reasons={each["field"]: each["reason"] for each in draft.explained},
            key=filled["key"],
        )

    told = _("已遮盖个人信息，另存为草稿；原来的草稿已撤回。")
    return _deed(request, version, form=KeyForm, do=do, done=told)


@require_POST
def explain_finding(request: MemberRequest, version: UUID) -> HttpResponse:
    """Say why a finding has a good reason."""
    do = _answering(request, actions.explain_finding)
    return _deed(request, version, form=ExplanationForm, do=do, done=_("说明已公开。"))


@require_POST
def accept_finding(request: MemberRequest, version: UUID) -> HttpResponse:
    """Say that a finding is right."""
    do = _answering(request, actions.accept_finding)
    return _deed(request, version, form=AcceptanceForm, do=do, done=_("已认可，请更正后再公开。"))


def _answering(request: MemberRequest, answer: Callable[..., Answer]) -> Do:
    """The deed of answering a finding, one way or the other."""

    def do(published: FormVersion, filled: dict[str, Any]) -> object:
        return answer(
            by=request.member,
            version=published,
            code=filled["code"],
            indicator=filled["indicator"],
            text=filled["text"],
            key=filled["key"],
        )

    return do
