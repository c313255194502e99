"""The self-evaluations of a year: which are published, drafted, still to be made; by unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Exists, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import DRAFTS, FormVersion, GoalVersion, Project
from gongzhi.cycle.reading import overseen
from gongzhi.cycle.self_evaluations_due import (
    SELF_EVALUATION,
    due_of_year,
    newest_due,
    of_year,
    owed_in,
)
from gongzhi.cycle.units_having import units_having
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import new_key
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.shown import Count, Filter

ROWS, UNITS_MAX = 50, 200
MISSING, DRAFTED, PUBLISHED = "missing", "drafted", "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many self-evaluations a list has, and how far they got."""

    owed: int
    published: int
    drafted: int

    @property
    def missing(self) -> int:
        """How many nobody has drafted, as far as the reader may see drafts."""
        return self.owed - self.published - self.drafted


@require_safe
def self_evaluations(request: MemberRequest) -> HttpResponse:
    """A year's self-evaluations; what is still to be made only where one answers or oversees."""
    unit = _unit(request)
    year = _year(request)
    owed = _of_unit(rows_for(request.member, year), unit)
    filters = _filters(request, year=year, unit=unit)
    chosen = chosen_in(filters)
    rows = in_state(owed, chosen["state"]).select_related("unit").order_by("unit__code", "code")
    due = due_of_year(year)
    clause = clause_of("draft_form")
    about(request, *([unit] if unit else []))
    context = {
        "filters": filters,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "query": paged(request.GET, of="self-evaluations"),
        "counted": list(_counted(_counts(owed), year=year, unit=unit)),
        "year": year,
        "unit": unit,
        "due": due,
        "late": due is not None and business_date() > due.on,
        "clause": clause_shown(clause) if clause else None,
        "endings": ENDINGS.values(),
        "own": own_organisation(request.member),
        "key": new_key(),
    }
    return render(request, "pages/self_evaluation/list.html", context)


def rows_for(member: Member, year: FiscalYear) -> Any:
    """The projects that owe one and how far each got: others than one's own once published."""
    published = of_year(year).filter(stage="published")
    readable = FormVersion.objects.visible_to(member).values("pk")
    drafts = of_year(year).filter(stage__in=DRAFTS, pk__in=readable)
    newest = published.order_by("-number")
    visible = Project.objects.visible_to(member)
    owed = visible.filter(Exists(published) | Q(pk__in=owed_in(year, visible).values("pk")))
    return owed.annotate(
        is_published=Exists(published),
        is_drafted=Exists(drafts),
        version=Subquery(newest.values("pk")[:1]),
        published_on=Subquery(newest.values("published_on")[:1]),
        draft=Subquery(drafts.values("pk")[:1]),
    ).filter(Q(is_published=True) | overseen(member, way=""))


def in_state(rows: Any, state: str) -> Any:
    """The rows that got so far; all of them where none is named."""
    match state:
        case "published":
            return rows.filter(is_published=True)
        case "drafted":
            return rows.filter(is_published=False, is_drafted=True)
        case "missing":
            return rows.filter(is_published=False, is_drafted=False)
    return rows


def _counts(rows: Any) -> Counts:
    return Counts(
        owed=rows.count(),
        published=in_state(rows, PUBLISHED).count(),
        drafted=in_state(rows, DRAFTED).count(),
    )


def _counted(
    counts: Counts, *, year: FiscalYear, unit: Organisation | None
) -> Iterator[tuple[str, str, Count]]:
    """Each count with its shape and its word, and the address of the list of them."""
    asked = {"year": str(year), **({"unit": str(unit.pk)} if unit else {})}
    for state, said, name, number in (
        ("", _("项目"), "", counts.owed),
        ("kept", _("已公开"), PUBLISHED, counts.published),
        ("watch", _("等待审查公开"), DRAFTED, counts.drafted),
        ("unknown", _("还没有起草"), MISSING, counts.missing),
    ):
        chosen = asked | ({"state": name} if name else {})
        yield state, said, Count(number=number, address=f"?{urlencode(chosen)}")


def _of_unit(rows: Any, unit: Organisation | None) -> Any:
    return rows if unit is None else rows.filter(unit=unit)


def _unit(request: MemberRequest) -> Organisation | None:
    asked = request.GET.get("unit")
    if not asked:
        return None
    try:
        return Organisation.objects.visible_to(request.member).filter(pk=UUID(asked)).first()
    except ValueError as error:
        raise BadRequest("unit") from error


def _year(request: MemberRequest) -> FiscalYear:
    """The year asked for, else the one that is over, if there is anything of it."""
    asked = request.GET.get("year", "")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
            raise BadRequest("year")
        return int(asked)
    over = newest_due(business_date())
    return over if rows_for(request.member, over).exists() else over + 1


def _filters(
    request: MemberRequest, *, year: FiscalYear, unit: Organisation | None
) -> tuple[Filter, ...]:
    visible = Project.objects.visible_to(request.member)
    goals = GoalVersion.objects.visible_to(request.member)
    forms = FormVersion.objects.visible_to(request.member).filter(form_type=SELF_EVALUATION)
    years = sorted({*years_of(goals), *years_of(forms), year}, reverse=True)
    units = units_having(visible, unit="unit", at_most=UNITS_MAX, order="code")
    named = {str(key): name for key, name in units.items()}
    if unit is not None:
        named.setdefault(str(unit.pk), unit.name)
    asked = {
        **request.GET.dict(),
        "unit": str(unit.pk) if unit else "",
        "year": str(year),
    }
    states: Mapping[str, str] = {
        "": _("各种状态"),
        MISSING: _("还没有起草"),
        DRAFTED: _("等待审查公开"),
        PUBLISHED: _("已公开"),
    }
    return (
        filter_of(_("年度"), name="year", values={str(y): str(y) for y in years}, asked=asked),
        filter_of(_("单位"), name="unit", values={"": _("各单位"), **named}, asked=asked),
        filter_of(_("状态"), name="state", values=states, asked=asked),
    )
