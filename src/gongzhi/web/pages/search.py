"""One search box for everything: projects, organisations, indicators, papers, aims, clauses."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.filters import filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.searching.asked import Asked, asked_in
from gongzhi.web.searching.found import Found, Group, Hit
from gongzhi.web.searching.kinds import TABLES
from gongzhi.web.searching.texts import FILES
from gongzhi.web.shown import Filter

FIRST, ROWS = 5, 20
YEARS_BACK, UNITS_MAX = 5, 30
NAMES: Mapping[str, str] = {
    **{key: each.name for key, each in TABLES.items()},
    **{key: each.name for key, each in FILES.items()},
}


@require_safe
def search(request: MemberRequest) -> HttpResponse:
    """What is called so, grouped by kind; of one kind all of it, page by page."""
    about(request)
    asked = asked_in(request.GET, kinds=NAMES)
    context: dict[str, Any] = {"asked": asked}
    if asked.words:
        kinds = [asked.kind] if asked.kind else list(NAMES)
        found = {kind: _find(kind, request.member, asked) for kind in kinds}
        context |= _answers(request, asked, found)
    return render(request, "pages/search.html", context)


def _find(kind: str, member: Member, asked: Asked) -> Found:
    return TABLES[kind].find(member, asked) if kind in TABLES else FILES[kind].find(asked)


def _lines(kind: str, member: Member, keys: Sequence[object], asked: Asked) -> list[Hit]:
    if kind in TABLES:
        return TABLES[kind].lines(member, keys, asked.words)
    return FILES[kind].lines(keys, asked.words)


def _answers(request: MemberRequest, asked: Asked, found: Mapping[str, Found]) -> dict[str, Any]:
    member = request.member
    answers: dict[str, Any] = {
        "filters": _filters(member, asked, found),
        "total": sum(each.count.number for each in found.values()),
        "more": any(each.more for each in found.values()),
    }
    if asked.kind:
        page = Paginator(found[asked.kind].keys, ROWS).get_page(request.GET.get("page"))
        keys = list(page)
        whole = _group(asked.kind, found[asked.kind], asked, member=member, keys=keys)
        return answers | {
            "page": page,
            "query": paged(request.GET, of="search"),
            "groups": [whole] if keys else [],
        }
    groups = [
        _group(kind, each, asked, member=member, keys=each.keys[:FIRST])
        for kind, each in found.items()
        if each.keys
    ]
    return answers | {"groups": groups}


def _group(
    kind: str, found: Found, asked: Asked, *, member: Member, keys: Sequence[object]
) -> Group:
    return Group(
        kind=kind,
        name=_(NAMES[kind]),
        count=found.count,
        hits=_lines(kind, member, keys, asked),
        address=asked.of_kind(kind) if len(found.keys) > len(keys) and not asked.kind else "",
    )


def _filters(member: Member, asked: Asked, found: Mapping[str, Found]) -> tuple[Filter, ...]:
    """The words of the sentence: kind, year, and the units that most of the answers are of."""
    newest = business_date().year + 1
    years = {str(year): str(year) for year in range(newest, newest - YEARS_BACK, -1)}
    if asked.year is not None:
        years.setdefault(str(asked.year), str(asked.year))
    units: Counter[UUID] = Counter()
    for each in found.values():
        units.update(each.units)
    wanted = {"kind": asked.kind, "year": str(asked.year or ""), "unit": str(asked.unit or "")}
    kinds = {kind: _(name) for kind, name in NAMES.items()}
    named = _named(member, [unit for unit, _count in units.most_common(UNITS_MAX)], asked.unit)
    if wanted["unit"] not in named:
        wanted["unit"] = ""
    return (
        filter_of(_("种类"), name="kind", values={"": _("各种"), **kinds}, asked=wanted),
        filter_of(_("年度"), name="year", values={"": _("各年度"), **years}, asked=wanted),
        filter_of(_("单位"), name="unit", values={"": _("各单位"), **named}, asked=wanted),
    )


def _named(member: Member, units: Sequence[UUID], asked: UUID | None) -> dict[str, str]:
    """The units by their names, those with the most answers first."""
    wanted = [*units, *([asked] if asked else [])]
    rows = Organisation.objects.visible_to(member).filter(pk__in=wanted).values_list("pk", "name")
    names = dict(rows)
    return {str(unit): names[unit] for unit in wanted if unit in names}
