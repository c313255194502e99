"""A project: what is told of it, its forms with findings and answers, the proofs of it all."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.cycle.findings import checked
from gongzhi.cycle.models import DRAFTS, Answer, FormVersion, Project
from gongzhi.papers.record import form_from_record
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.beside import beside
from gongzhi.web.checked_forms import shown_form
from gongzhi.web.clauses import clause_shown
from gongzhi.web.differences import changes
from gongzhi.web.explained import explained_of
from gongzhi.web.filled import new_key
from gongzhi.web.here import about
from gongzhi.web.history import history, stages
from gongzhi.web.pages.congress.trace import trace
from gongzhi.web.pages.participation.seen import goings_on
from gongzhi.web.pages.participation.starting import may_start
from gongzhi.web.pages.participation.voices.beside import voices_on
from gongzhi.web.pages.participation.votes.becoming import won_in
from gongzhi.web.pages.projects.told import told_of
from gongzhi.web.proofs import reason_of, sealed_deeds
from gongzhi.web.readable import readable_project
from gongzhi.web.seals import FORM_DEEDS, seals_on

PERSONAL = "H-NAME"
LATE_CLAUSE = "9.9"  # what is late is published only where a rule orders it


@require_safe
def project(request: MemberRequest, project: UUID) -> HttpResponse:
    """The project with one version of a form: the one asked for, else the newest in force."""
    thing = readable_project(request, project)
    return project_page(request, thing, chosen=_chosen(request, thing))


def project_page(
    request: MemberRequest,
    thing: Project,
    *,
    chosen: FormVersion | None,
    missing: bool = False,
) -> HttpResponse:
    """The page, after a deed that lacked something too (`missing`)."""
    side = beside(request.member, thing)
    here = about(request, thing, *([chosen] if chosen else []), *side.made_here)
    versions = history(request.member, thing)
    context = {
        **told_of(thing, member=request.member),
        "project": thing,
        "versions": versions,
        "seals": seals_on((step.version for step in versions), verbs=FORM_DEEDS),
        "deeds": here,
        "draft_form": here["draft_form"],
        "key": new_key(),
        "missing": missing,
        "here": address_of(thing, chosen),
        "beside": side,
        "voices": voices_on(request.member, thing),
        "alerts_clause": clause_shown(LATE_CLAUSE),
        "trace": trace(request.member, about=thing.thing()),
        "goings": goings_on(request.member, thing),
        "may_start": may_start(request, thing),
        "won": won_in(request.member, thing),
    }
    if chosen is not None:
        context |= _about(request, chosen)
    return render(request, "pages/project.html", context, status=422 if missing else 200)


def address_of(thing: Project, version: FormVersion | None) -> str:
    """Where the page stands, whichever deed led to it."""
    address = reverse("project", args=[thing.pk])
    return f"{address}?version={version.pk}" if version else address


def _chosen(request: MemberRequest, thing: Project) -> FormVersion | None:
    readable = thing.versions.visible_to(request.member).with_facts()
    asked = request.GET.get("version")
    if asked is None:
        newest: FormVersion | None = readable.exclude(stage="withdrawn").first()
        return newest
    found: FormVersion | None = next(
        (version for version in readable if str(version.pk) == asked), None
    )
    if found is None:
        raise Http404
    return found


def _about(request: MemberRequest, version: FormVersion) -> dict[str, object]:
    result = checked(version)
    answers = Answer.objects.visible_to(request.member).filter(version=version)
    form = shown_form(result, key="form", answers=list(answers.select_related("office")))
    before = version.replaces
    return {
        "version": version,
        "form": form,
        "stages": stages(version, findings=len(result.findings)),
        "changes": changes(form_from_record(before.record), result.form) if before else (),
        "before": before,
        "reason": reason_of(version),
        "explained": explained_of(version),
        "names_people": version.stage in DRAFTS
        and any(finding.code == PERSONAL for finding in result.findings),
        "sealed": sealed_deeds(version),
    }
