"""Self-evaluations to take away: a project's, or those of all projects of a unit in one file.

What was published or drafted is stated as it was; where nothing was, as the facts say it so far.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.self_evaluating import SelfEvaluation, scored, self_evaluation_of_form
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.cycle.self_evaluating import FactsOf, facts_of
from gongzhi.cycle.self_evaluations_due import SELF_EVALUATION, newest_due, owed_in
from gongzhi.papers.forms import SELF_EVALUATION as PAPER
from gongzhi.papers.notes import of_self_evaluation
from gongzhi.papers.record import form_from_record
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.packs import load_packs
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
from gongzhi.web.pages.self_evaluation.lists import rows_for
from gongzhi.web.readable import readable_project, readable_thing
from gongzhi.web.seals import FORM_DEEDS, name_of, seals_on


@require_safe
def self_evaluation_paper(request: MemberRequest, project: UUID, ending: str) -> HttpResponse:
    """A project's self-evaluation of a year as its official form."""
    kind, thing = ending_of(ending), readable_project(request, project)
    versions = FormVersion.objects.visible_to(request.member).filter(project=thing)
    known = versions.filter(form_type=SELF_EVALUATION)
    year = year_asked(request.GET, known=known) or business_date().year
    issued = list(issued_of([thing], year=year, reader=request.member))
    about, name = f"{thing.name}-{year}", f"gongzhi-self-evaluation-{year}"
    return as_paper(PAPER, issued, ending=kind, about=about, name=name)


@require_safe
def unit_self_evaluations(request: MemberRequest, organisation: UUID, ending: str) -> HttpResponse:
    """The self-evaluations of a unit's projects for a year, as one file."""
    kind, unit = ending_of(ending), readable_thing(request, "organisation", organisation)
    nothing = FormVersion.objects.visible_to(request.member).none()
    year = year_asked(request.GET, known=nothing) or _newest(request.member, unit)
    rows = rows_for(request.member, year).filter(unit=unit).order_by("code")
    kept = list(rows.select_related("unit__parent", "unit__region")[: PAPERS_MAX + 1])
    if not 0 < len(kept) <= PAPERS_MAX:
        address = f"{reverse('self-evaluations')}?unit={unit.pk}&year={year}"
        return no_paper(request, address, kept, nothing=_("没有可以下载的绩效自评表。"))
    issued = list(issued_of(kept, year=year, reader=request.member))
    about, name = f"{unit.name}-{year}", f"gongzhi-self-evaluations-{year}"
    return as_paper(PAPER, issued, ending=kind, about=about, name=name)


def _newest(member: Member, unit: Any) -> FiscalYear:
    over = newest_due(business_date())
    own = Project.objects.visible_to(member).filter(unit=unit)
    return over if owed_in(over, own).exists() else over + 1


def issued_of(projects: Sequence[Project], *, year: FiscalYear, reader: Member) -> Iterator[Issued]:
    """The papers of projects in their order, each with how far it got and its seal."""
    newest = _newest_versions(projects, year=year, reader=reader)
    seals = seals_on(newest.values(), verbs=FORM_DEEDS)
    today = business_date()
    for known in facts_of(projects, year=year, on=today, reader=reader):
        version = newest.get(known.project.pk)
        if version is None:
            whole = scored(known.facts, pack=load_packs()[known.pack])
            yield Issued(value=whole, note=of_self_evaluation(day=today))
            continue
        with override(PAPERS_LANGUAGE):
            stage = str(version.get_stage_display())
        note = of_self_evaluation(
            day=version.published_on,
            stage=stage,
            number=version.number,
            seal=mark_of(seals.get(name_of(version))),
        )
        yield Issued(value=as_stated(version, known=known), note=note)


def as_stated(version: FormVersion, *, known: FactsOf) -> SelfEvaluation:
    """What a version states, under the names that its project goes by."""
    stated = self_evaluation_of_form(form_from_record(version.record))
    facts = known.facts
    return replace(
        stated,
        project=stated.project or facts.project,
        code=facts.code,
        department=stated.department or facts.department,
        unit=stated.unit or facts.unit,
        year=version.fiscal_year,
    )


def _newest_versions(
    projects: Sequence[Project], *, year: FiscalYear, reader: Member
) -> Mapping[UUID, FormVersion]:
    """Of each project the version in force; a draft where the reader may see it and none is."""
    rows = FormVersion.objects.visible_to(reader).filter(
        project__in=[project.pk for project in projects],
        fiscal_year=year,
        form_type=SELF_EVALUATION,
    )
    found: dict[UUID, FormVersion] = {}
    for version in rows.exclude(stage="withdrawn").with_facts().order_by("id"):
        before = found.get(version.project_id)
        if before is None or before.number is None or version.number is not None:
            found[version.project_id] = version
    return found
