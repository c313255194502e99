"""The room of next year's money: a total, rules, what binds each project, who loses, a decision.

The proposal is computed anew from the address; nothing of it is kept but a decision, or the address
itself under a name. People decide, with their reason where they differ from what was proposed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.balance.allocation import (
    Allocation,
    Binding,
    Difference,
    Granted,
    Impossible,
    Request,
    by_department,
    differences,
)
from gongzhi.core.fen import grouped
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.actions import results as actions
from gongzhi.cycle.models import ResultProposal
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import REASON_MAX, KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.pages.results.allocation_asked import (
    FIXED,
    HOWS,
    Ground,
    Scenario,
    ground_of,
    scenario_in,
)
from gongzhi.web.pages.results.allocation_districts import evenness_of
from gongzhi.web.pages.results.allocation_lately import allocated
from gongzhi.web.pages.results.rows import years_judged
from gongzhi.web.readable import readable_thing
from gongzhi.web.saved_views import views_of
from gongzhi.words import say

SCENARIOS_MAX, ROWS, CHANGES_SHOWN, NUMBER_MAX = 4, 20, 20, 100
YEARS, YEAR_DIGITS = range(2000, 2100), 4
STEPS = 100  # of the range that a number is dragged along, at least
CHANGES = ("project", "amount", "of", "ceiling", "floor", "set")
SET, RIGID, STOPPING = Said("定为"), Said("刚性支出，照今年的数"), Said("可以停办，最低需要")
LEAST, MOST = Said("下限"), Said("上限")
HOW_SAID = (
    (FIXED, Said("定为这个数")),
    ("rigid", Said("刚性支出，照今年的数")),
    ("stop", Said("可以停办，最低需要这个数")),
    ("free", Said("改回按规则算")),
)
NOT_POSSIBLE = Said("这些限额不能同时做到，还差 {lacking} 元")
WHY = Said("按下年资金安排决定的，请写明理由：与建议数不一致的都用它，后面附上限住它的规则")


class DecisionForm(KeyForm):
    """The decision on all that waits, as it was laid out."""

    document_number = forms.CharField(max_length=NUMBER_MAX, required=False)
    reason = forms.CharField(max_length=REASON_MAX, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A scenario beside others: its name, its total, what it came to."""

    name: str
    address: str
    found: Allocation | Impossible
    losses: Money
    losers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """A project whose number is being changed: where it stands, and how far it may be dragged."""

    request: Request
    granted: Granted | None
    amount: Money
    most: Money
    step: Money
    dragged: Money
    how: str


@require_safe
def allocation(request: MemberRequest) -> HttpResponse:
    """The room: what waits, laid out by rule; a changed number leads to an address of its own."""
    year = _year(request.GET.get("year", ""), request)
    scenario, faults = scenario_in(request.GET.dict())
    if not faults and any(request.GET.get(name) for name in CHANGES):
        return redirect(f"{reverse('allocation')}?{urlencode(scenario.query(year))}#changes")
    return _page(request, year=year, scenario=scenario, faults=faults)


def _year(asked: str, request: MemberRequest) -> FiscalYear:
    is_year = asked.isascii() and asked.isdigit() and len(asked) == YEAR_DIGITS
    if is_year and int(asked) in YEARS:
        return int(asked)
    judged = years_judged(request.member)
    return judged[0] if judged else business_date().year - 1


