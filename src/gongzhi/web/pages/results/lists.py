"""The room of results: a year's projects with what is proposed and decided for the next."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.results.proposing import USES
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions import results as actions
from gongzhi.cycle.models import Evaluation, ResultProposal
from gongzhi.cycle.units_having import units_having
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Region
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import Here, about
from gongzhi.web.pages.results.files import ENDINGS, results_file
from gongzhi.web.pages.results.rows import (
    bodies_in,
    every_line,
    in_state,
    lines_of,
    projects_in,
    proposals_for,
    together,
    totals_of,
    years_judged,
)
from gongzhi.web.readable import readable_thing
from gongzhi.web.shown import Filter
from gongzhi.web.table_files import ROWS_MAX, file_asked

ROWS, UNITS_MAX, NUMBER_MAX = 50, 400, 100
YEARS = range(2000, 2100)
TOO_MANY = Said("一个文件最多 {most} 行，请先按单位或者状态筛选，或者用 csv、json")
PROPOSE, DECIDE = "propose_results", "decide_results"


class ProposingForm(KeyForm):
    """For which year, of all projects of the list or of those that were chosen."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[-1])
    whole = forms.BooleanField(required=False)


class DecidingForm(KeyForm):
    """Of which year, by which document, all proposals of the list or those that were chosen."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[-1])
    document_number = forms.CharField(max_length=NUMBER_MAX, required=False)
    whole = forms.BooleanField(required=False)


@require_safe
def results(request: MemberRequest) -> HttpResponseBase:
    """What results do to next year's money, project by project; as a page or as a file."""
    own = own_organisation(request.member)
    region = own.region if own else None
    kind = file_asked(request.GET.get("file", ""), among=ENDINGS)
    if kind is None:
        return _page(request, region=region)
    proposing = _may(about(request, *([region] if region else [])), region)
    year = _year(request)
    filters = _filters(request, year=year, proposing=proposing)
    rows = _chosen(request, filters, year=year, proposing=proposing)
    most = ROWS_MAX.get(kind)
    if most is not None and rows.count() > most:
        return _page(request, region=region, faults={"file": Said(TOO_MANY.text, {"most": most})})
    today = business_date()
    found = every_line(request.member, rows, year=year, today=today, proposing=proposing)
    return results_file(found, kind=kind, year=year)


def _page(
    request: MemberRequest, *, region: Region | None, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, *([region] if region else []))
    proposing = _may(here, region)
    year = _year(request)
    filters = _filters(request, year=year, proposing=proposing)
    rows = _chosen(request, filters, year=year, proposing=proposing)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    lines = list(
        lines_of(request.member, list(page), year=year, today=business_date(), proposing=proposing)
    )
    totals = totals_of(request.member, _proposals(request, rows, year=year))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "lines": lines,
        "waiting": [line for line in lines if line.row and _is_mine(request, line.row)],
        "endings": ENDINGS,
        "query": paged(request.GET, of="results"),
        "year": year,
        "next_year": year + 1,
        "under_way": year >= business_date().year,
        "region": region,
        "propose": here.on(region, PROPOSE) if region else None,
        "decide": here.on(region, DECIDE) if region else None,
        "open": _open(request, rows, year=year) if region else None,
        "totals": totals,
        "together": together(totals),
        "chosen": chosen_in(filters),
        "clauses": [clause_shown("4.17"), clause_shown("5.4")],
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/results/list.html", context, status=422 if faults else 200)


def _may(here: Here, region: Region | None) -> bool:
    """Whether the reader proposes here: only then what isn't proposed yet is worked out."""
    return region is not None and here.on(region, PROPOSE) is not None


def _is_mine(request: MemberRequest, row: ResultProposal) -> bool:
    """Whether it waits for the reader to decide: somebody else asked for it."""
    is_open = row.stage == ResultProposal.Stage.PROPOSED
    return is_open and str(row.made_by_id) != request.member.person


def _asked(request: MemberRequest) -> Mapping[str, str]:
    """What the list is asked for, by its address or by the form that stood under it."""
    return request.POST.dict() if request.method == "POST" else request.GET.dict()


def _year(request: MemberRequest) -> FiscalYear:
    """The judged year asked for, else the newest that has anything."""
    asked = _asked(request).get("year", "")
    if asked:
        if not (asked.isascii() and asked.isdigit() and int(asked[:5]) in YEARS):
            raise BadRequest("year")
        return int(asked)
    judged = years_judged(request.member)
    if judged:
        return judged[0]
    concluded = Evaluation.objects.visible_to(request.member).filter(stage="concluded")
    newest = concluded.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return int(newest) if newest else business_date().year


