"""The amendments: a list, and each with its differences, comments, opinions and deeds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import BadCharter
from gongzhi.parties.actions import amending as actions
from gongzhi.parties.actions.amending import OutOfDate, Overtaken
from gongzhi.parties.actions.charter import NotInOrder
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.charters import Amendment, AmendmentComment
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed, Organisation
from gongzhi.parties.proposals import proposal
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.charter.asking import wrong_in
from gongzhi.web.pages.charter.shown_changes import (
    policies_changed,
    rights_changed,
    texts_changed,
)
from gongzhi.web.pages.charter.stages import look_of, stages_of
from gongzhi.web.proofs import sealed
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import AMENDMENT_DEEDS, seals_on

ROWS = 20
Stage = Amendment.Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the list: an amendment, who proposed it, which clauses it is about."""

    amendment: Amendment
    kind: str
    organisation: str
    look: str
    clauses: tuple[str, ...]
    comments: int


class CommentForm(KeyForm):
    """What somebody has to say."""

    text = forms.CharField(max_length=2000)


class ReviewForm(KeyForm):
    """The legal office's opinion, with its document number."""

    revision = forms.IntegerField(min_value=1)
    passes = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    opinion = forms.CharField(max_length=5000)
    document_number = forms.CharField(max_length=100)


class IssueForm(KeyForm):
    """Issuing: by whom, under which document number, from when, and the answer to comments."""

    authority = forms.CharField(max_length=100)
    document_number = forms.CharField(max_length=100)
    in_force_from = forms.DateField()
    answer = forms.CharField(max_length=5000, required=False)


@require_safe
def amendments(request: MemberRequest) -> HttpResponse:
    """All of them, the newest first, by how far they got."""
    stages = {"": _("所有进度"), **{str(value): str(name) for value, name in Stage.choices}}
    filters = (filter_of(_("进度"), name="stage", values=stages, asked=request.GET),)
    stage = chosen_in(filters)["stage"]
    rows = Amendment.objects.visible_to(request.member).select_related("organisation")
    rows = rows.annotate(said=Count("comments")).prefetch_related("texts").order_by("-id")
    if stage:
        rows = rows.filter(stage=stage)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    newest = newest_version()
    context = {
        "filters": filters,
        "page": page,
        "seals": seals_on(page, verbs=AMENDMENT_DEEDS),
        "rows": [_listed(amendment) for amendment in page],
        "query": paged(request.GET, of="amendments"),
        "deeds": about(request, newest) if newest else about(request),
    }
    return render(request, "pages/charter/amendments.html", context)


@require_safe
def amendment(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """One amendment, whole."""
    return _page(request, _readable(request, amendment))


@require_POST
def comment_amendment(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """Say something to the revision now."""

    def do(on: Amendment, filled: Mapping[str, Any]) -> object:
        return actions.comment_amendment(
            by=request.member, amendment=on, text=filled["text"], key=filled["key"]
        )

    return _done(request, amendment, form=CommentForm, do=do, said=_("意见已发表。"))


@require_POST
def withdraw_amendment(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """Take the proposal back."""

    def do(on: Amendment, filled: Mapping[str, Any]) -> None:
        actions.withdraw_amendment(by=request.member, amendment=on, key=filled["key"])

    return _done(request, amendment, form=KeyForm, do=do, said=_("修改已撤回。"))


@require_POST
def review_amendment(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """Give the legal office's opinion on the revision that was read."""

    def do(on: Amendment, filled: Mapping[str, Any]) -> object:
        return actions.review_amendment(
            by=request.member,
            amendment=on,
            revision=filled["revision"],
            passes=filled["passes"] == "yes",
            opinion=filled["opinion"],
            document_number=filled["document_number"],
            key=filled["key"],
        )

    return _done(request, amendment, form=ReviewForm, do=do, said=_("审核意见已提交并公开。"))


@require_POST
def issue_amendment(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """Issue the new version of the rules."""

    def do(on: Amendment, filled: Mapping[str, Any]) -> object:
        return actions.issue_amendment(
            by=request.member,
            amendment=on,
            authority=filled["authority"],
            document_number=filled["document_number"],
            in_force_from=filled["in_force_from"],
            answer=filled["answer"],
            key=filled["key"],
        )

    said = _("已签发：新版本自写明的日期起生效，并写入存证。")
    return _done(request, amendment, form=IssueForm, do=do, said=said)


def _done(
    request: MemberRequest,
    identifier: UUID,
    *,
    form: type[KeyForm],
    do: Callable[[Amendment, Mapping[str, Any]], object],
    said: str,
) -> HttpResponse:
    found = _readable(request, identifier)
    filled = form(request.POST)
    if not filled.is_valid():
        return _page(request, found, problems=wrong_in(filled, labels=_labels()))
    try:
        do(found, filled.cleaned_data)
        messages.success(request, said, extra_tags="kept")
    except (NotInOrder, BadCharter) as fault:
        return _page(request, found, problems=fault.problems)
    except (Overtaken, OutOfDate):
        messages.info(request, _("您看的不是最新的一稿，没有办。请看过再办。"), extra_tags="watch")
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect("amendment", found.pk)


def _labels() -> Mapping[str, str]:
    return {
        "text": _("意见"),
        "passes": _("通过还是不通过"),
        "opinion": _("审核意见"),
        "document_number": _("文号"),
        "authority": _("签发机关"),
        "in_force_from": _("自何日起生效"),
        "answer": _("意见采纳情况和理由"),
    }


def _page(
    request: MemberRequest, found: Amendment, *, problems: Iterable[object] = ()
) -> HttpResponse:
    comments = AmendmentComment.objects.visible_to(request.member).filter(amendment=found)
    version = getattr(found, "version_made", None)
    context = {
        "amendment": found,
        "listed": _listed(found),
        "text": found.text(),
        "stages": stages_of(found, version=version),
        "comments": comments.select_related("organisation"),
        "reviews": found.reviews.select_related("organisation"),
        "version": version,
        "deeds": about(request, found),
        "sealed": sealed(_deeds(found)),
        "filled": request.POST,
        "problems": tuple(problems),
        "key": new_key(),
        **_changed(found),
    }
    status = 422 if problems else 200
    return render(request, "pages/charter/amendment.html", context, status=status)


def _changed(found: Amendment) -> Mapping[str, object]:
    """What it changes of the version it started from, or what stands against it now."""
    text = found.text()
    if found.stage == Stage.DRAFTING:
        return {}
    try:
        seen = proposal(found.base, text.proposed())
    except BadCharter as fault:
        return {"faults": fault.problems}
    return {
        "rights": rights_changed(seen.after, seen.rights),
        "texts": texts_changed(seen.before, seen.after),
        "policies": policies_changed(seen.before, seen.after),
    }


def _deeds(found: Amendment) -> list[Deed]:
    """What was done with it, from the proposal on."""
    on_it = Deed.objects.filter(on=found.thing().name)
    began = Deed.objects.filter(public__amendment=str(found.pk))
    return list((on_it | began).order_by("done_at").distinct())


def _listed(found: Amendment) -> Listed:
    organisation: Organisation | None = found.organisation
    numbers = found.texts.all()[0].changes.get("clauses", {}) or (found.gap or {}).get(
        "clauses", ()
    )
    return Listed(
        amendment=found,
        kind=organisation.kind if organisation else "citizen",
        organisation=organisation.name if organisation else "",
        look=look_of(found),
        clauses=tuple(numbers),
        comments=getattr(found, "said", 0),
    )


def _readable(request: MemberRequest, identifier: UUID) -> Amendment:
    found: Amendment = readable_thing(request, "amendment", identifier)
    return found
