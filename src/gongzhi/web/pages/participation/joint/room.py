"""The room: all projects that several parties carry together; and starting one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import joint as actions
from gongzhi.forum.actions.joint_gifts import record_charity_licence as record_licence
from gongzhi.forum.models import CharityLicence, JointProject
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, take
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.deed_forms import deed_form, faults_sent
from gongzhi.web.pages.participation.joint.forms import LicenceForm, StartForm
from gongzhi.web.readable import readable_project, readable_thing

ROWS = 50


@require_safe
def joint_projects(request: MemberRequest) -> HttpResponse:
    """Each with who takes part and what is still needed."""
    about(request)
    stages = {str(code): str(name) for code, name in JointProject.Stage.choices}
    values = {"": _("全部"), **stages}
    filters = (filter_of(_("状态"), name="state", values=values, asked=request.GET.dict()),)
    chosen = chosen_in(filters)["state"]
    rows = JointProject.objects.visible_to(request.member).with_facts()
    rows = rows.filter(stage=chosen) if chosen else rows
    counted = rows.annotate(
        open_tasks=Count("tasks", Q(tasks__stage="open"), distinct=True),
        needs_stated=Count("needs", distinct=True),
    )
    page = Paginator(counted.order_by("-started_on", "-id"), ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": list(page),
        "query": paged(request.GET, of="joint-projects"),
        "clauses": clauses_shown({"5.20"}),
    }
    return render(request, "pages/participation/joint/room.html", context)


@require_safe
def project_joint(request: MemberRequest, project: UUID) -> HttpResponse:
    """How a project is carried jointly, and the form to begin with it."""
    return _of_project(request, readable_project(request, project))


def _of_project(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    verb = "start_joint_project"
    here = about(request, thing)
    rows = JointProject.objects.visible_to(request.member).filter(project=thing).with_facts()
    context: dict[str, Any] = {
        "project": thing,
        "rows": rows,
        "form": deed_form(request, here[verb], StartForm, address=reverse(verb, args=[thing.pk])),
        "clauses": clauses_shown({"5.20"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/joint/of_project.html", context, status=status)


@require_POST
def start_joint_project(request: MemberRequest, project: UUID) -> HttpResponse:
    """Open a project to several parties."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.start_joint_project(by=request.member, project=thing, **given)

    return take(
        request,
        StartForm(request.POST),
        deed,
        done=_("已发起，并写入存证。"),
        page=lambda request, *, faults: _of_project(request, thing, faults=faults),
        then=reverse("project-joint", args=[thing.pk]),
    )


@require_safe
def charity_licences(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """By which papers an organisation may ask the public for money."""
    return _licences(request, readable_thing(request, "organisation", organisation))


def _licences(
    request: MemberRequest, row: Organisation, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    verb = "record_charity_licence"
    here = about(request, row)
    known = CharityLicence.objects.visible_to(request.member).filter(organisation=row)
    context: dict[str, Any] = {
        "organisation": row,
        "licences": known.select_related("office__organisation"),
        "form": deed_form(request, here[verb], LicenceForm, address=reverse(verb, args=[row.pk])),
        "clauses": clauses_shown({"5.20"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/joint/licences.html", context, status=status)


@require_POST
def record_charity_licence(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Record one."""
    row = readable_thing(request, "organisation", organisation)

    def deed(given: Mapping[str, Any]) -> object:
        return record_licence(by=request.member, organisation=row, **given)

    return take(
        request,
        LicenceForm(request.POST),
        deed,
        done=_("已登记，并写入存证。"),
        page=lambda request, *, faults: _licences(request, row, faults=faults),
        then=reverse("charity-licences", args=[row.pk]),
    )
