"""A number of a project: made again from its rows, with its parts, its papers, its hands."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.figure import Figure, Part
from gongzhi.core.monitoring.answering import FIGURES, answered
from gongzhi.core.monitoring.case import Case
from gongzhi.cycle.kept_figures import kept_value
from gongzhi.cycle.models import Project, Watched
from gongzhi.cycle.recomputing import Recomputed, come_since, recomputed
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.web.figures import figure_address
from gongzhi.web.here import about
from gongzhi.web.pages.figures.answer import (
    Answer,
    Check,
    measure_of,
    shown_parts,
    text_of,
    work_of,
)
from gongzhi.web.pages.figures.asked import Asked, asked_in
from gongzhi.web.pages.figures.behind import Behind, Wanted, behind
from gongzhi.web.pages.figures.checking import checked, promised, shown_since
from gongzhi.web.pages.figures.facts import FACTS, fact_answer
from gongzhi.web.pages.figures.hands import hands_of
from gongzhi.web.pages.figures.page import answer_page
from gongzhi.web.pages.figures.sources import rule_source
from gongzhi.web.pages.monitoring.seen import watching_deed
from gongzhi.web.places import Place
from gongzhi.web.readable import readable_project

ROUTE = "project-figure"
PROMISED = ("plan", "target", "due")  # what approved goals say, and nothing else
FORESEEN = ("money-forecast", "goals-forecast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Of which year and as of which day a number is told; what was kept then, if it still is."""

    year: int
    on: date
    kept: Watched | None


@require_safe
def project_figure(request: MemberRequest, project: UUID, figure: str) -> HttpResponse:
    """The answer to a number of a project, or to one row of facts about it."""
    thing, asked = readable_project(request, project), asked_in(request.GET)
    about(request, thing)
    if figure in FACTS:
        return answer_page(request, fact_answer(request, thing, kind=figure, row=asked.row))
    if figure not in FIGURES:
        raise Http404
    moment = moment_of(request, thing, asked)
    name = asked.name(figure)
    (again,) = recomputed([thing.pk], year=moment.year, on=moment.on, foresee=figure in FORESEEN)
    found = answered(again.case, name)
    if found is None:
        raise Http404
    rows = behind(
        Wanted(
            request=request,
            project=thing,
            figure=found,
            case=again.case,
            year=moment.year,
            on=moment.on,
            asked=asked,
        )
    )
    return answer_page(request, _answer(request, thing, found, again, moment, rows), rows=rows)


def moment_of(request: MemberRequest, thing: Project, asked: Asked) -> Moment:
    """The year and the day that are asked for; the newest that was kept, if none are."""
    kept = Watched.objects.visible_to(request.member).filter(project=thing)
    if asked.year is not None:
        kept = kept.filter(fiscal_year=asked.year)
    newest = kept.order_by("-fiscal_year").first()
    today = business_date()
    on = asked.on or (newest.on if newest else today)
    year = asked.year or (newest.fiscal_year if newest else on.year)
    if on > today or on.year < year:
        raise BadRequest
    return Moment(year=year, on=on, kept=newest if newest and newest.on == on else None)


def _answer(
    request: MemberRequest,
    thing: Project,
    found: Figure,
    again: Recomputed,
    moment: Moment,
    rows: Behind,
) -> Answer:
    deed = watching_deed(request.member, year=moment.year, on=moment.on)
    kept = kept_value(moment.kept, found.name) if moment.kept else None
    value = found.value if kept is None else kept
    parts = rows.parts or found.parts
    addresses = [_address(thing, part, again.case, moment) for part in parts]
    deeds = [*rows.deeds, *([deed] if deed else [])]
    return Answer(
        title=found.title,
        about=Place(name=thing.name, address=_monitoring(thing, moment)),
        text=text_of(value, found.unit),
        measure=measure_of(found),
        on=moment.on,
        month=found.name.month,
        formula=found.formula,
        work=work_of(replace(found, parts=parts)),
        check=_of_goals(found, rows) or _check(request, thing, found, moment, deed),
        parts=() if rows.shown else shown_parts(parts, addresses),
        weighted=any(part.weight is not None for part in parts),
        sources=(*rows.sources, rule_source(again.rules)),
        hands=hands_of(request.member, deeds),
    )


def _monitoring(thing: Project, moment: Moment) -> str:
    return f"{reverse('project-monitoring', args=[thing.pk])}?year={moment.year}"


def _of_goals(found: Figure, rows: Behind) -> Check | None:
    """A number that goals alone make: whether they are as they were approved."""
    if found.name.what not in PROMISED or rows.goals is None:
        return None
    return promised(rows.goals, rows.deeds)


def _check(
    request: MemberRequest, thing: Project, found: Figure, moment: Moment, deed: Deed | None
) -> Check:
    kept = kept_value(moment.kept, found.name) if moment.kept else None
    newer = come_since(thing.pk, year=moment.year, deed=deed) if deed and moment.kept else ()
    return checked(found, kept, on=moment.on, since=shown_since(request, newer))


def _address(thing: Project, part: Part, case: Case, moment: Moment) -> str:
    """The address of a part's own answer, on the same day; nothing where it has none."""
    if part.figure is None or answered(case, part.figure) is None:
        return ""
    return figure_address(
        ROUTE,
        thing.pk,
        part.figure.what,
        year=moment.year,
        month=part.figure.month,
        indicator=part.figure.indicator,
        on=moment.on,
    )
