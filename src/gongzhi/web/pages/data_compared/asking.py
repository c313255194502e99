"""Which table a page compares: a unit's own facts, the invented example, or what a reader gives."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from gongzhi.connectors.opening import open_source
from gongzhi.core.terms import Problem
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.listing import Listing
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.given_tables import example, table_given
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.data_compared.told_tables import ToldTable, table_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAsked:
    """A table to compare, what was pasted of it, and whose facts it is where a unit told them."""

    listing: Listing | Problem
    text: str = ""
    told: ToldTable | None = None


def answered(
    request: MemberRequest,
    *,
    act: str,
    named: str,
    empty: Callable[[MemberRequest], HttpResponse],
    compared: Callable[[MemberRequest, TableAsked], HttpResponse],
) -> HttpResponse:
    """What came of the table that is asked about; the empty form where none is.

    act is what is limited by the minute, named the invented table that the page's example is.
    """
    about(request)
    told = table_asked(request)
    if request.method != "POST" and told is None:
        if "example" not in request.GET:
            return empty(request)
        text = example(named)
        listing = open_source("table.csv", text.encode())
        return compared(request, TableAsked(listing=listing, text=text))
    times = LIMITS.uploads_per_minute_per_address_max
    if request.method == "POST" and not within_limit(request, act=act, times_a_minute=times):
        return refusals.too_often(request)
    if told is not None:
        return compared(request, TableAsked(listing=told.listing(), told=told))
    given, pasted = table_given(request.POST, request.FILES.get("file"))
    return compared(request, TableAsked(listing=given, text=pasted))
