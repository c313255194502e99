"""The room: what is asked of the market now, and what became of earlier questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.participating.market import MarketRules
from gongzhi.forum.models import MarketQuestion, MarketRange
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.market import market_rules
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about

ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """A question with the newest range that was told."""

    row: MarketQuestion
    told: MarketRange | None


@require_safe
def market(request: MemberRequest) -> HttpResponse:
    """What firms are asked, what was told of it."""
    about(request)
    stages = {str(code): str(name) for code, name in MarketQuestion.Stage.choices}
    values = {"": _("全部"), **stages}
    filters = (filter_of(_("状态"), name="state", values=values, asked=request.GET.dict()),)
    chosen = chosen_in(filters)["state"]
    rows = MarketQuestion.objects.visible_to(request.member)
    rows = rows.filter(stage=chosen) if chosen else rows
    ordered = rows.with_facts().order_by("-stage", "-asked_on", "-id")
    page = Paginator(with_ranges(ordered, member=request.member), ROWS).get_page(
        request.GET.get("page")
    )
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": shown_questions(page),
        "query": paged(request.GET, of="market"),
        "rules": rules_today(),
        "clauses": clauses_shown({"2.7", "8.6"}),
    }
    return render(request, "pages/participation/market/room.html", context)


def with_ranges(rows: Any, *, member: Member) -> Any:
    """Questions with their ranges, the newest first."""
    told = MarketRange.objects.visible_to(member).order_by("-number")
    return rows.prefetch_related(Prefetch("ranges", told))


def shown_questions(rows: Iterable[MarketQuestion]) -> list[ShownQuestion]:
    """Questions as lists show them."""
    return [ShownQuestion(row=row, told=next(iter(row.ranges.all()), None)) for row in rows]


def rules_today() -> MarketRules:
    """What is told of figures in confidence, as the rules of today say."""
    return market_rules(business_date())
