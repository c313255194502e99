"""Goal declarations to take away: one version's, or those of all projects of a unit."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.goals.review import GoalStage
from gongzhi.cycle.models import GoalVersion
from gongzhi.cycle.official import declaration_of
from gongzhi.desk.openings import note_openings
from gongzhi.papers.forms import GOAL_DECLARATION
from gongzhi.papers.notes import of_goals
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.official_files import (
    PAPERS_LANGUAGE,
    PAPERS_MAX,
    Issued,
    as_paper,
    ending_of,
    mark_of,
    no_paper,
    year_asked,
)
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import name_of, seals_on


@require_safe
def goal_declaration(request: MemberRequest, version: UUID, ending: str) -> HttpResponse:
    """A version of goals as its official form."""
    kind, row = ending_of(ending), readable_thing(request, "goal_version", version)
    visible = GoalVersion.objects.visible_to(request.member)
    issued = list(_issued(visible.filter(pk=row.pk)))
    about = f"{row.project.name}-{row.fiscal_year}"
    name = f"gongzhi-goals-{row.fiscal_year}"
    return as_paper(GOAL_DECLARATION, issued, ending=kind, about=about, name=name)


@require_safe
def unit_declarations(request: MemberRequest, organisation: UUID, ending: str) -> HttpResponse:
    """The newest goals of each project of a unit for a year, as one file."""
    kind, unit = ending_of(ending), readable_thing(request, "organisation", organisation)
    visible = GoalVersion.objects.visible_to(request.member).filter(project__unit=unit)
    year = year_asked(request.GET, known=visible)
    rows = list(_one_of_each(visible.filter(fiscal_year=year)).with_facts()[: PAPERS_MAX + 1])
    if not 0 < len(rows) <= PAPERS_MAX:
        nothing = _("没有可以下载的绩效目标申报表。")
        return no_paper(request, f"{reverse('goals')}?unit={unit.pk}", rows, nothing=nothing)
    note_openings(by=request.member, things=[row.thing() for row in rows])
    issued = list(_issued(visible.filter(pk__in=[row.pk for row in rows])))
    about, name = f"{unit.name}-{year}", f"gongzhi-goals-{year}"
    return as_paper(GOAL_DECLARATION, issued, ending=kind, about=about, name=name)


def _one_of_each(versions: Any) -> Any:
    """Of each project the version in force, else the newest that was not taken back."""
    standing = versions.exclude(stage=GoalStage.WITHDRAWN)
    return standing.order_by("project__code", F("number").desc(nulls_last=True), "-id").distinct(
        "project__code"
    )


def _issued(versions: Any) -> Iterator[Issued]:
    """The papers of versions in their order, each with how far it got and its seal."""
    rows = list(
        versions.select_related("project__unit__parent", "project__unit__region")
        .annotate(touched_on=Max("steps__done_on"))
        .order_by("project__code")
    )
    seals = seals_on(rows)
    for row in rows:
        with override(PAPERS_LANGUAGE):
            stage = str(row.get_stage_display())
        note = of_goals(
            stage=stage,
            number=row.number,
            document_number=row.document_number,
            day=row.touched_on or row.drafted_on,
            seal=mark_of(seals.get(name_of(row))),
        )
        yield Issued(value=declaration_of(row), note=note)
