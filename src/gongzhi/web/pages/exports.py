"""Attachments, or many papers, as one file: asking for it, how far it is, taking it away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.desk.actions import exports as actions
from gongzhi.desk.models import Attachment, Export
from gongzhi.desk.openings import note_openings
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import as_file
from gongzhi.web.official_files import ENDINGS, YEAR
from gongzhi.web.places import places
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

KEY_MAX, REFRESH_S = 100, 3
ATTACHMENTS = Export.What.ATTACHMENTS


@require_POST
@login_required
def order_export(request: MemberRequest, kind: str, thing: UUID) -> HttpResponse:
    """Ask for the package; a job makes it."""
    row = readable_thing(request, kind, thing)
    what, wanted = _wanted(request)
    key = request.POST.get("key", "")[:KEY_MAX] or None
    try:
        ordered = actions.order_export(
            by=request.member, about=row.thing(), what=what, wanted=wanted, key=key
        )
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        back = ("attachments", kind, thing) if what == ATTACHMENTS else ("notices",)
        return redirect(*back)
    messages.success(request, _("正在制作，做好了会通知您。"), extra_tags="kept")
    return redirect("export", ordered.pk)


@require_safe
@login_required
def export(request: MemberRequest, export: UUID) -> HttpResponse:
    """Whether the package is ready."""
    row = _own(request, export)
    context = {
        "export": row,
        "seals": seals_on([row]),
        "place": places(request.member, [row.about]).get(row.about),
        "alive": _is_alive(request, row),
        "papers": row.what != ATTACHMENTS,
        "share": row.done * 100 // row.total if row.total else 0,
    }
    answer = render(request, "pages/export.html", context)
    if row.stage == Export.Stage.ORDERED:
        answer["Refresh"] = str(REFRESH_S)
    return answer


@require_safe
@login_required
def download(request: MemberRequest, export: UUID) -> HttpResponse:
    """The package itself, for who asked, while it lives and all in it is theirs to read."""
    row = _own(request, export)
    if not _is_alive(request, row):
        raise Http404
    packed = Attachment.objects.visible_to(request.member).filter(pk__in=row.attachments)
    note_openings(by=request.member, things=[each.thing() for each in packed.with_facts()])
    assert row.content is not None, "a constraint sees to it"
    content = bytes(row.content.content)
    answer = as_file(content, name=f"gongzhi-{row.pk}.zip", content_type="application/zip")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _wanted(request: MemberRequest) -> tuple[str, dict[str, object]]:
    """What is asked for: attachments, or which papers of which year in which kind of file."""
    what = request.POST.get("what") or ATTACHMENTS
    if what == ATTACHMENTS:
        return what, {}
    year, ending = request.POST.get("year", ""), request.POST.get("ending") or "docx"
    if what not in Export.What.values or ending not in ENDINGS or not YEAR.fullmatch(year):
        raise BadRequest("what")
    return what, {"year": int(year), "ending": ending}


def _own(request: MemberRequest, identifier: UUID) -> Export:
    found: Export | None = (
        Export.objects.visible_to(request.member).select_related("content").filter(pk=identifier)
    ).first()
    if found is None:
        raise Http404
    return found


def _is_alive(request: MemberRequest, row: Export) -> bool:
    """Whether it may still be taken away: made, in time, and all of it readable as of now."""
    if row.stage != Export.Stage.MADE or row.expires_at <= timezone.now():
        return False
    if row.what != ATTACHMENTS:
        return row.office_id is None or actions.requester_of(row).office == str(row.office_id)
    shown = actions.packed_for(request.member, about=row.about)
    return shown.filter(pk__in=row.attachments).count() == len(row.attachments)
