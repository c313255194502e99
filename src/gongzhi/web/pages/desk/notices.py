"""Notices: what I was told, put away as read; and what I follow."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.desk.actions import digests
from gongzhi.desk.actions import notices as actions
from gongzhi.desk.models import Digest, Follow, Notice
from gongzhi.desk.models.digests import How
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import new_key
from gongzhi.web.frame import reader_language
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.display import own_address
from gongzhi.web.places import Place, place_of, places
from gongzhi.web.readable import readable_thing

ROWS = 30
KEY_MAX = 100
ADMINISTERING = "organisation_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice with where it leads, if its reader may still read that."""

    notice: Notice
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Something that the reader follows, with where it is."""

    follow: Follow
    place: Place | None


@require_safe
@login_required
def notices(request: MemberRequest) -> HttpResponse:
    """My notices, the newest first, and what I follow."""
    own = Notice.objects.visible_to(request.member)
    page = Paginator(own, ROWS).get_page(request.GET.get("page"))
    follows = list(Follow.objects.visible_to(request.member))
    named = places(request.member, [each.about for each in (*page, *follows)])
    newest, digest = own.unread().first(), Digest.objects.visible_to(request.member).first()
    wished = Thing(kind="digest", id=NEW, holder=request.member.person)
    about(request, *([newest] if newest else []), digest or wished)
    context = {
        "page": page,
        "rows": [Told(notice=each, place=named.get(each.about)) for each in page],
        "follows": [Followed(follow=each, place=named.get(each.about)) for each in follows],
        "unread": own.unread().count(),
        "newest": newest,
        "digest": digest,
        "topics": [
            (topic, name, digest.how(topic) if digest else How.DAILY)
            for topic, name in Notice.Topic.choices
        ],
        "ways": How.choices,
        "may_hook": ADMINISTERING in request.member.roles,
        "query": "",
        "key": new_key(),
    }
    return render(request, "pages/desk/notices.html", context)


@require_POST
@login_required
def read_notice(request: MemberRequest, notice: UUID) -> HttpResponse:
    """Put a notice away as read, or all up to it."""
    found = Notice.objects.visible_to(request.member).filter(pk=notice).first()
    if found is None:
        raise Http404
    and_earlier = request.POST.get("and_earlier") == "yes"
    try:
        actions.read_notice(
            by=request.member, notice=found, and_earlier=and_earlier, key=_key(request)
        )
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect("notices")


@require_POST
@login_required
def follow_thing(request: MemberRequest, kind: str, thing: UUID) -> HttpResponse:
    """Be told from now on of what happens to a thing."""
    row = readable_thing(request, kind, thing)
    try:
        actions.follow_thing(by=request.member, about=row.thing(), key=_key(request))
        messages.success(request, _("已关注；有新的办理时会通知您。"), extra_tags="kept")
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect(place_of(row).address or "notices")


@require_POST
@login_required
def unfollow_thing(request: MemberRequest, follow: UUID) -> HttpResponse:
    """Be told no more."""
    found = Follow.objects.visible_to(request.member).filter(pk=follow).first()
    if found is None:
        raise Http404
    actions.unfollow_thing(by=request.member, follow=found)
    messages.success(request, _("已取消关注。"), extra_tags="kept")
    return redirect(own_address(request) if "next" in request.POST else "notices")


@require_POST
@login_required
def order_digest(request: MemberRequest) -> HttpResponse:
    """Be told once a day, outside the product too."""
    try:
        digests.order_digest(
            by=request.member, language=reader_language(), how=_how(request), key=_key(request)
        )
        messages.success(request, _("已记下怎样告诉您。"), extra_tags="kept")
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect("notices")


@require_POST
@login_required
def cancel_digest(request: MemberRequest, digest: UUID) -> HttpResponse:
    """Be told daily no more."""
    found = Digest.objects.visible_to(request.member).filter(pk=digest).first()
    if found is None:
        raise Http404
    digests.cancel_digest(by=request.member, digest=found)
    messages.success(request, _("已退订每日汇总。"), extra_tags="kept")
    return redirect("notices")


def _how(request: MemberRequest) -> dict[str, str]:
    """What the form says of each topic; one that it leaves out comes once a day."""
    return {str(topic): request.POST.get(f"how-{topic}", "") for topic in Notice.Topic}


def _key(request: MemberRequest) -> str | None:
    return request.POST.get("key", "")[:KEY_MAX] or None
