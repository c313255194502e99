"""A project's budget of a year: how it changed, how it is sorted, its years, what others gave."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.actions import budget_acts as actions
from gongzhi.cycle.followed import carried_over
from gongzhi.cycle.models import BudgetAct, BudgetLine, Grant, Payment, Profile, Project
from gongzhi.cycle.years import year_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.pages.budget.chain import chain_of
from gongzhi.web.pages.budget.sorted_lines import tables_of
from gongzhi.web.pages.monitoring.readers import may_read_payments
from gongzhi.web.pages.participation.starting import may_start
from gongzhi.web.pages.results.chain import is_told
from gongzhi.web.readable import readable_project
from gongzhi.web.seals import seals_naming
from gongzhi.web.shown import Tab

YEARS = range(2000, 2100)
SPEAKABLE_MAX = 60  # lines of a budget that are offered to be spoken about
MEDIUM_TERM = 3  # years of a medium-term plan
CODE_MAX, NAME_MAX, NUMBER_MAX, REASON_MAX = 40, 200, 100, 2000
DIGITS, PLACES = 18, 2


class ActForm(KeyForm):
    """An amendment or a transfer: how much, by whom, by which document, why; from where."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[-1])
    kind = forms.ChoiceField(choices=BudgetAct.Kind.choices)
    amount = forms.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    authority = forms.CharField(max_length=NAME_MAX)
    document_number = forms.CharField(max_length=NUMBER_MAX)
    decided_on = forms.DateField()
    reason = forms.CharField(max_length=REASON_MAX)
    other = forms.CharField(max_length=CODE_MAX, required=False)


