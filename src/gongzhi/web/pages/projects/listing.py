"""All projects that the reader may see, as lines with bars, filtered as a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import VISITOR, Member
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.telling import STANDINGS, Standing, amount_said, standing_of
from gongzhi.core.terms import Said
from gongzhi.cycle.described import described
from gongzhi.cycle.models import Aim, Profile, Project
from gongzhi.cycle.standing import goals_due, months_over, stands
from gongzhi.cycle.units_having import units_having
from gongzhi.cycle.years import year_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.currency import home_currency
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.indicators import load_classes
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.monitoring.seen import percent_or_dash
from gongzhi.web.pages.projects.bars import Stands, bar
from gongzhi.web.pages.projects.bars import stands as shown_standing
from gongzhi.web.pages.projects.told import functional_name
from gongzhi.web.shown import Bar, Filter

ROWS, UNITS_MAX, AIMS_MAX, DEEP = 30, 400, 300, 8
SORTED_MAX = 5_000  # so many projects are sorted faster than asked for twice
SEEN = "seen__"  # the way from a project to what was watched of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A project as a line: its class, its money in words, both bars, how it stands."""

    project: Project
    functional: str
    budget: Said | None
    money: str
    money_bar: Bar | None
    goals: str
    goals_bar: Bar | None
    stands: Stands


@require_safe
def projects(request: MemberRequest) -> HttpResponse:
    """The projects that the filters leave, the largest first."""
    about(request)
    year = year_shown(business_date())
    own = Project.objects.visible_to(request.member)
    readable = _with_what_was_seen(own, member=request.member, year=year)
    filters = _filters(own, request.GET)
    chosen = chosen_in(filters)
    rows: Any = FundedFirst(_chosen(readable, chosen, member=request.member))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "filters": filters,
        "page": page,
        "lines": list(lines(page, unit=home_currency().said)),
        "query": paged(request.GET, of="projects"),
        "filtered": any(chosen.values()),
    }
    return render(request, "pages/projects/list.html", context)


class FundedFirst:
    """Projects in the order of their budgets, the unfunded last; most pages hold funded ones alone.

    Of very many these are found by the order in which budgets are kept, without sorting all.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows

    @cached_property
    def length(self) -> int:
        """How many there are, funded or not."""
        return self.rows.count()

    def count(self) -> int:
        """The same, as a paginator asks for it."""
        return self.length

    def __getitem__(self, part: slice) -> list[Any]:
        if self.length > SORTED_MAX:
            funded = list(self.rows.filter(budget__isnull=False)[part])
            if len(funded) == part.stop - part.start:
                return funded
        return list(self.rows[part])


def _with_what_was_seen(rows: QuerySet[Any], *, member: Member, year: int | None) -> Any:
    """With a year's money and goals where they were computed, its class and aim as described."""
    seen = FilteredRelation("watched", condition=Q(watched__fiscal_year=year))
    return rows.annotate(
        seen=seen,
        functional=described("functional", reader=member, project="pk"),
    )


def _filters(readable: QuerySet[Any], asked: Mapping[str, str]) -> tuple[Filter, ...]:
    unit = identifier_in(asked.get("unit", ""))
    units = units_having(readable, at_most=UNITS_MAX, asked=unit)
    named = {str(each): name for each, name in units.items()}
    language = reader_language()
    classes = {code: each.name.in_language(language) for code, each in load_classes().items()}
    announced = Aim.objects.visible_to(VISITOR)[:AIMS_MAX]
    aims = {str(aim.pk): aim.name for aim in announced}
    standings = {str(each): _(name.text) for each, name in STANDINGS.items()}
    return (
        filter_of(_("单位"), name="unit", values={"": _("各单位")} | named, asked=asked),
        filter_of(_("做什么"), name="class", values={"": _("各类支出")} | classes, asked=asked),
        filter_of(_("为哪句承诺"), name="aim", values={"": _("各种承诺")} | aims, asked=asked),
        filter_of(_("进度"), name="state", values={"": _("各种进度")} | standings, asked=asked),
    )


def _chosen(readable: QuerySet[Any], chosen: Mapping[str, str], *, member: Member) -> Any:
    rows = readable.select_related("unit").order_by(F("seen__budget").desc(nulls_last=True), "code")
    rows = rows.annotate(
        budget=F("seen__budget"),
        money_now=F("seen__money_now"),
        goals_now=F("seen__goals_now"),
        goals_due=goals_due(SEEN),
        months_over=months_over(SEEN),
    )
    newest = Profile.objects.visible_to(member).newest()
    if chosen["unit"]:
        rows = rows.filter(unit=chosen["unit"])
    if chosen["class"]:
        of_class = newest.filter(functional__startswith=chosen["class"])
        rows = rows.filter(pk__in=of_class.values("project"))
    if chosen["aim"]:
        for_aim = newest.filter(aim__in=_within(chosen["aim"]))
        rows = rows.filter(pk__in=for_aim.values("project"))
    if chosen["state"]:
        rows = rows.filter(stands(Standing(chosen["state"]), way=SEEN))
    return rows


def _within(aim: str) -> set[str]:
    """An aim and the aims under it."""
    wider = dict(Aim.objects.visible_to(VISITOR).values_list("pk", "within"))
    found = {aim}
    for _step in range(DEEP):
        found |= {str(each) for each, within in wider.items() if str(within) in found}
    return found


def lines(rows: Any, *, unit: Said) -> Iterator[Line]:
    """Projects as lines, their money in a unit."""
    for row in rows:
        is_over = row.months_over == MONTHS
        yield Line(
            project=row,
            functional=functional_name(row.functional or ""),
            budget=amount_said(row.budget, unit=unit) if row.budget is not None else None,
            money=percent_or_dash(row.money_now),
            money_bar=bar("money", row.money_now),
            goals=percent_or_dash(row.goals_now),
            goals_bar=bar("goals", row.goals_now, due=row.goals_due),
            stands=shown_standing(standing_of(row.goals_now, due=row.goals_due, is_over=is_over)),
        )
