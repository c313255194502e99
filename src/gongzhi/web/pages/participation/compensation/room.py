"""The ledger: sums of every project for everybody, each compensation for those who may read it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Project
from gongzhi.forum.compensation_sums import PublicSums, compensated_projects, public_sums
from gongzhi.forum.models import Compensation
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.compensation.files import compensation_file
from gongzhi.web.pages.participation.compensation.shown import shown_compensations
from gongzhi.web.table_files import file_asked

ROWS, PROJECTS = 50, 100
LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSums:
    """A project with what everybody is told of its compensation."""

    project: Project
    sums: PublicSums


@require_safe
def compensations(request: MemberRequest) -> HttpResponseBase:
    """The ledger as its reader sees it; `?file=` is the same as a table."""
    about(request)
    today = business_date()
    stages = {str(code): str(name) for code, name in Compensation.Stage.choices}
    values = {"": _("全部"), LATE: _("有逾期"), **stages}
    filters = (filter_of(_("状态"), name="state", values=values, asked=request.GET.dict()),)
    chosen = chosen_in(filters)["state"]
    rows = Compensation.objects.visible_to(request.member)
    if chosen == LATE:
        rows = rows.late(today=today)
    elif chosen:
        rows = rows.filter(stage=chosen)
    whole = rows.with_facts().order_by("project", "id")
    if kind := file_asked(request.GET.get("file", "")):
        return compensation_file(whole, kind=kind, today=today)
    page = Paginator(whole, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": shown_compensations(list(page), today=today),
        "late": Compensation.objects.visible_to(request.member).late(today=today).count(),
        "projects": _projects(request, today=today),
        "query": paged(request.GET, of="compensations"),
        "clauses": clauses_shown({"7.4", "7.6", "7.7"}),
    }
    return render(request, "pages/participation/compensation/room.html", context)


def _projects(request: MemberRequest, *, today: date) -> list[ProjectSums]:
    """The projects with compensation that the reader may view, with what everybody is told."""
    rows = Project.objects.visible_to(request.member).filter(pk__in=compensated_projects())
    projects = list(rows.select_related("unit").order_by("-pk")[:PROJECTS])
    sums = public_sums((each.pk for each in projects), today=today)
    return [ProjectSums(project=each, sums=sums[each.pk]) for each in projects]
