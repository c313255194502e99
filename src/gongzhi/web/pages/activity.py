"""What has happened: everywhere, with one thing, by one party, by myself; and as Atom feeds."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import VISITOR, Member
from gongzhi.desk.activity import deeds_about, deeds_of_party, deeds_readable, own_deeds
from gongzhi.desk.things import readable
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.register import DeedQuerySet
from gongzhi.web.activity import Event, events
from gongzhi.web.frame import reader_language
from gongzhi.web.places import place_of
from gongzhi.web.readable import readable_thing
from gongzhi.words import say

ROWS = 30
ATOM = "application/atom+xml; charset=utf-8"


@require_safe
def activity(request: MemberRequest) -> HttpResponse:
    """Everything that the reader may know of, the newest first."""
    shown = deeds_readable(request.member)
    return _page(request, shown, title=_("动态"), feed=reverse("activity-atom"))


@require_safe
def activity_of_party(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """What one organisation did."""
    found = _organisation(request.member, organisation)
    shown = deeds_of_party(request.member, party=_party(found))
    feed = reverse("activity-of-party-atom", args=[found.pk])
    return _page(request, shown, title=found.name, feed=feed, named=True)


@require_safe
def activity_about(request: MemberRequest, kind: str, thing: UUID) -> HttpResponse:
    """What was done with one thing."""
    row = readable_thing(request, kind, thing)
    place = place_of(row)
    feed = reverse("activity-about-atom", args=[kind, thing])
    is_public = _public_row(kind, thing) is not None
    # The page of an office is this one.
    context = {"address": "" if place.address == request.path else place.address}
    return _page(
        request,
        deeds_about(request.member, row),
        title=place.name,
        feed=feed if is_public else "",
        named=True,
        more=context,
    )


@require_safe
@login_required
def activity_mine(request: MemberRequest) -> HttpResponse:
    """What I did myself, in all my offices; only I see it."""
    return _page(request, own_deeds(request.member), title=_("我办过的"), own=True)


def _page(
    request: MemberRequest,
    deeds: DeedQuerySet,
    *,
    title: str,
    feed: str = "",
    named: bool = False,
    own: bool = False,
    more: dict[str, str] | None = None,
) -> HttpResponse:
    shown = list(_older_than(request.GET.get("before"), deeds)[: ROWS + 1])
    context = {
        "events": events(request.member, shown[:ROWS]),
        "older": shown[ROWS - 1].pk if len(shown) > ROWS else None,
        "title": title,
        "feed": feed,
        "named": named,
        "own": own,
        **(more or {}),
    }
    return render(request, "pages/activity.html", context)


def _older_than(before: str | None, deeds: DeedQuerySet) -> DeedQuerySet:
    """The deeds below the last of the page before; counting them all would cost more."""
    if before is None:
        return deeds
    try:
        return deeds.filter(pk__lt=UUID(before))
    except ValueError as error:
        raise BadRequest(before) from error


@require_safe
def activity_atom(request: MemberRequest) -> HttpResponse:
    """Everything public, as a feed."""
    return _atom(request, deeds_readable(VISITOR), title=_("动态"), page=reverse("activity"))


@require_safe
def activity_of_party_atom(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """What one organisation did in public, as a feed."""
    found = _organisation(request.member, organisation)
    page = reverse("activity-of-party", args=[found.pk])
    shown = deeds_of_party(VISITOR, party=_party(found))
    return _atom(request, shown, title=found.name, page=page)


@require_safe
def activity_about_atom(request: MemberRequest, kind: str, thing: UUID) -> HttpResponse:
    """What was done with one public thing, as a feed; what isn't public has none."""
    row = _public_row(kind, thing)
    if row is None:
        raise Http404
    page = reverse("activity-about", args=[kind, thing])
    return _atom(request, deeds_about(VISITOR, row), title=place_of(row).name, page=page)


def _atom(request: MemberRequest, deeds: DeedQuerySet, *, title: str, page: str) -> HttpResponse:
    """The newest deeds as Atom: what a visitor sees on the page, whoever asks."""
    language = reader_language()
    feed = Atom1Feed(
        title=f"{title} · {_('共治')}",
        link=request.build_absolute_uri(page),
        description="",
        language="en" if language == "en" else "zh-CN",
        feed_url=request.build_absolute_uri(),
    )
    for event in events(VISITOR, deeds[:ROWS]):
        where = event.place.address if event.place and event.place.address else page
        feed.add_item(
            title=_in_words(event, language),
            link=request.build_absolute_uri(where),
            description=event.place.name if event.place else "",
            unique_id=f"urn:uuid:{event.deed.pk}",
            updateddate=event.deed.done_at,
            author_name=event.organisation or None,
        )
    answer = HttpResponse(feed.writeString("utf-8"), content_type=ATOM)
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


def _in_words(event: Event, language: str) -> str:
    verb = say(event.verb, language)
    return f"{event.organisation} · {verb}" if event.organisation else verb


def _public_row(kind: str, identifier: UUID) -> Model | None:
    name = f"{kind}:{identifier}"
    return readable(VISITOR, [name]).get(name)


def _organisation(member: Member, identifier: UUID) -> Organisation:
    found = Organisation.objects.visible_to(member).filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def _party(organisation: Organisation) -> str:
    return f"{organisation.kind}:{organisation.pk}"
