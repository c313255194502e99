"""What became of the promises: kept, missed, too early to say; by department, by purpose, each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import VISITOR
from gongzhi.core.telling import Standing
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.described import described
from gongzhi.cycle.models import PurposeSum, Watched
from gongzhi.cycle.purposes import added
from gongzhi.cycle.units_having import names_of
from gongzhi.cycle.years import shown_first, years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.monitoring.seen import percent_or_dash
from gongzhi.web.pages.projects.after import After, after_of, put_right_in
from gongzhi.web.pages.projects.bars import Stands, stands
from gongzhi.web.pages.projects.told import functional_name
from gongzhi.web.shown import Count, Filter

ROWS = 30
KEPT, MISSED, EARLY = "kept", "missed", "early"
OUTCOMES: Mapping[str, tuple[Said, str, tuple[Standing, ...]]] = {
    KEPT: (Said("做到了"), "kept", (Standing.KEPT,)),
    MISSED: (Said("没有全做到"), "fault", (Standing.MISSED,)),
    EARLY: (
        Said("还不能下结论"),
        "unknown",
        (Standing.ON_PLAN, Standing.BEHIND, Standing.UNREAD),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A department or a purpose with its counts, in the order of OUTCOMES."""

    name: str
    own_words: bool
    address: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """A project in the list: how it came out, what was decided after, what is put right."""

    row: Watched
    goals: str
    share: str
    stands: Stands
    after: After | None
    put_right: int


@require_safe
def became(request: MemberRequest) -> HttpResponse:
    """A year's promises as they came out; the same for everybody."""
    about(request)
    known = years_of(Watched.objects.visible_to(VISITOR)) or [0]
    years = shown_first(known, business_date())
    asked = request.GET.dict()
    year = _year(asked, years)
    departments, purposes = _departments(year), _purposes(year)
    filters = _filters(asked, years=years, departments=departments, purposes=purposes)
    chosen = chosen_in(filters)
    rows = _rows(year, chosen)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "year": year,
        "filters": filters,
        "outcomes": [(said, state) for said, state, _standings in OUTCOMES.values()],
        "whole": _counts(_total(year), among={"year": str(year)}),
        "departments": [_line(each, year=year, key="department") for each in departments],
        "purposes": [_line(each, year=year, key="class") for each in purposes],
        "page": page,
        "next_year": year + 1,
        "projects": _listed(list(page), year=year),
        "query": paged(request.GET, of="became"),
    }
    return render(request, "pages/became.html", context)


Summed = tuple[str, str, Mapping[str, Any]]  # what it is asked for by, its name, its sums


def _year(asked: Mapping[str, str], years: list[FiscalYear]) -> FiscalYear:
    wanted = asked.get("year", "")
    return int(wanted) if wanted.isdecimal() and int(wanted) in years else years[0]


def _total(year: FiscalYear) -> Mapping[str, Any]:
    rows = PurposeSum.objects.whole_for(VISITOR).filter(fiscal_year=year).order_by()
    return rows.aggregate(**added())


def _departments(year: FiscalYear) -> list[Summed]:
    kept = PurposeSum.objects.by_department_for(VISITOR).filter(fiscal_year=year).order_by()
    rows = list(kept.exclude(department=None).values("department").annotate(**added()))
    names = names_of({row["department"] for row in rows})
    told = [(str(row["department"]), names.get(row["department"], ""), row) for row in rows]
    return sorted(told, key=lambda each: each[1])


def _purposes(year: FiscalYear) -> list[Summed]:
    kept = PurposeSum.objects.whole_for(VISITOR).filter(fiscal_year=year).order_by()
    rows = list(kept.values("functional").annotate(**added()).order_by("functional"))
    return [(row["functional"], functional_name(row["functional"]), row) for row in rows]


def _line(summed: Summed, *, year: FiscalYear, key: str) -> Line:
    code, name, sums = summed
    among = {"year": str(year), **({key: code} if code else {})}
    return Line(
        name=name or _("没有写明做什么"),
        own_words=key == "department",
        address=_address(among),
        counts=_counts(sums, among=among),
    )


def _counts(sums: Mapping[str, Any], *, among: Mapping[str, str]) -> tuple[Count, ...]:
    return tuple(
        Count(
            number=sum(sums[f"sum_{each}"] or 0 for each in standings),
            address=_address({**among, "outcome": outcome}),
        )
        for outcome, (_said, _state, standings) in OUTCOMES.items()
    )


def _address(asked: Mapping[str, str]) -> str:
    return f"?{urlencode(asked)}#projects"


def _filters(
    asked: Mapping[str, str],
    *,
    years: Iterable[FiscalYear],
    departments: list[Summed],
    purposes: list[Summed],
) -> tuple[Filter, ...]:
    outcomes = {code: _(said.text) for code, (said, _state, _standings) in OUTCOMES.items()}
    of_department = {code: name for code, name, _sums in departments}
    of_class = {code: name for code, name, _sums in purposes if code}
    return (
        filter_of(_("年度"), name="year", values={str(y): str(y) for y in years}, asked=asked),
        filter_of(
            _("部门"), name="department", values={"": _("各部门")} | of_department, asked=asked
        ),
        filter_of(_("做什么"), name="class", values={"": _("各类支出")} | of_class, asked=asked),
        filter_of(_("结果"), name="outcome", values={"": _("各种结果")} | outcomes, asked=asked),
    )


def _rows(year: FiscalYear, chosen: Mapping[str, str]) -> Any:
    rows = Watched.objects.visible_to(VISITOR).filter(fiscal_year=year)
    if chosen["department"]:
        of = UUID(chosen["department"])
        rows = rows.filter(Q(project__unit__parent=of) | Q(project__unit=of))
    if chosen["class"]:
        rows = rows.annotate(functional=described("functional", reader=VISITOR))
        rows = rows.filter(functional__startswith=chosen["class"])
    if chosen["outcome"]:
        rows = rows.filter(standing__in=OUTCOMES[chosen["outcome"]][2])
    told = rows.select_related("project__unit").defer("curves", "signals", "forecasts")
    return told.order_by(F("budget").desc(nulls_last=True), "project__code")


def _listed(rows: Sequence[Watched], *, year: FiscalYear) -> list[Each]:
    """The projects of a page; what came after is asked for all of them at once."""
    projects = [row.project_id for row in rows]
    after, put_right = after_of(projects, year=year), put_right_in(projects, year=year)
    return [
        Each(
            row=row,
            goals=percent_or_dash(row.goals_now),
            share=percent_or_dash(row.money_now),
            stands=stands(Standing(row.standing)),
            after=after.get(row.project_id),
            put_right=put_right.get(row.project_id, 0),
        )
        for row in rows
    ]
