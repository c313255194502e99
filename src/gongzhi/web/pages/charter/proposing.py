"""Proposing an amendment and revising it: choose clauses, edit, see what it changes, submit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.charter import BadCharter, Charter
from gongzhi.core.charter.amending import Changes
from gongzhi.core.terms import Problem
from gongzhi.parties.actions import amending as actions
from gongzhi.parties.actions.amending import OutOfDate, Overtaken
from gongzhi.parties.actions.charter import NotInOrder
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import whole_text
from gongzhi.parties.charters import Amendment, AmendmentText, CharterVersion
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.proposals import proposal
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.here import about
from gongzhi.web.pages.charter.asking import Wrong, wrong_in
from gongzhi.web.pages.charter.draft_choices import clauses_to_choose, grant_choices
from gongzhi.web.pages.charter.draft_forms import draft_of, draft_submitted
from gongzhi.web.pages.charter.drafts import Draft, DraftGrant, changes_of, draft_about
from gongzhi.web.pages.charter.shown_changes import rights_changed, texts_changed
from gongzhi.web.readable import readable_thing

TITLE_MAX, REASON_MAX = 200, 5000
PROPOSAL = "amendment"


class ProposalForm(KeyForm):
    """What goes with every draft: its title and its reason."""

    title = forms.CharField(max_length=TITLE_MAX)
    reason = forms.CharField(max_length=REASON_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A draft on a version of the rules, and the revision that it started from, if any."""

    draft: Draft
    version: CharterVersion
    amendment: Amendment | None = None
    revision: int = 0

    @property
    def base(self) -> Charter:
        """The text that it changes, all its parts on."""
        return whole_text(self.version.digest)


@require_http_methods(["GET", "HEAD", "POST"])
def proposing(request: MemberRequest) -> HttpResponse:
    """Choose clauses, then edit them; a POST shows what the draft would change."""
    version = _newest()
    base = whole_text(version.digest)
    if request.method == "POST":
        return _preview(request, Sheet(draft=draft_submitted(request.POST, base), version=version))
    draft = draft_about(base, tuple(request.GET.getlist("clause")))
    if draft.clauses:
        return _page(request, Sheet(draft=draft, version=version))
    about(request, version)
    context = {"parts": clauses_to_choose(base), "none_chosen": "chosen" in request.GET}
    return render(request, "pages/charter/choose.html", context)


