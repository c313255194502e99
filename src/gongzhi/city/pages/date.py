"""A demo's date: asking that the city's year go on, and seeing how far it has come."""

import calendar
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.city.pages.days import go_on, last_day, way_broken, way_now
from gongzhi.parties.business_date import business_date
from gongzhi.web.pages.display import own_address

WEEK = timedelta(days=7)


@require_POST
def demo_date(request: HttpRequest) -> HttpResponse:
    """Ask that the year go on to a day: a week, a month, or the day that is written."""
    today = business_date()
    back = own_address(request)
    if way_now() is not None:  # another tab, or a second click: there is one way at a time
        return redirect(_on_the_way(back))
    wanted = wanted_day(request.POST, today=today)
    if wanted is None:
        messages.warning(
            request, _("没有看懂要去哪一天，请写成 2026-06-30 这样。"), extra_tags="watch"
        )
    elif wanted < today:
        messages.warning(
            request,
            _("日期不能往回走：已经做过的事都在存证里。想从头来，请停下演示，用 --reset 启动。"),
            extra_tags="watch",
        )
    elif wanted > last_day(today):
        told = _("演示到 %(day)s 为止。") % {"day": last_day(today).isoformat()}
        messages.warning(request, told, extra_tags="watch")
    elif wanted == today:
        messages.info(request, _("已经在这一天了。"), extra_tags="watch")
    else:
        go_on(since=today, until=wanted)
        return redirect(_on_the_way(back))
    return redirect(back)


@require_safe
def demo_way(request: HttpRequest) -> HttpResponse:
    """How far the year has come on its way; once there, back to where somebody came from."""
    today, way, back = business_date(), way_now(), own_address(request)
    broken = way_broken(today)
    is_part = "HX-Request" in request.headers
    if way is None and broken is None:
        if not is_part:
            return redirect(back)
        arrived = HttpResponse(status=204)
        arrived["HX-Redirect"] = back
        return arrived
    context = {
        "way": way,
        "broken": broken if way is None else None,
        "today": today,
        "share": way.share(today) if way else 0,
        "back": back,
        "address": _on_the_way(back),
    }
    template = "pages/demo/_way.html" if is_part else "pages/demo/way.html"
    return render(request, template, context)


def wanted_day(given: QueryDict, *, today: date) -> date | None:
    """The day that is asked for; None where none can be read."""
    last = last_day(today)
    match given.get("by", ""):
        case "week":
            return min(today + WEEK, last)
        case "month":
            return min(_next_month(today), last)
    try:
        return date.fromisoformat(given.get("to", ""))
    except ValueError:
        return None


def _next_month(today: date) -> date:
    year, month = today.year + today.month // 12, today.month % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _on_the_way(back: str) -> str:
    return f"{reverse('demo-way')}?{urlencode({'next': back})}"
