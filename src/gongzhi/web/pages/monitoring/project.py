"""A project's two curves, what they say, where the year will end, and the payments behind."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import not_judged
from gongzhi.core.monitoring.figures import in_percent
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import Said
from gongzhi.cycle.models import (
    Alert,
    BudgetAct,
    BudgetLine,
    Delivery,
    GoalVersion,
    Payment,
    Project,
    TargetLine,
    Watched,
)
from gongzhi.cycle.watched_record import curves_of
from gongzhi.desk.openings import note_money_read
from gongzhi.parties.business_date import business_date
from gongzhi.parties.currency import home_currency
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.packs import PACKS
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.here import about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.monitoring.drawing import drawn
from gongzhi.web.pages.monitoring.lists import listed_alerts
from gongzhi.web.pages.monitoring.readers import may_read_payments
from gongzhi.web.pages.monitoring.seen import (
    days_of_sheets,
    forecasts_of,
    foreseen,
    level_of,
    months_of,
    percent_or_dash,
    quality_said,
    sentences_of,
    signals_of,
    spoken,
    watching_deed,
)
from gongzhi.web.readable import readable_project
from gongzhi.web.shown import Tab

ROWS = 50
YEAR, MONTH = re.compile(r"20[0-9]{2}"), re.compile(r"([1-9]|1[0-2])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenIndicator:
    """An indicator where it stands, in words."""

    key: str
    name: str
    value: str
    reached: str
    planned: str
    read_on: str
    disputes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """A signal that wasn't looked for, and the unit of the money its limits are in."""

    name: Said
    currency: Said


@require_safe
def project_monitoring(request: MemberRequest, project: UUID) -> HttpResponse:
    """The project as it was seen last, in the year that was asked for or the newest."""
    thing = readable_project(request, project)
    about(request, thing)
    years = Watched.objects.visible_to(request.member).filter(project=thing)
    years = years.order_by("-fiscal_year")
    row = _of_year(years, request.GET.get("year"))
    context: dict[str, Any] = {"project": thing, "row": row}
    if row is not None:
        context |= _shown(request, thing, row)
        context["years"] = [_tab(thing, each, row) for each in years]
    return render(request, "pages/monitoring/project.html", context)


def _of_year(rows: Any, asked: str | None) -> Watched | None:
    if asked is None:
        newest: Watched | None = rows.first()
        return newest
    found: Watched | None = next((row for row in rows if str(row.fiscal_year) == asked), None)
    if found is None:
        raise Http404
    return found


def _tab(thing: Project, each: Watched, row: Watched) -> Tab:
    address = f"{reverse('project-monitoring', args=[thing.pk])}?year={each.fiscal_year}"
    return Tab(name=str(each.fiscal_year), address=address, here=each.pk == row.pk)


def _shown(request: MemberRequest, thing: Project, row: Watched) -> dict[str, Any]:
    reads_payments = may_read_payments(request.member, thing)
    curves, (money, goals) = curves_of(row), forecasts_of(row)
    payments = f"{reverse('project-payments', args=[thing.pk])}?year={row.fiscal_year}"
    alerts = Alert.objects.visible_to(request.member).filter(project=thing)
    first, last = days_of_sheets(row.fiscal_year)
    return {
        "level": level_of(row.level),
        "days": (first, last, min(row.on, last)),
        "endings": ENDINGS.values(),
        "months": range(1, MONTHS + 1),
        "seal": seal_of(request.member, row),
        "drawing": drawn(curves, name="curves", today=row.on, money=money, goals=goals),
        "sentences": sentences_of(curves),
        "table": months_of(row),
        "payments": payments,
        "money": percent_or_dash(row.money_now),
        "budget": _budget(request.member, thing, row),
        "money_foreseen": spoken(foreseen(money)),
        "goals_foreseen": spoken(foreseen(goals)),
        "quality": spoken(quality_said(row.forecasts["quality"])),
        "reads_payments": reads_payments,
        "signals": signals_of(row, with_money=True) if reads_payments else (),
        "not_judged": _not_judged(request.member, row) if reads_payments else (),
        "is_told": row.curves.get("is_told", False),
        "told_by": _told_by(request.member, row),
        "indicators": [_indicator(kept) for kept in row.curves["indicators"]],
        "alerts": listed_alerts(list(alerts.filter(fiscal_year=row.fiscal_year).with_facts())),
    }


