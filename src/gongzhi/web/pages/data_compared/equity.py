"""How evenly something reaches people: per head, per need, between districts and within them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongzhi.connectors.figure_tables import NamedColumns, ShareTable, amounts_told, shares_in
from gongzhi.core.balance.equity import Equity, equity_of
from gongzhi.core.terms import Problem, Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import Fault
from gongzhi.web.given_tables import fault_of
from gongzhi.web.limits import ALLOWED
from gongzhi.web.pages.data_compared.asking import TableAsked, answered
from gongzhi.web.pages.data_compared.equity_drawing import (
    before_and_after,
    groups_table,
    lorenz_chart,
    places_chart,
)
from gongzhi.web.pages.data_compared.told_tables import told_tables

EXAMPLE = "schools"
PLACES_MAX = 2_000
MANY = Said("一次最多比较 {most} 处；更多的用命令行 gongzhi equity")
PER_HEAD, PER_NEED = Said("按人数"), Said("按需求")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One way to measure: per head or per need; now, and before where that was asked for."""

    key: str
    name: Said
    now: Equity
    before: Equity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is measured: a table, and how its columns are called."""

    asked: TableAsked
    columns: Mapping[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def equity(request: MemberRequest) -> HttpResponse:
    """The form, with what came of it."""
    return answered(request, act="equity", named=EXAMPLE, empty=_page, compared=_given)


def _given(request: MemberRequest, asked: TableAsked) -> HttpResponse:
    """With the columns that the form names; an address's are found where it names none."""
    if request.method == "POST":
        return _measured(request, Given(asked=asked, columns=request.POST))
    columns: Mapping[str, str] = request.GET if asked.told else {}
    if not isinstance(asked.listing, Problem) and not columns.get("amount"):
        found = amounts_told(asked.listing)
        if found:
            before = found[-2] if len(found) > 1 else ""
            columns = {"amount": found[-1], "before": before}
    return _measured(request, Given(asked=asked, columns=columns))


def _measured(request: MemberRequest, given: Given) -> HttpResponse:
    listing, columns = given.asked.listing, given.columns
    if isinstance(listing, Problem):
        return _page(request, given, faults=[fault_of(listing)])
    now = shares_in(listing, _named(columns, amount=columns.get("amount", "")))
    before = columns.get("before", "").strip()
    earlier = shares_in(listing, _named(columns, amount=before)) if before else None
    for found in (now, earlier):
        if isinstance(found, Problem):
            return _page(request, given, faults=[fault_of(found)])
    assert not isinstance(now, Problem)
    assert not isinstance(earlier, Problem)
    if len(now.by_heads) > PLACES_MAX:
        fault = Fault(what=Said(MANY.text, {"most": PLACES_MAX}), field="table")
        return _page(request, given, faults=[fault])
    measured = list(_ways(now, earlier))
    refused = [each for each in measured if isinstance(each, Said)]
    if refused:
        return _page(request, given, faults=[Fault(what=refused[0], field="table")])
    ways = [_drawn(each) for each in measured if isinstance(each, Measured)]
    return _page(request, given, ways=ways)


def _named(columns: Mapping[str, str], *, amount: str) -> NamedColumns:
    return NamedColumns(
        amount=amount.strip(),
        heads=columns.get("heads", "").strip(),
        need=columns.get("need", "").strip(),
        group=columns.get("group", "").strip(),
    )


def _ways(now: ShareTable, earlier: ShareTable | None) -> Iterator[Measured | Said]:
    pairs = [("by-heads", PER_HEAD, now.by_heads, earlier.by_heads if earlier else ())]
    if now.by_need:
        pairs.append(("by-need", PER_NEED, now.by_need, earlier.by_need if earlier else ()))
    for key, name, shares, before in pairs:
        found = equity_of(shares)
        was = equity_of(before) if before else None
        for each in (found, was):
            if isinstance(each, Said):
                yield each
                return
        assert not isinstance(found, Said)
        assert not isinstance(was, Said)
        yield Measured(key=key, name=name, now=found, before=was)


def _drawn(measured: Measured) -> dict[str, Any]:
    found = measured.now
    return {
        "key": measured.key,
        "name": measured.name,
        "found": found,
        "lorenz": lorenz_chart(measured.key, found, measured.before),
        "places": places_chart(measured.key, found),
        "groups": groups_table(found) if found.theil.groups else None,
        "change": before_and_after(found, measured.before) if measured.before else None,
    }


def _page(
    request: MemberRequest,
    given: Given | None = None,
    *,
    faults: list[Fault] | None = None,
    ways: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "faults": faults or [],
        "text": given.asked.text if given else "",
        "columns": given.columns if given else {},
        "ways": ways or [],
        "limits": ALLOWED,
        "example": request.method == "GET" and "example" in request.GET,
        "source": given.asked.told if given else None,
        "told": told_tables(request.member),
    }
    status = 422 if faults else 200
    return render(request, "pages/data_compared/equity.html", context, status=status)
