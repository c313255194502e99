"""Starting a process: about a project or a department's money, by a template, in three clicks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.processes import ProcessTemplate, planned
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.desk.things import readable
from gongzhi.forum.actions import processes as actions
from gongzhi.forum.actions.processes import Beginning, process_to_be
from gongzhi.forum.models import Process
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.processes import load_templates
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, Here, about

TITLE_MAX, TEXT_MAX = 200, 4000
FIRST = "needs"


class StartingForm(KeyForm):
    """A process to be."""

    template = forms.CharField(max_length=40)
    project = forms.UUIDField(required=False)
    about = forms.CharField(max_length=100, required=False)
    title = forms.CharField(max_length=TITLE_MAX)
    question = forms.CharField(max_length=TEXT_MAX)
    opens_on = forms.DateField(required=False)


@require_safe
@login_required
def starting(request: MemberRequest) -> HttpResponse:
    """The templates to choose from; with one chosen, its form filled in."""
    return _page(request, _project(request, request.GET.get("project", "")))


def _page(
    request: MemberRequest, project: Project | None, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    own = own_organisation(request.member)
    here = about(request, *([_to_be(own, project)] if own else []))
    templates = load_templates()
    wanted = request.POST.get("template") or request.GET.get("template", "")
    template = templates.get(wanted)
    today = business_date()
    context: dict[str, Any] = {
        "project": project,
        "templates": list(templates.values()),
        "template": template,
        "phases": _planned(template),
        "title": _title(template, project),
        "about": _named(request, request.POST.get("about") or request.GET.get("about", "")),
        "today": today,
        "start": here["start_process"],
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/starting.html", context, status=status)


def may_start(request: MemberRequest, project: Project) -> bool:
    """Whether the reader could start a process about a project."""
    own = own_organisation(request.member)
    if own is None:
        return False
    return Here(request.member, (_to_be(own, project),))["start_process"] is not None


def _to_be(own: Organisation, project: Project | None) -> Any:
    beginning = Beginning(
        template=FIRST, title="", question="", fiscal_year=business_date().year, project=project
    )
    process: Process = process_to_be(beginning, organisation=own)
    process.pk = NEW
    return process.thing()


def _planned(template: ProcessTemplate | None) -> list[tuple[Any, Any]]:
    if template is None:
        return []
    dates = planned(template, opens_on=business_date(), calendar=load_calendar())
    return list(zip(template.phases, dates, strict=True))


def _title(template: ProcessTemplate | None, project: Project | None) -> str:
    """The title that the form proposes."""
    if template is None:
        return ""
    name = template.name.en if get_language() == "en" else template.name.zh
    return f"{project.name}：{name}" if project else name


def _named(request: MemberRequest, name: str) -> str:
    """The name of what is put to people; nothing where the reader may not see it."""
    return name if name and readable(request.member, [name]) else ""


def _project(request: MemberRequest, identifier: str) -> Project | None:
    """The project that an address or a form names; 404 where the reader may not read it."""
    if not identifier:
        return None
    wanted = identifier_in(identifier)
    known = Project.objects.visible_to(request.member).select_related("unit__region")
    found: Project | None = known.filter(pk=wanted).first() if wanted else None
    if found is None:
        raise Http404
    return found


@require_POST
@login_required
def start_process(request: MemberRequest) -> HttpResponse:
    """Start it."""
    project = _project(request, request.POST.get("project", ""))
    own = own_organisation(request.member) or (project.unit if project else None)
    if own is None:
        raise Http404  # who stands nowhere and names no project asks about nothing
    leader = own

    def sent(given: Mapping[str, Any]) -> Process:
        beginning = Beginning(
            template=given["template"],
            title=given["title"],
            question=given["question"],
            fiscal_year=business_date().year,
            project=project,
            about=_named(request, given["about"]),
            opens_on=given["opens_on"],
        )
        return actions.start_process(
            by=request.member, beginning=beginning, organisation=leader, key=given["key"]
        )

    return take(
        request,
        StartingForm(request.POST),
        sent,
        done=_("已发起，并写入存证。"),
        page=lambda request, *, faults: _page(request, project, faults=faults),
        then=reverse("processes"),
    )
