"""Attachments: those beside a thing, one of them, its file, and the deeds with it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import VISITOR, Member, Thing
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.desk.actions import attachments as actions
from gongzhi.desk.models import Attachment, Export
from gongzhi.desk.openings import note_opening
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.pictures import media_type
from gongzhi.intake.screening import screened
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import DOCX, PDF, XLSX
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.frame import reader_language
from gongzhi.web.here import NEW, about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.places import place_of, places
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on
from gongzhi.words import say

TEXT_MAX = 500
CONTENT_TYPES = {Kind.DOCX: DOCX, Kind.XLSX: XLSX, Kind.PDF: PDF}
UNNAMED_TYPE = "application/octet-stream"  # whatever a browser might run it as, it doesn't


class AttachForm(KeyForm):
    """A file and its class."""

    label = forms.ChoiceField(choices=Attachment.Label.choices)


class WithdrawForm(KeyForm):
    """Taking an attachment back: why."""

    reason = forms.CharField(max_length=TEXT_MAX)


@require_safe
def attachments(request: MemberRequest, kind: str, thing: UUID) -> HttpResponse:
    """The attachments of a thing that its reader may read, and a form to add one."""
    return _list(request, readable_thing(request, kind, thing))


def _list(request: MemberRequest, row: Any, *, problem: Problem | None = None) -> HttpResponse:
    thing = row.thing()
    own = Attachment.objects.visible_to(request.member, beside=thing.name).with_facts()
    package = _package_for(request.member) if own else None
    here = about(request, row, *([package] if package else []))
    context = {
        "place": place_of(row),
        "thing": thing,
        "attachments": own,
        "seals": seals_on(own),
        "labels": Attachment.Label.choices,
        "limits": ALLOWED,
        "attach": here["attach_file"],
        "export": here["order_export"],
        "key": new_key(),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "pages/attachments.html", context, status=status)


def _package_for(member: Member) -> Thing | None:
    """The package of attachments that the reader could ask for; None for who isn't signed in."""
    if member.person is None:
        return None
    return Thing(kind="export", id=NEW, holder=member.person, stage=Export.Stage.ORDERED)


@require_POST
def attach_file(request: MemberRequest, kind: str, thing: UUID) -> HttpResponse:
    """Screen a file and keep it beside a thing; what was refused leaves nothing."""
    row = readable_thing(request, kind, thing)
    given, filled = request.FILES.get("file"), AttachForm(request.POST)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="attach", times_a_minute=times):
        return refusals.too_often(request)
    if given is None or not filled.is_valid():
        messages.warning(request, _("请选文件，并选它的类别。"), extra_tags="watch")
        return redirect("attachments", kind, thing)
    file = screened(given.name or "?", given.read())
    if isinstance(file, Problem):
        return _list(request, row, problem=file)
    given_form = filled.cleaned_data
    try:
        kept = actions.attach_file(
            by=request.member, to=row, file=file, label=given_form["label"], key=given_form["key"]
        )
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("attachments", kind, thing)
    messages.success(request, _("附件已保存，并写入存证。"), extra_tags="kept")
    for note in file.notes:
        told: SaidValues = {"file": file.name, "what": note.what, "hint": note.hint}
        said = say(Said("{file}：{what}；{hint}", told), reader_language())
        messages.warning(request, said, extra_tags="watch")
    return redirect("attachment", kept.pk)


@require_safe
def attachment(request: MemberRequest, attachment: UUID) -> HttpResponse:
    """One attachment: its class, its hash, what it is beside, and its file."""
    return _one(request, _readable(request, attachment))


def _one(request: MemberRequest, row: Attachment, *, missing: bool = False) -> HttpResponse:
    context = {
        "attachment": row,
        "seals": seals_on([row]),
        "digest": row.content_id,
        "place": places(request.member, [row.about]).get(row.about),
        "withdraw": about(request, row)["withdraw_attachment"],
        "key": new_key(),
        "missing": missing,
    }
    return render(request, "pages/attachment.html", context, status=422 if missing else 200)


@require_safe
def download(request: MemberRequest, attachment: UUID) -> HttpResponse:
    """The file itself: to be saved, never to be shown or run inside the site."""
    row = _readable(request, attachment)
    note_opening(by=request.member, thing=row.thing())
    kind, content = Kind(row.file.kind), bytes(row.file.content)
    photo = media_type(content) if kind is Kind.PICTURE else None
    content_type = photo or CONTENT_TYPES.get(kind, UNNAMED_TYPE)
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name, safe='')}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    is_public = Attachment.objects.visible_to(VISITOR).filter(pk=row.pk).exists()
    answer["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    return answer


@require_POST
def withdraw_attachment(request: MemberRequest, attachment: UUID) -> HttpResponse:
    """Take an attachment back."""
    row = _readable(request, attachment)
    filled = WithdrawForm(request.POST)
    if not filled.is_valid():
        return _one(request, row, missing=True)
    given = filled.cleaned_data
    try:
        actions.withdraw_attachment(
            by=request.member, attachment=row, reason=given["reason"], key=given["key"]
        )
        messages.success(request, _("附件已撤回，存证里的凭据还在。"), extra_tags="kept")
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect(reverse("attachment", args=[row.pk]))


def _readable(request: MemberRequest, identifier: UUID) -> Attachment:
    found: Attachment | None = (
        Attachment.objects.visible_to(request.member).with_facts().filter(pk=identifier).first()
    )
    if found is None:
        raise Http404
    return found
