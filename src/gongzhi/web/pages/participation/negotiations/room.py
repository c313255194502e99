"""All negotiations; and opening one about a project."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.models import Negotiation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, take
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form, faults_sent
from gongzhi.web.pages.participation.negotiations.cells import (
    CellRow,
    CellTable,
    Filling,
    faults_at,
)
from gongzhi.web.pages.participation.negotiations.forms import (
    CRITERIA,
    CRITERION_MAX,
    FIGURES_MAX,
    NAME_MAX,
    PLANS,
    OpenForm,
)
from gongzhi.web.readable import readable_project

OPENING = "open_negotiation"
ROWS = 50


@require_safe
def negotiations(request: MemberRequest) -> HttpResponse:
    """Each with how far it got."""
    about(request)
    stages = {str(code): str(name) for code, name in Negotiation.Stage.choices}
    values = {"": _("全部"), **stages}
    filters = (filter_of(_("状态"), name="state", values=values, asked=request.GET.dict()),)
    chosen = chosen_in(filters)["state"]
    rows = Negotiation.objects.visible_to(request.member)
    rows = rows.filter(stage=chosen) if chosen else rows
    ordered = rows.with_facts().order_by("-opened_on", "-id")
    page = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "rows": list(page),
        "query": paged(request.GET, of="negotiations"),
        "clauses": clauses_shown({"7.1", "7.3"}),
    }
    return render(request, "pages/participation/negotiations/room.html", context)


@require_safe
def project_negotiations(request: MemberRequest, project: UUID) -> HttpResponse:
    """Those about a project, and the form to open one."""
    return _of_project(request, readable_project(request, project))


def _of_project(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, thing)
    rows = Negotiation.objects.visible_to(request.member).filter(project=thing).with_facts()
    address = reverse(OPENING, args=[thing.pk])
    form = deed_form(request, here[OPENING], OpenForm, address=address, faults=faults)
    context: dict[str, Any] = {
        "project": thing,
        "rows": rows,
        "form": form,
        "tables": () if form is None else _opening_tables(request, form, faults=faults),
        "clauses": clauses_shown({"7.1", "7.2", "7.3"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    template = "pages/participation/negotiations/of_project.html"
    return render(request, template, context, status=status)


def _opening_tables(
    request: MemberRequest, form: DeedForm, *, faults: Mapping[str, Said] | None
) -> Iterator[CellTable]:
    """The plans with their figures; what they are looked at for."""
    filling = Filling.of(form, request, faults=faults)
    name, figures, criterion = _("名称"), _("主要数字"), _("标准")
    texts = (("name_{}", name, NAME_MAX), ("figures_{}", figures, FIGURES_MAX))
    yield CellTable(
        name="options",
        caption=_("有哪些方案（至少两个）"),
        hint=_("如：原址重建，造价 5200 万元，工期 24 个月。"),
        columns=[name, figures],
        rows=[_text_row(filling, code, texts) for code in PLANS],
    )
    yield CellTable(
        name="criteria",
        caption=_("按哪些标准看方案（可以不填）"),
        hint=_("各方对每项标准写权重、给方案打分，如：噪声、过渡期长短、文物保护。"),
        columns=[criterion],
        rows=[
            _text_row(filling, str(number), [("criterion_{}", criterion, CRITERION_MAX)])
            for number in CRITERIA
        ],
    )


def _text_row(filling: Filling, head: str, cells: Sequence[tuple[str, str, int]]) -> CellRow:
    """A row of texts; the names of its fields end in what the row is called."""
    return CellRow(
        head=head,
        cells=[
            filling.cell(name.format(head), head, column, kind="text", most=most)
            for name, column, most in cells
        ],
    )


@require_POST
def open_negotiation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Open one."""
    thing = readable_project(request, project)
    form = OpenForm(request.POST)

    def deed(given: Mapping[str, Any]) -> object:
        known = Organisation.objects.visible_to(request.member)
        opened = actions.Opened(
            title=given["title"],
            question=given["question"],
            mediator=known.filter(name=given["mediator"].strip()).first(),
            options=form.plans(),
            criteria=form.criteria(),
        )
        with faults_at({"options": "name_A", "criteria": "criterion_1"}):
            return actions.open_negotiation(
                by=request.member, project=thing, opened=opened, key=given["key"]
            )

    return take(
        request,
        form,
        deed,
        done=_("已开始，并写入存证；名单从今天起接受补充。"),
        page=lambda request, *, faults: _of_project(request, thing, faults=faults),
        then=reverse("project-negotiations", args=[thing.pk]),
    )