def _page(
    request: MemberRequest,
    *,
    year: FiscalYear,
    scenario: Scenario,
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    own = own_organisation(request.member)
    region = own.region if own else None
    here = about(request, *([region] if region else []))
    ground = ground_of(request.member, year)
    found = allocated(ground.asked(scenario)) if ground.rows else None
    laid_out = found if isinstance(found, Allocation) else None
    others = bool(laid_out) and bool(_by_others(ground, request))
    editing = _editing(request, ground, scenario, laid_out)
    query = scenario.query(year)
    context: dict[str, Any] = {
        "year": year,
        "next_year": year + 1,
        "ground": ground,
        **_asked(ground, scenario, query, editing),
        "impossible": found if isinstance(found, Impossible) else None,
        "found": laid_out,
        **(_shown(ground, scenario, laid_out) if laid_out else {}),
        **(_rows(request, laid_out, query) if laid_out else {}),
        "scenarios": list(_scenarios(request, ground, year, found)) if ground.rows else [],
        "region": region,
        "decide": here.on(region, "decide_results") if region and others else None,
        "all_own": laid_out and not others,
        "clauses": [clause_shown("4.17")],
        "faults": shown(faults or {}),
        "given": request.POST if request.method == "POST" else request.GET,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/results/allocation.html", context, status=status)


def _asked(
    ground: Ground, scenario: Scenario, query: Mapping[str, str], editing: Editing | None
) -> dict[str, Any]:
    """What the form of changes shows, and what goes on with it."""
    return {
        "query": query,
        "address": urlencode(query),
        "kept": [(name, query.get(name, "")) for name in _kept(editing)],
        "hows": HOW_SAID,
        "people": [
            (key, each.name, scenario.heads.get(key, each.people))
            for key, each in ground.districts.items()
        ],
        "editing": editing,
    }


def _kept(editing: Editing | None) -> tuple[str, ...]:
    """What the form of changes sends on unseen: whatever it has no field for."""
    own = (*HOWS, "least", "most", "year")
    return (*own, "total", "heads") if editing else own


def _rows(request: MemberRequest, found: Allocation, query: Mapping[str, str]) -> dict[str, Any]:
    """The projects page by page, whoever loses most against the proposal first."""
    rows = sorted(found.granted, key=lambda each: (-each.cut, -each.amount))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return {"page": page, "paged": f"{urlencode(query)}&"}


def _shown(ground: Ground, scenario: Scenario, found: Allocation) -> dict[str, Any]:
    """What an allocation comes to: who gains and loses by what was set, sums, districts."""
    unchanged = Scenario(total=scenario.total)
    plain = found if scenario == unchanged else allocated(ground.asked(unchanged))
    changes = differences(plain, found) if isinstance(plain, Allocation) else ()
    return {
        "set": list(_set(ground, scenario)),
        "changes": _largest(changes),
        "more_changes": max(len(changes) - CHANGES_SHOWN, 0),
        "by_department": list(by_department(changes)),
        "departments": list(_sums(found, lambda each: each.department)),
        "fields": list(_sums(found, lambda each: each.field)),
        "evenness": evenness_of(found, ground.heads(scenario)),
    }


def _largest(changes: Sequence[Difference]) -> list[Difference]:
    """The largest changes, whoever loses most first."""
    largest = sorted(changes, key=lambda each: -abs(each.amount))[:CHANGES_SHOWN]
    return sorted(largest, key=lambda each: each.amount)


def _set(ground: Ground, scenario: Scenario) -> Iterator[tuple[str, Said, Money | None]]:
    """What people set, by what it is of."""
    names = {each.id: each.name for each in ground.requests}
    limited = {key: name for _, known in ground.limited for key, name in known.items()}
    for chosen, what, of in (
        (scenario.fixed, SET, names),
        (scenario.rigid, RIGID, names),
        (scenario.stop, STOPPING, names),
        (scenario.least, LEAST, limited),
        (scenario.most, MOST, limited),
    ):
        for key, amount in chosen.items():
            if key in of:
                yield of[key], what, None if what is RIGID else amount


def _editing(
    request: MemberRequest, ground: Ground, scenario: Scenario, found: Allocation | None
) -> Editing | None:
    """The project that the reader chose to change, as it stands now."""
    chosen = identifier_in(request.GET.get("edit", ""))
    each = next((one for one in ground.requests if chosen and one.id == str(chosen)), None)
    if each is None:
        return None
    granted = (
        next((one for one in found.granted if one.request.id == each.id), None) if found else None
    )
    amount = granted.amount if granted else scenario.of(each).fixed or each.asked
    most = max(each.base, each.asked, amount, Money(1)).to_integral_value(ROUND_CEILING)
    step = Money(10) ** max((most / STEPS).adjusted(), 0)
    most = (most / step).to_integral_value(ROUND_CEILING) * step
    dragged = (amount / step).to_integral_value() * step
    how = next((name for name in HOWS if each.id in getattr(scenario, name)), FIXED)
    return Editing(
        request=each, granted=granted, amount=amount, most=most, step=step, dragged=dragged, how=how
    )


def _sums(
    found: Allocation, named: Callable[[Request], str]
) -> Iterator[tuple[str, int, Money, Money, Money]]:
    """Of each name: how many projects, this year's money, what was proposed, what it gets."""
    inside: dict[str, list[Granted]] = {}
    for each in found.granted:
        inside.setdefault(named(each.request), []).append(each)
    for name in sorted(filter(None, inside)):
        rows = inside[name]
        base = sum((each.request.base for each in rows), start=Money(0))
        wanted = sum((each.request.asked for each in rows), start=Money(0))
        amount = sum((each.amount for each in rows), start=Money(0))
        yield name, len(rows), base, wanted, amount


def _scenarios(
    request: MemberRequest, ground: Ground, year: FiscalYear, now: Allocation | Impossible | None
) -> Iterator[Beside]:
    """What the reader kept under a name, each held against what is shown."""
    kept = [view for view in views_of(request.member, page="allocation") if view.view.query]
    for each in kept[:SCENARIOS_MAX]:
        asked = {name: values[-1] for name, values in parse_qs(each.view.query).items()}
        if asked.get("year", str(year)) != str(year):
            continue
        scenario, faults = scenario_in(asked)
        if faults:
            continue
        found = allocated(ground.asked(scenario))
        changes: tuple[Difference, ...] = ()
        if isinstance(found, Allocation) and isinstance(now, Allocation):
            changes = differences(now, found)
        losses = [change.amount for change in changes if change.amount < 0]
        yield Beside(
            name=each.view.name,
            address=each.address,
            found=found,
            losses=sum(losses, start=Money(0)),
            losers=len(losses),
        )


# ── the deed ──


@require_POST
def decide_allocation(request: MemberRequest, region: UUID) -> HttpResponse:
    """Decide on all proposals that wait, as the scenario lays them out."""
    place = readable_thing(request, "region", region)
    year = _year(request.POST.get("year", ""), request)
    scenario, wrong = scenario_in(request.POST.dict())
    if wrong:
        return _page(request, year=year, scenario=Scenario(), faults=wrong)

    def deed(given: Mapping[str, Any]) -> object:
        ground = ground_of(request.member, year)
        return actions.decide_results(
            by=request.member,
            region=place,
            proposals=_by_others(ground, request),
            document_number=given["document_number"],
            otherwise=_otherwise(ground, scenario, given),
            key=given["key"],
        )

    return take(
        request,
        DecisionForm(request.POST),
        deed,
        done=_("已决定，并写入存证。"),
        page=lambda request, *, faults: _page(request, year=year, scenario=scenario, faults=faults),
        then=f"{reverse('results')}?year={year}",
    )


def _by_others(ground: Ground, request: MemberRequest) -> list[ResultProposal]:
    """The proposals that the reader may decide on: whoever proposed doesn't decide."""
    return [row for row in ground.rows if str(row.made_by_id) != request.member.person]


def _otherwise(
    ground: Ground, scenario: Scenario, given: Mapping[str, Any]
) -> Mapping[UUID, actions.Decided]:
    """The amounts that differ from the proposals, each with the reason and what binds it."""
    reason = given["reason"].strip()
    made: dict[UUID, actions.Decided] = {}
    if not ground.rows:
        return made
    found = allocated(ground.asked(scenario))
    if isinstance(found, Impossible):
        raise Unsuitable({"total": Said(NOT_POSSIBLE.text, {"lacking": grouped(found.lacking)})})
    for row, each in zip(ground.rows, found.granted, strict=True):
        if each.amount == row.result:
            continue
        if not reason:
            raise Unsuitable({"reason": WHY})
        rule = "" if each.binding is Binding.SET else f"（{say(each.said, 'zh')}）"
        made[row.pk] = actions.Decided(
            amount=each.amount,
            reason=f"{reason}{rule}",
            document_number=given["document_number"],
        )
    return made