def _filters(request: MemberRequest, *, year: FiscalYear, proposing: bool) -> tuple[Filter, ...]:
    asked = {**_asked(request), "year": str(year)}
    today = business_date().year
    years = sorted({*years_judged(request.member), year, today, today - 1}, reverse=True)
    found = projects_in(request.member, year, proposing=proposing)
    unit = identifier_in(asked.get("unit", ""))
    units = units_having(found, at_most=UNITS_MAX, asked=unit, order="code")
    named = {str(key): name for key, name in units.items()}
    bodies = bodies_in(request.member, found)
    states = {"": _("各种状态")}
    if proposing:
        states |= {"unproposed": _("还没有提出建议"), "proposed": _("待决定")}
    states |= {"decided": _("已决定"), "differs": _("决定与建议不一致")}
    uses = {str(code): _(said.text) for code, said in USES.items()}
    return (
        filter_of(_("评价年度"), name="year", values={str(y): str(y) for y in years}, asked=asked),
        filter_of(_("部门"), name="department", values={"": _("各部门"), **bodies}, asked=asked),
        filter_of(_("单位"), name="unit", values={"": _("各单位"), **named}, asked=asked),
        filter_of(_("状态"), name="state", values=states, asked=asked),
        filter_of(_("建议"), name="use", values={"": _("各种建议"), **uses}, asked=asked),
    )


def _chosen(
    request: MemberRequest, filters: tuple[Filter, ...], *, year: FiscalYear, proposing: bool
) -> Any:
    chosen = chosen_in(filters)
    rows = in_state(projects_in(request.member, year, proposing=proposing), chosen["state"])
    if chosen["department"]:
        of = chosen["department"]
        rows = rows.filter(Q(unit__parent=of) | Q(unit__parent=None, unit=of))
    if chosen["unit"]:
        rows = rows.filter(unit=chosen["unit"])
    if chosen["use"]:
        rows = rows.filter(use=chosen["use"])
    return rows.select_related("unit").order_by("unit__code", "code")


def _proposals(request: MemberRequest, rows: Any, *, year: FiscalYear) -> Any:
    """The proposals of the projects that the filters leave."""
    left = rows.order_by().filter(proposal__isnull=False).values("proposal")
    return proposals_for(request.member, year).filter(pk__in=left)


def _open(request: MemberRequest, rows: Any, *, year: FiscalYear) -> Mapping[str, int]:
    """How many of the list could be proposed anew, and decided by the reader as proposed."""
    waiting = _proposals(request, rows, year=year).filter(stage="proposed")
    return {
        "propose": rows.order_by().filter(proposal__isnull=True).count() + waiting.count(),
        "decide": waiting.exclude(made_by=request.member.person).count(),
    }


# ── the deeds, each an address ──


@require_POST
def propose_results(request: MemberRequest, region: UUID) -> HttpResponse:
    """Propose the next year's money of the chosen projects, or of all in the list."""
    place = readable_thing(request, "region", region)

    def deed(given: Mapping[str, Any]) -> object:
        rows = _listed(request, year=given["fiscal_year"] - 1, proposing=True)
        rows = rows.filter(Q(state__isnull=True) | Q(state="proposed"))
        if not given["whole"]:
            rows = rows.filter(pk__in=_keys(request, "project"))
        return actions.propose_results(
            by=request.member,
            region=place,
            fiscal_year=given["fiscal_year"],
            projects=rows,
            key=given["key"],
        )

    return _done(
        request, place, ProposingForm(request.POST), deed, done=_("已提出建议，并写入存证。")
    )


@require_POST
def decide_results(request: MemberRequest, region: UUID) -> HttpResponse:
    """Decide on the chosen proposals, or on all in the list, as they were proposed."""
    place = readable_thing(request, "region", region)

    def deed(given: Mapping[str, Any]) -> object:
        listed = _listed(request, year=given["fiscal_year"] - 1, proposing=False)
        waiting = _proposals(request, listed, year=given["fiscal_year"] - 1)
        waiting = waiting.filter(stage="proposed")
        chosen = (
            waiting.exclude(made_by=request.member.person)
            if given["whole"]
            else waiting.filter(pk__in=_keys(request, "proposal"))
        )
        return actions.decide_results(
            by=request.member,
            region=place,
            proposals=chosen,
            document_number=given["document_number"],
            key=given["key"],
        )

    return _done(request, place, DecidingForm(request.POST), deed, done=_("已决定，并写入存证。"))


def _listed(request: MemberRequest, *, year: FiscalYear, proposing: bool) -> Any:
    filters = _filters(request, year=year, proposing=proposing)
    return _chosen(request, filters, year=year, proposing=proposing)


def _keys(request: MemberRequest, name: str) -> list[UUID]:
    """The identifiers that were ticked; what is none is left out."""
    asked = (identifier_in(each) for each in request.POST.getlist(name))
    return [each for each in asked if each is not None]


def _done(
    request: MemberRequest, place: Region, filled: forms.Form, deed: Any, *, done: str
) -> HttpResponse:
    year = request.POST.get("fiscal_year", "")
    judged = int(year) - 1 if year.isascii() and year.isdigit() and len(year) == 4 else ""
    return take(
        request,
        filled,
        deed,
        done=done,
        page=lambda request, *, faults: _page(request, region=place, faults=faults),
        then=f"{reverse('results')}?year={judged}",
    )