@require_POST
def propose_amendment(request: MemberRequest, version: UUID) -> HttpResponse:
    """Put the draft before everybody."""
    found = _version(request, version)
    draft = draft_submitted(request.POST, whole_text(found.digest))
    sheet = Sheet(draft=draft, version=found)
    form, changes, problems = _written(request, sheet)
    if problems:
        return _page(request, sheet, problems=problems)
    try:
        amendment = actions.propose_amendment(
            by=request.member,
            base=found,
            title=form["title"],
            changes=changes,
            reason=form["reason"],
            key=form["key"],
        )
    except (BadCharter, NotInOrder) as fault:
        return _page(request, sheet, problems=fault.problems)
    except OutOfDate:
        return _page(request, sheet, problems=_out_of_date())
    except AlreadyDone as done:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("amendment", done.deed.public[PROPOSAL])
    messages.success(request, _("修改已提出，开始征求意见，并写入存证。"), extra_tags="kept")
    return redirect("amendment", amendment.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def revising(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """Edit a proposal anew; a POST shows what the draft would change."""
    found = _readable(request, amendment)
    if request.method == "POST":
        return _preview(request, _revised(request, found))
    version = _newest()
    draft = _begun(found, whole_text(version.digest))
    return _page(
        request,
        Sheet(draft=draft, version=version, amendment=found, revision=found.revision),
    )


@require_POST
def revise_amendment(request: MemberRequest, amendment: UUID) -> HttpResponse:
    """Put a new revision before everybody; one that was overtaken shows both."""
    found = _readable(request, amendment)
    sheet = _revised(request, found)
    form, changes, problems = _written(request, sheet)
    if problems:
        return _page(request, sheet, problems=problems)
    try:
        actions.revise_amendment(
            by=request.member,
            amendment=found,
            revision=sheet.revision,
            changes=changes,
            reason=form["reason"],
            key=form["key"],
        )
    except (BadCharter, NotInOrder) as fault:
        return _page(request, sheet, problems=fault.problems)
    except OutOfDate:
        return _page(request, sheet, problems=_out_of_date())
    except Overtaken as other:
        return _conflict(request, sheet, now=other.now)
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    else:
        messages.success(request, _("新的一稿已提出，重新征求意见。"), extra_tags="kept")
    return redirect("amendment", found.pk)


def _readable(request: MemberRequest, identifier: UUID) -> Amendment:
    found: Amendment = readable_thing(request, PROPOSAL, identifier)
    return found


def _version(request: MemberRequest, identifier: UUID) -> CharterVersion:
    found: CharterVersion = readable_thing(request, "charter_version", identifier)
    return found


def _newest() -> CharterVersion:
    version = newest_version()
    if version is None:  # a new installation, before its first minute is over
        raise Http404
    return version


def _begun(amendment: Amendment, base: Charter) -> Draft:
    """What a revision starts from: the text now; before there is one, the gap's clauses."""
    text = amendment.text()
    draft = draft_of(text.proposed(), base, title=amendment.title, reason=text.reason)
    if draft.clauses:
        return draft
    begun = draft_about(base, tuple((amendment.gap or {}).get("clauses", ())))
    return replace(begun, title=amendment.title, reason=text.reason)


def _revised(request: MemberRequest, amendment: Amendment) -> Sheet:
    """The draft submitted for a revision; it is written against the newest version."""
    version, revision = _newest(), request.POST.get("revision", "")
    return Sheet(
        draft=draft_submitted(request.POST, whole_text(version.digest)),
        version=version,
        amendment=amendment,
        revision=int(revision) if revision.isdecimal() else 0,
    )


def _written(
    request: MemberRequest, sheet: Sheet
) -> tuple[dict[str, str], Changes, tuple[Wrong | Problem, ...]]:
    form = ProposalForm({**request.POST.dict(), "title": _title(request, sheet)})
    wrong = wrong_in(form, labels={"title": _("题目"), "reason": _("理由")})
    written = changes_of(sheet.draft, sheet.base, today=business_date())
    return form.cleaned_data, written.changes, (*wrong, *written.problems)


def _title(request: MemberRequest, sheet: Sheet) -> str:
    return sheet.amendment.title if sheet.amendment else request.POST.get("title", "")


def _preview(request: MemberRequest, sheet: Sheet) -> HttpResponse:
    """The sheet with what the draft would change, or what stands against it."""
    written = changes_of(sheet.draft, sheet.base, today=business_date())
    if written.problems:
        return _page(request, sheet, problems=written.problems)
    try:
        found = proposal(sheet.version, written.changes)
    except (BadCharter, NotInOrder) as fault:
        return _page(request, sheet, problems=fault.problems)
    return _page(
        request,
        sheet,
        seen={
            "rights": rights_changed(found.after, found.rights),
            "texts": texts_changed(found.before, found.after),
        },
    )


def _page(
    request: MemberRequest,
    sheet: Sheet,
    *,
    problems: Sequence[Wrong | Problem] = (),
    seen: object = None,
) -> HttpResponse:
    draft = sheet.draft
    context = {
        "draft": draft,
        "grants": (*draft.grants, DraftGrant()),
        "choices": grant_choices(sheet.base, draft),
        "amendment": sheet.amendment,
        "revision": sheet.revision,
        "version": sheet.version,
        "deeds": about(request, sheet.amendment or sheet.version),
        "problems": problems,
        "seen": seen,
        "key": request.POST.get("key") or new_key(),
    }
    status = 422 if problems else 200
    return render(request, "pages/charter/propose.html", context, status=status)


def _conflict(request: MemberRequest, sheet: Sheet, *, now: AmendmentText) -> HttpResponse:
    """Somebody else revised it meanwhile: both versions, and nothing lost."""
    mine = changes_of(sheet.draft, sheet.base, today=business_date()).changes
    theirs = proposal(sheet.version, now.proposed()).after
    context = {
        "draft": sheet.draft,
        "amendment": sheet.amendment,
        "now": now,
        "texts": texts_changed(theirs, proposal(sheet.version, mine).after),
        "deeds": about(request, sheet.amendment or sheet.version),
        "key": new_key(),
    }
    return render(request, "pages/charter/conflict.html", context, status=409)


def _out_of_date() -> tuple[Wrong, ...]:
    what = _("规则在您修改的时候出了新版本。")
    return (Wrong(field="clauses", what=what, hint=_("看过新版本，再从它改起。")),)