def _not_judged(member: Member, row: Watched) -> tuple[NotJudged, ...]:
    """The signals that weren't looked for, because their limits are in another currency."""
    versions = GoalVersion.objects.visible_to(member).in_force_on(row.on)
    goals = versions.filter(project=row.project_id, fiscal_year=row.fiscal_year).first()
    rules = load_monitoring(goals.pack if goals and goals.pack in PACKS else USUAL)
    found = not_judged(rules, today=row.on, currency=home_currency().unit)
    return tuple(NotJudged(name=watch.name, currency=Said(rule.currency)) for watch, rule in found)


def seal_of(member: Member, row: Watched) -> Seal | None:
    """The seal of the deed that kept what is shown."""
    deed = watching_deed(member, year=row.fiscal_year, on=row.on)
    return seals_of([deed.leaf])[deed.leaf] if deed else None


def _budget(member: Member, thing: Project, row: Watched) -> Mapping[str, Any]:
    """The budget's lines and the acts that changed it, as the reader may see them."""
    lines = BudgetLine.objects.visible_to(member).standing()
    own = lines.filter(project=thing, fiscal_year=row.fiscal_year)
    acts = BudgetAct.objects.visible_to(member)
    return {
        "lines": own.count(),
        "initial": own.aggregate(total=Sum("initial"))["total"],
        "acts": list(
            acts.filter(project=thing, fiscal_year=row.fiscal_year, decided_on__lte=row.on)
        ),
    }


def _told_by(member: Member, row: Watched) -> Sequence[Delivery]:
    """The files that the targets come from, of those that the reader may see."""
    lines = TargetLine.objects.visible_to(member).standing()
    own = lines.filter(project=row.project_id, fiscal_year=row.fiscal_year)
    files = Delivery.objects.visible_to(member).filter(pk__in=own.order_by().values("delivery"))
    return list(files.order_by("id"))


def _indicator(kept: Mapping[str, Any]) -> SeenIndicator:
    return SeenIndicator(
        key=kept["key"],
        name=kept["name"],
        value="" if kept["value"] is None else f"{Decimal(kept['value']).normalize():f}",
        reached=_percent(kept["reached"]),
        planned=_percent(kept["planned"]),
        read_on=kept["read_on"] or "",
        disputes=kept["disputes"],
    )


def _percent(share: str | None) -> str:
    return "" if share is None else in_percent(Decimal(share))


@require_safe
def project_payments(request: MemberRequest, project: UUID) -> HttpResponse:
    """What was paid in a month: payment by payment for who may read them, else the sums."""
    thing = readable_project(request, project)
    about(request, thing)
    year, month = _asked(request.GET)
    payments = Payment.objects.visible_to(request.member).standing().filter(project=thing)
    payments = payments.filter(paid_on__year=year)
    if month is not None:
        payments = payments.filter(paid_on__month=month)
    row = Watched.objects.visible_to(request.member).filter(project=thing, fiscal_year=year)
    if may_read_payments(request.member, thing):
        note_money_read(by=request.member, units={thing.unit_id})
    context = {
        "project": thing,
        "year": year,
        "month": month,
        "months": range(1, MONTHS + 1),
        "reads_payments": may_read_payments(request.member, thing),
        "page": Paginator(payments, ROWS).get_page(request.GET.get("page")),
        "total": payments.aggregate(total=Sum("amount"))["total"],
        "query": f"year={year}&" + (f"month={month}&" if month else ""),
        "row": row.first(),
    }
    if context["row"] is not None:
        context["table"] = months_of(context["row"])
    return render(request, "pages/monitoring/payments.html", context)


def _asked(asked: Mapping[str, str]) -> tuple[int, int | None]:
    """The year and the month that an address names, this year if none; others are no such page."""
    year, month = asked.get("year", str(business_date().year)), asked.get("month", "")
    if not YEAR.fullmatch(year) or not MONTH.fullmatch(month):
        raise BadRequest
    return int(year), int(month) if month else None
