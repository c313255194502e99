"""A demo's date: which day it is there, and asking the city's year to go on."""

import calendar
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office
from gongzhi.parties.sign_in import may_switch
from gongzhi.web.demo_days import LIVING
from gongzhi.web.pages.display import own_address

WEEK = timedelta(days=7)


@require_POST
def demo_date(request: HttpRequest) -> HttpResponse:
    """Ask that the demo's year go on to a day: a week, a month, or the day that is written."""
    if not settings.DEMO:
        raise Http404
    today = business_date()
    wanted = wanted_day(request.POST, today=today)
    if wanted is None or not today < wanted <= date(today.year, 12, 31):
        messages.warning(request, _("日期只能往后走，到年底为止。"), extra_tags="watch")
        return redirect(own_address(request))
    try:
        app.configure_task(LIVING, lock=LIVING, queueing_lock=LIVING).defer(day=wanted.isoformat())
    except AlreadyEnqueued:
        messages.info(request, _("日期正在往后走，请稍等再看。"), extra_tags="watch")
    else:
        messages.success(
            request,
            _("日期往后走了，这几天里该发生的正在发生；稍等刷新这一页。"),
            extra_tags="kept",
        )
    return redirect(own_address(request))


def wanted_day(given: QueryDict, *, today: date) -> date | None:
    """The day that is asked for; None where none can be read."""
    asked = given.get("by", "")
    if asked == "week":
        return min(today + WEEK, date(today.year, 12, 31))
    if asked == "month":
        year, month = today.year + today.month // 12, today.month % 12 + 1
        day = date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
        return min(day, date(today.year, 12, 31))
    try:
        return date.fromisoformat(given.get("to", ""))
    except ValueError:
        return None


@require_safe
def demo_offices(request: HttpRequest) -> HttpResponse:
    """Every office of the demo that anybody may step into, by organisation."""
    if not may_switch(request):
        raise Http404
    held = Office.objects.held(on=business_date()).with_facts()
    offices = held.order_by("organisation__code", "title")
    return render(request, "pages/demo_offices.html", {"all_offices": offices})
