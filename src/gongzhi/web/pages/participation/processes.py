"""Processes: the list, and one with its phases, what goes on in it, and what became of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.processes import PhaseDates, PhaseState
from gongzhi.core.terms import Said
from gongzhi.cycle.years import years_of
from gongzhi.forum.actions import processes as actions
from gongzhi.forum.models import Process, Stakeholder
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.processes import load_templates
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import ExplainedForm, KeyForm, new_key, shown
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.here import about
from gongzhi.web.pages.participation.opinion_grounds import common_ground_in
from gongzhi.web.pages.participation.seen import goings_on, shown_process, shown_processes
from gongzhi.web.places import places
from gongzhi.web.readable import readable_thing
from gongzhi.web.shown import Filter
from gongzhi.web.stepping import step_on

ROWS, TEXT_MAX, REASON_MAX, PHASES_MAX = 50, 4000, 2000, 12


class MovingForm(KeyForm):
    """The dates of all phases, in their order, and why they change."""

    reason = forms.CharField(max_length=REASON_MAX)

    def __init__(self, data: Any, *, phases: list[PhaseDates]) -> None:
        super().__init__(data)
        for number, _phase in enumerate(phases, start=1):
            self.fields[f"opens_{number}"] = forms.DateField()
            self.fields[f"closes_{number}"] = forms.DateField()


class AccountForm(KeyForm):
    """What became of a process."""

    account = forms.CharField(max_length=TEXT_MAX)


@require_safe
def processes(request: MemberRequest) -> HttpResponse:
    """All processes that the reader may see, filtered as a sentence."""
    visible = Process.objects.visible_to(request.member)
    filters = _filters(request, visible)
    chosen = chosen_in(filters)
    rows = visible.filter(**{name: value for name, value in chosen.items() if value})
    ordered = rows.with_facts().order_by("-started_on", "-id")
    page = Paginator(ordered, ROWS).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": shown_processes(page),
        "query": paged(request.GET, of="processes"),
        "clauses": clauses_shown({"5.16"}),
    }
    return render(request, "pages/participation/processes.html", context)


def _filters(request: MemberRequest, visible: Any) -> tuple[Filter, ...]:
    asked = request.GET.dict()
    years = {"": _("各年度"), **{str(year): str(year) for year in years_of(visible)}}
    english = get_language() == "en"
    named = {c: t.name.en if english else t.name.zh for c, t in load_templates().items()}
    stages = {str(code): str(name) for code, name in Process.Stage.choices}
    return (
        filter_of(_("年度"), name="fiscal_year", values=years, asked=asked),
        filter_of(_("种类"), name="template", values={"": _("各种过程"), **named}, asked=asked),
        filter_of(_("状态"), name="stage", values={"": _("各种状态"), **stages}, asked=asked),
    )


@require_safe
def process(request: MemberRequest, process: UUID) -> HttpResponse:
    """A process: where it stands, what goes on in it, what became of it."""
    return _page(request, readable_thing(request, "process", process))


def _page(
    request: MemberRequest, row: Process, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, *side.made_here)
    affected = Stakeholder.objects.visible_to(request.member).with_facts()
    context: dict[str, Any] = {
        "shown": shown_process(row),
        "process": row,
        "place": places(request.member, [row.about]).get(row.about) if row.about else None,
        "grounds": common_ground_in(request.member, row),
        "goings": goings_on(request.member, row),
        "affected": affected.filter(project=row.project_id) if row.project_id else (),
        "steps": row.steps.select_related("office__organisation"),
        "movable": _movable(row),
        "deeds": here,
        "clauses": clauses_shown({"5.16"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/process.html", context, status=status)


def _movable(row: Process) -> list[tuple[int, PhaseDates, bool]]:
    """The phases by number; whether their dates may still change."""
    today = business_date()
    return [
        (number, each, each.state(today) is not PhaseState.PAST)
        for number, each in enumerate(row.dates(), start=1)
    ]


# ── the deeds, each an address ──


@require_POST
def move_phases(request: MemberRequest, process: UUID) -> HttpResponse:
    """Give phases other dates."""
    was = list(readable_thing(request, "process", process).dates())

    def step(row: Process, given: Mapping[str, Any]) -> object:
        phases = [
            PhaseDates(code=each.code, opens_on=given[f"opens_{n}"], closes_on=given[f"closes_{n}"])
            for n, each in enumerate(was, start=1)
        ]
        return actions.move_phases(
            by=request.member,
            process=row,
            phases=phases,
            reason=given["reason"],
            key=given["key"],
        )

    filled = MovingForm(request.POST, phases=was)
    return step_on(request, "process", process, filled, step, page=_page)


@require_POST
def conclude_process(request: MemberRequest, process: UUID) -> HttpResponse:
    """End it with its account."""
    return step_on(
        request,
        "process",
        process,
        AccountForm(request.POST),
        lambda row, given: actions.conclude_process(by=request.member, process=row, **given),
        page=_page,
    )


@require_POST
def withdraw_process(request: MemberRequest, process: UUID) -> HttpResponse:
    """Take it back."""
    return step_on(
        request,
        "process",
        process,
        ExplainedForm(request.POST),
        lambda row, given: actions.withdraw_process(by=request.member, process=row, **given),
        page=_page,
    )
