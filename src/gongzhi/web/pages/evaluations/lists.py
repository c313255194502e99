"""Evaluations as a list, filtered as a sentence: by year, stage, kind and kind of party."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.terms import Text
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.cycle.evaluation_waiting import due_of
from gongzhi.cycle.models import Evaluation
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.evaluation import evaluation_packs, load_evaluation
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.evaluations.seen import kind_name
from gongzhi.web.shown import Filter

ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvaluation:
    """A line of the list."""

    row: Evaluation
    kind: Text
    clock: Clock | None


@require_safe
def evaluations(request: MemberRequest) -> HttpResponse:
    """The evaluations that the reader may see."""
    about(request)
    visible = Evaluation.objects.visible_to(request.member)
    filters = _filters(request, visible)
    rows = _chosen(visible, chosen_in(filters)).with_facts().prefetch_related("steps")
    page = Paginator(rows.order_by("-fiscal_year", "-id"), ROWS).get_page(request.GET.get("page"))
    today, calendar = business_date(), load_calendar()

    def line(row: Evaluation) -> ShownEvaluation:
        waiting = due_of(row, today=today)
        clock = clock_of(waiting, today=today, calendar=calendar) if waiting else None
        return ShownEvaluation(row=row, kind=kind_name(row), clock=clock)

    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": [line(row) for row in page],
        "query": paged(request.GET, of="evaluations"),
        "clauses": [clause_shown("4.14"), clause_shown("5.4")],
    }
    return render(request, "pages/evaluations/list.html", context)


def _filters(request: MemberRequest, visible: Any) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    years = {"": _("各年度"), **{str(year): str(year) for year in years_of(visible)}}
    stages = {str(code): str(name) for code, name in Evaluation.Stage.choices}
    parties = {str(code): str(name) for code, name in Organisation.Kind.choices}
    return (
        filter_of(_("年度"), name="year", values=years, asked=asked),
        filter_of(_("状态"), name="stage", values={"": _("各种状态"), **stages}, asked=asked),
        filter_of(_("类别"), name="kind", values={"": _("各类评价"), **_kinds()}, asked=asked),
        filter_of(_("评价的一方"), name="party", values={"": _("各方"), **parties}, asked=asked),
    )


def _kinds() -> Mapping[str, str]:
    """What is evaluated by frames, as the packs call it."""
    language = reader_language()
    return {
        kind.code: kind.name.in_language(language)
        for pack in evaluation_packs()
        for kind in load_evaluation(pack).kinds
        if kind.frame
    }


def _chosen(visible: Any, chosen: Mapping[str, str]) -> Any:
    rows = visible
    if chosen["year"]:
        rows = rows.filter(fiscal_year=int(chosen["year"]))
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    if chosen["party"]:
        rows = rows.filter(evaluator__kind=chosen["party"])
    if chosen["stage"]:
        return rows.filter(stage=chosen["stage"])
    return rows.that_stand()
