"""“看懂了吗?”: taking the tap of a reader, and showing which pages people don't understand.

A browser is counted once a day for each kind of page: its signed cookie says what it tapped today;
nothing of it is kept here.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.forum.actions import understanding as actions
from gongzhi.forum.models import UnderstoodCount
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.operation import GET
from gongzhi.web.operations import operations
from gongzhi.web.pages import refusals
from gongzhi.web.pages.display import own_address

COOKIE, SALT = "understood", "gongzhi.understood"
DAY_SECONDS = 86_400
TAPS_A_MINUTE, PAGES_A_DAY = 30, 100
DAYS = 28
PARAMETER = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPage:
    """A kind of page: where it stands, what readers said of it, the part that didn't understand."""

    address: str
    is_one: bool
    understood: int
    not_understood: int
    share: Decimal


@require_safe
def understood(request: MemberRequest) -> HttpResponse:
    """The pages that readers said something of in four weeks, the least understood first."""
    about(request)
    since = business_date() - timedelta(days=DAYS)
    context = {
        "pages": _counted(since),
        "days": DAYS,
        "clauses": clauses_shown({"5.1"}),
    }
    return render(request, "pages/participation/understood.html", context)


def _counted(since: date) -> list[CountedPage]:
    rows = UnderstoodCount.objects.filter(day__gt=since).order_by().values("page")
    summed = rows.annotate(yes=Sum("understood"), no=Sum("not_understood"))
    patterns = (each for each in get_resolver().url_patterns if isinstance(each, URLPattern))
    places = {each.name: str(each.pattern) for each in patterns}
    found = []
    for row in summed:
        pattern = places.get(row["page"])
        if pattern is not None:
            found.append(
                CountedPage(
                    address="/" + PARAMETER.sub("…", pattern),
                    is_one="<" not in pattern,
                    understood=row["yes"],
                    not_understood=row["no"],
                    share=Decimal(row["no"]) / (row["yes"] + row["no"]),
                )
            )
    return sorted(found, key=lambda each: (-each.not_understood, each.address))


@require_POST
def say_understood(request: MemberRequest) -> HttpResponse:
    """Count the tap, at most once a day from this browser, and show the page again."""
    page, said = request.POST.get("page", ""), request.POST.get("understood", "")
    known = operations().get(page)
    if known is None or GET not in known.methods or said not in {"yes", "no"}:
        raise BadRequest("page")
    if not within_limit(request, act=COOKIE, times_a_minute=TAPS_A_MINUTE):
        return refusals.too_often(request)
    tapped = _tapped_today(request)
    if page in tapped:
        messages.info(request, _("这一页今天已经记过您的看法。"), extra_tags="watch")
        return redirect(own_address(request))
    actions.say_understood(by=request.member, page=page, understood=said == "yes")
    messages.success(request, _("记下了，谢谢。"), extra_tags="kept")
    answer = redirect(own_address(request))
    _remember(answer, [*tapped, page][-PAGES_A_DAY:])
    return answer


def _tapped_today(request: HttpRequest) -> list[str]:
    """What this browser tapped today, as its own cookie says."""
    told = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=DAY_SECONDS) or ""
    day, _, pages = told.partition(" ")
    return pages.split() if day == business_date().isoformat() else []


def _remember(answer: HttpResponse, pages: list[str]) -> None:
    answer.set_signed_cookie(
        COOKIE,
        " ".join([business_date().isoformat(), *pages]),
        salt=SALT,
        max_age=DAY_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
