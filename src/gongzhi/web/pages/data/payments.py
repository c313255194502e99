"""Payments that I may see: the rows behind a figure, filtered by the address."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Payment
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.here import about

SHOWN, LONGEST = 100, 200
FILTERS = ("project", "unit", "month", "payee")
NUMBER = re.compile(r"[0-9]{1,18}")
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@require_safe
@login_required
def payments(request: MemberRequest) -> HttpResponse:
    """The payments of a project, a unit, a month, a payee; the newest first."""
    about(request)
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in FILTERS}
    readable = Payment.objects.visible_to(request.member).standing()
    found = _asked(readable, asked)
    after = request.GET.get("after", "")
    page = found.filter(id__lt=int(after)) if NUMBER.fullmatch(after) else found
    rows = list(page.select_related("project", "unit").order_by("-id")[: SHOWN + 1])
    total = found.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    context = {
        "rows": rows[:SHOWN],
        "next": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
        "total": total,
        "count": found.count(),
        "asked": asked,
    }
    return render(request, "pages/data/payments.html", context)


def _asked(payments: QuerySet[Any], asked: dict[str, str]) -> QuerySet[Any]:
    if asked["project"]:
        payments = payments.filter(project_code=asked["project"])
    if asked["unit"]:
        payments = payments.filter(unit__code=asked["unit"])
    if asked["payee"]:
        payments = payments.filter(payee__contains=asked["payee"])
    if found := MONTH.fullmatch(asked["month"]):
        first = date(int(found[1]), int(found[2]), 1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        payments = payments.filter(paid_on__gte=first, paid_on__lt=following)
    return payments
