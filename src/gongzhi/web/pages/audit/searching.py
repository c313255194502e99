"""The frame of every search: the form, a page of rows, the same rows as a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.cycle.models import Feedback, Payment, Project
from gongzhi.cycle.years import year_shown
from gongzhi.desk.openings import note_money_read
from gongzhi.papers.workbook import Column, Sheet, Value
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clause_shown
from gongzhi.web.counted_pages import CountedPages
from gongzhi.web.here import about
from gongzhi.web.pages.audit.asking import SearchForm, asked_in, file_asked, query_of
from gongzhi.web.pages.rectifications.lists import ALL
from gongzhi.web.shown import Tab
from gongzhi.web.table_files import ROWS_MAX, table_file, titled

ROWS = 50
COUNTED_MAX = 10_000  # so many rows are counted and added up unasked
PAGES: Mapping[str, str] = {
    "audit": "每笔支付",
    "audit-payees": "各收款人",
    "audit-contracts": "每份合同",
    "audit-signals": "疑点",
    "audit-findings": "自评表的发现",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One of the searches: its route, its template, and how a row becomes a line of a file."""

    route: str
    template: str
    columns: tuple[Column, ...]
    line: Callable[[Any], Sequence[Value]]
    unit_of: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found: its rows in order, how many they are, what is told beside them.

    is_cut: there are more than were counted. Where even the first would take too long to add up,
    adds_up is false, and there are no rows.
    """

    rows: Any
    count: int
    is_cut: bool = False
    adds_up: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, most: int) -> bool:
        """Whether all of it is no more than so many rows."""
        if not self.is_cut:
            return self.count <= most
        return bool(self.rows.order_by()[: most + 1].count() <= most)


def counted(rows: QuerySet[Any], *, whole: bool) -> tuple[int, Decimal]:
    """How many rows there are, and what they come to; of very many no more than one too many.

    To count all of a province's payments takes seconds: it is done for whoever asks for it.
    """
    some = rows.order_by() if whole else rows.order_by()[: COUNTED_MAX + 1]
    found = some.aggregate(count=Count("pk"), total=Sum("amount"))
    return found["count"], found["total"] or Decimal(0)


def reads_any_money(request: MemberRequest) -> bool:
    """Whether there may be anything to find: the money of one project at least."""
    return bool(Project.objects.visible_to(request.member).overseen_by(request.member).exists())


def answer(
    request: MemberRequest,
    search: Search,
    find: Callable[[Mapping[str, Any], bool], Found],
) -> HttpResponseBase:
    """What was found: a page of it, or a file of all; what can't be read is said at its field."""
    about(request)
    form, whole = asked_in(request.GET), request.GET.get("whole") == "1"
    context: dict[str, Any] = {
        "form": form,
        "given": form.data,
        "query": query_of(form) + ("whole=1&" if whole else ""),
        "tabs": tabs(search.route, form),
        "clause": clause_shown("6.15"),
        "reads_money": reads_any_money(request),
        "this_year": year_shown(business_date()),
    }
    if not form.is_valid():
        return render(request, search.template, context, status=422)
    found = find(form.cleaned_data, whole)
    kind = file_asked(request.GET)
    if kind and found.fits(ROWS_MAX[kind]):
        return _file(request, search, found.rows, kind=kind)
    pages = CountedPages(found.rows, ROWS, known=found.count, is_cut=found.is_cut)
    page = pages.get_page(request.GET.get("page"))
    _note(request, search, page)
    context |= {"page": page, "too_many": ROWS_MAX[kind] if kind else 0, **found.more}
    context["adds_up"] = found.adds_up
    return render(request, search.template, context, status=422 if kind else 200)


def tabs(route: str, form: SearchForm) -> list[Tab]:
    """The searches, each with what was asked for in this one; what audits found put right."""
    searches = [
        Tab(name=_(name), address=f"{reverse(page)}?{query_of(form)}", here=page == route)
        for page, name in PAGES.items()
    ]
    righted = f"{reverse('rectifications')}?source={Feedback.Source.AUDIT}&state={ALL}"
    return [*searches, Tab(name=_("审计查出问题的整改"), address=righted, here=False)]


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