class GrantForm(KeyForm):
    """What a higher level gave."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[-1])
    level = forms.ChoiceField(choices=Grant.Level.choices)
    giver = forms.CharField(max_length=NAME_MAX)
    kind = forms.ChoiceField(choices=Grant.Kind.choices)
    amount = forms.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    document_number = forms.CharField(max_length=NUMBER_MAX)
    given_on = forms.DateField()
    purpose = forms.CharField(max_length=500, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenYear:
    """A year of the medium-term plan: planned, in the budget, paid."""

    year: FiscalYear
    planned: Money | None
    budget: Money | None
    paid: Money | None


@require_safe
def project_budget(request: MemberRequest, project: UUID) -> HttpResponse:
    """The budget of the year that was asked for, or of the present one."""
    return _page(request, readable_project(request, project), year=_asked(request))


def _asked(request: MemberRequest) -> FiscalYear:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if not asked:
        return year_shown(business_date())
    if not (asked.isascii() and asked.isdigit() and int(asked[:5]) in YEARS):
        raise BadRequest("year")
    return int(asked)


def _page(
    request: MemberRequest,
    project: Project,
    *,
    year: FiscalYear,
    form: str = "",
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    member, today = request.member, business_date()
    here = about(request, project)
    lines = BudgetLine.objects.visible_to(member).standing()
    own = list(lines.filter(project=project, fiscal_year=year))
    context: dict[str, Any] = {
        "project": project,
        "year": year,
        "years": _tabs(member, project, year=year),
        "decided_by": is_told(member, project, year=year),
        "chain": chain_of(member, project, year=year, today=today),
        "tables": tables_of(own),
        **_open_to_people(request, project, own),
        "carried": _carried(member, project, year=year),
        **_given(member, project, year=year),
        "medium": list(_medium(member, project, year=year)),
        "act": here["record_budget_act"],
        "grant": here["record_grant"],
        "kinds": BudgetAct.Kind.choices,
        "grant_kinds": Grant.Kind.choices,
        "levels": Grant.Level.choices,
        "form": form,
        "faults": shown({f"{form}-{name}": said for name, said in (faults or {}).items()}),
        "given": request.POST,
        "today": today,
        "key": new_key(),
    }
    return render(request, "pages/budget/project.html", context, status=422 if faults else 200)


def _open_to_people(
    request: MemberRequest, project: Project, lines: list[BudgetLine]
) -> dict[str, Any]:
    """The lines about which a process may be started, and those that anybody may speak about."""
    return {
        "put_to_people": lines if may_start(request, project) else (),
        "speakable": lines[:SPEAKABLE_MAX] if project.label == "public" else [],
    }


def _given(member: Member, project: Project, *, year: FiscalYear) -> dict[str, Any]:
    """What others granted, each with its seal, and how much it is together."""
    grants = Grant.objects.visible_to(member).filter(project=project, fiscal_year=year)
    rows = list(grants.order_by("given_on", "id"))
    on = [project.thing().name]
    seals = seals_naming(member, rows, verb="record_grant", on=on, field="grant")
    return {
        "grants": [(row, seals.get(row.pk)) for row in rows],
        "given_total": sum((row.amount for row in rows), Decimal(0)),
    }


def _tabs(member: Member, project: Project, *, year: FiscalYear) -> list[Tab]:
    """The years that have a budget, and the one that is shown."""
    lines = BudgetLine.objects.visible_to(member).filter(project=project).order_by()
    known = set(lines.values_list("fiscal_year", flat=True)) | {year}
    address = reverse("project-budget", args=[project.pk])
    return [
        Tab(name=str(each), address=f"{address}?year={each}", here=each == year)
        for each in sorted(known, reverse=True)
    ]


def _carried(member: Member, project: Project, *, year: FiscalYear) -> Money | None:
    """What came over from the year before, by the sources that the rules name."""
    lines = BudgetLine.objects.visible_to(member).standing()
    own = lines.filter(project=project, fiscal_year=year)
    kept = own.filter(carried_over(load_monitoring(USUAL)))
    found: Money | None = kept.aggregate(total=Sum("initial"))["total"]
    return found


def _medium(member: Member, project: Project, *, year: FiscalYear) -> Iterator[SeenYear]:
    """Three years from this one on, and all that are planned, beside what is budgeted and paid."""
    profile = Profile.objects.visible_to(member).filter(project=project).last()
    by_year = profile.by_year if profile else {}
    planned = {int(each): Decimal(amount) for each, amount in by_year.items()}
    if not planned:
        return
    lines = BudgetLine.objects.visible_to(member).standing().filter(project=project).order_by()
    budgets = dict(lines.values_list("fiscal_year").annotate(Sum("initial")))
    paid: Mapping[FiscalYear, Money] = {}
    if may_read_payments(member, project):
        payments = Payment.objects.visible_to(member).standing().filter(project=project).order_by()
        paid = dict(payments.values_list("paid_on__year").annotate(Sum("amount")))
    for each in sorted({*planned, *range(year, year + MEDIUM_TERM)}):
        yield SeenYear(
            year=each,
            planned=planned.get(each),
            budget=budgets.get(each),
            paid=paid.get(each),
        )


# ── the deeds, each an address ──


@require_POST
def record_budget_act(request: MemberRequest, project: UUID) -> HttpResponse:
    """Record an amendment or a transfer."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        told = {n: v for n, v in given.items() if n not in {"key", "fiscal_year", "other"}}
        return actions.record_budget_act(
            by=request.member,
            project=thing,
            fiscal_year=given["fiscal_year"],
            decided=actions.Decided(**told),
            other=_other(request.member, given["other"]),
            key=given["key"],
        )

    return _taken(request, thing, ActForm(request.POST), deed, form="record_budget_act")


def _other(member: Member, code: str) -> Project | None:
    """The project on the other side, by its code; raises Unsuitable for one that isn't there."""
    if not code.strip():
        return None
    found: Project | None = Project.objects.visible_to(member).filter(code=code.strip()).first()
    if found is None:
        raise Unsuitable({"other": Said("没有这个代码的项目")})
    return found


@require_POST
def record_grant(request: MemberRequest, project: UUID) -> HttpResponse:
    """Record what a higher level gave."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        told = {n: v for n, v in given.items() if n not in {"key", "fiscal_year"}}
        return actions.record_grant(
            by=request.member,
            project=thing,
            fiscal_year=given["fiscal_year"],
            given=actions.Given(**told),
            key=given["key"],
        )

    return _taken(request, thing, GrantForm(request.POST), deed, form="record_grant")


def _taken(
    request: MemberRequest, thing: Project, filled: forms.Form, deed: Any, *, form: str
) -> HttpResponse:
    year = filled["fiscal_year"].value() if filled.is_valid() else business_date().year
    return take(
        request,
        filled,
        deed,
        done=_("已记载，并写入存证。"),
        page=lambda request, *, faults: _page(
            request, thing, year=int(year), form=form, faults=faults
        ),
        then=f"{reverse('project-budget', args=[thing.pk])}?year={year}",
    )
