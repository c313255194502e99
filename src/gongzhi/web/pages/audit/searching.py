"""The frame of every search: the form, a page of rows, the same rows as a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.cycle.models import Payment, Project
from gongzhi.desk.openings import note_money_read
from gongzhi.papers.workbook import Column, Sheet, Value
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.here import about
from gongzhi.web.pages.audit.asking import SearchForm, asked_in, file_asked, query_of
from gongzhi.web.shown import Tab
from gongzhi.web.table_files import ROWS_MAX, table_file, titled

ROWS = 50
PAGES: Mapping[str, str] = {
    "audit": "每笔支付",
    "audit-payees": "各收款人",
    "audit-contracts": "每份合同",
    "audit-signals": "疑点",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One of the searches: its route, its template, and how a row becomes a line of a file."""

    route: str
    template: str
    columns: tuple[Column, ...]
    line: Callable[[Any], Sequence[Value]]
    unit_of: Callable[[Any], Any] | None = None


def reads_any_money(request: MemberRequest) -> bool:
    """Whether there may be anything to find: the money of one project at least."""
    return bool(Project.objects.visible_to(request.member).overseen_by(request.member).exists())


def answer(
    request: MemberRequest,
    search: Search,
    find: Callable[[Mapping[str, Any]], tuple[Any, Mapping[str, Any]]],
) -> HttpResponseBase:
    """What was found: a page of it, or a file of all; what can't be read is said at its field."""
    about(request)
    form = asked_in(request.GET)
    context: dict[str, Any] = {
        "form": form,
        "given": form.data,
        "query": query_of(form),
        "tabs": tabs(search.route, form),
        "clause": clause_shown("6.15"),
        "reads_money": reads_any_money(request),
        "this_year": business_date().year,
    }
    if not form.is_valid():
        return render(request, search.template, context, status=422)
    rows, more = find(form.cleaned_data)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    kind = file_asked(request.GET)
    if kind and page.paginator.count <= ROWS_MAX[kind]:
        return _file(request, search, rows, kind=kind)
    _note(request, search, page)
    context |= {"page": page, "too_many": ROWS_MAX[kind] if kind else 0, **more}
    return render(request, search.template, context, status=422 if kind else 200)


def tabs(route: str, form: SearchForm) -> list[Tab]:
    """The searches, each with what was asked for in this one."""
    return [
        Tab(name=_(name), address=f"{reverse(page)}?{query_of(form)}", here=page == route)
        for page, name in PAGES.items()
    ]


def _file(request: MemberRequest, search: Search, rows: Any, *, kind: str) -> HttpResponseBase:
    found = list(rows)
    _note(request, search, found)
    sheet = Sheet(
        name=_(PAGES[search.route]),
        columns=titled(search.columns),
        rows=[search.line(row) for row in found],
    )
    return table_file(sheet, name=search.route, kind=kind)


def _note(request: MemberRequest, search: Search, rows: Iterable[Any]) -> None:
    """Whose money was shown is told that it was, once a day; what auditors read isn't told."""
    if search.unit_of is not None:
        units = {unit for row in rows if (unit := search.unit_of(row)) is not None}
        note_money_read(by=request.member, units=units)


def standing_payments(request: MemberRequest) -> Any:
    """The payments that the reader may read and that nobody corrected."""
    return Payment.objects.visible_to(request.member).standing()
