"""Units that people may look at for praise, or for being urged: reasons, clauses, no verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.results.standing import (
    StandingReason,
    YearOfUnit,
    reasons_for_praise,
    reasons_to_urge,
)
from gongzhi.cycle.models import Feedback
from gongzhi.cycle.unit_years import unit_years
from gongzhi.cycle.years import years_of
from gongzhi.papers.workbook import Column, Sheet
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.results import load_results
from gongzhi.web.clauses import clause_shown
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.table_files import titled, workbook_file
from gongzhi.words import say

YEARS = range(2000, 2100)
Reasons = Callable[..., tuple[StandingReason, ...]]
COLUMNS = (Column("单位", width=30), Column("理由", width=50), Column("条款"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A unit on a list, with its reasons."""

    unit: Organisation
    reasons: tuple[StandingReason, ...]


@require_safe
@login_required
def standing(request: MemberRequest) -> HttpResponse:
    """Both lists of a year, as far as the reader sees what they rest on."""
    about(request)
    year = _year(request)
    rules = load_results(USUAL).standing
    known = unit_years(request.member, year=year, today=business_date())
    letters = Feedback.objects.visible_to(request.member)
    context: dict[str, Any] = {
        "year": year,
        "years": sorted({year, *years_of(letters)}, reverse=True),
        "praised": _candidates(request, known, reasons_for_praise),
        "urged": _candidates(request, known, reasons_to_urge),
        "rules": rules,
        "praised_by": clause_shown(rules.praised_by),
        "urged_by": clause_shown(rules.urged_by),
    }
    return render(request, "pages/rectifications/standing.html", context)


@require_safe
@login_required
def standing_table(request: MemberRequest) -> HttpResponseBase:
    """The same as a workbook, a sheet for each list."""
    year = _year(request)
    known = unit_years(request.member, year=year, today=business_date())
    sheets = [
        _sheet("通报做法的线索", _candidates(request, known, reasons_for_praise)),
        _sheet("督促的线索", _candidates(request, known, reasons_to_urge)),
    ]
    return workbook_file(sheets, name=f"gongzhi-standing-{year}")


def _year(request: MemberRequest) -> int:
    asked = request.GET.get("year")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in YEARS):
            raise BadRequest("year")
        return int(asked)
    newest = next(iter(years_of(Feedback.objects.visible_to(request.member))), None)
    return newest or business_date().year


def _candidates(
    request: MemberRequest, known: Mapping[UUID, YearOfUnit], reasons: Reasons
) -> list[Candidate]:
    rules = load_results(USUAL).standing
    found = {unit: reasons(year, rules=rules) for unit, year in known.items()}
    wanted = [unit for unit, mine in found.items() if mine]
    units = Organisation.objects.visible_to(request.member).filter(pk__in=wanted)
    return [Candidate(unit=unit, reasons=found[unit.pk]) for unit in units.order_by("code")]


def _sheet(name: str, candidates: Sequence[Candidate]) -> Sheet:
    language = reader_language()
    rows = [
        (each.unit.name, say(reason.said, language), reason.clause)
        for each in candidates
        for reason in each.reasons
    ]
    return Sheet(name=name, columns=tuple(titled(COLUMNS)), rows=rows)
