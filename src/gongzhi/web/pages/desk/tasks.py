"""Tasks that are given by hand: those of my organisation, one of them, giving and finishing one."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import INSTALLATION
from gongzhi.core.waiting import clock_of
from gongzhi.desk.actions import tasks as actions
from gongzhi.desk.models import Task
from gongzhi.desk.models.tasks import TEXT_MAX
from gongzhi.desk.things import readable
from gongzhi.desk.waiting import waiting_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Office, Organisation
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.here import about as page_about
from gongzhi.web.places import places
from gongzhi.web.seals import seals_on
from gongzhi.web.task_givers import Receiver, duties, receivers, task_inside

DAYS_MAX = 250
DAYS_USUAL = 10
SHOWN = 100


class TaskForm(KeyForm):
    """A task: for whom, about what, until when, by which clause."""

    to = forms.CharField(max_length=80)
    about = forms.CharField(max_length=100, required=False)
    what = forms.CharField(max_length=TEXT_MAX)
    clause = forms.CharField(max_length=10)
    working_days = forms.IntegerField(min_value=1, max_value=DAYS_MAX)


class OutcomeForm(KeyForm):
    """Finishing a task: what came of it."""

    outcome = forms.CharField(max_length=TEXT_MAX)


@require_safe
@login_required
def tasks(request: MemberRequest) -> HttpResponse:
    """The tasks of my organisation and those I gave, and a form to give one."""
    return _tasks_page(request, about=request.GET.get("about", ""))


def _tasks_page(request: MemberRequest, *, about: str, missing: bool = False) -> HttpResponse:
    shown = Task.objects.visible_to(request.member).select_related("organisation", "office")
    named = places(request.member, [about])
    own = task_inside(request.member)
    here = page_about(request, *([own] if own else []))
    listed = list(shown[:SHOWN])
    context = {
        "tasks": listed,
        "seals": seals_on(listed),
        "receivers": receivers(request.member),
        "duties": duties(),
        "give": here["assign_task"],
        "about": about if about in named else "",
        "place": named.get(about),
        "days": DAYS_USUAL,
        "key": new_key(),
        "missing": missing,
    }
    return render(request, "pages/desk/tasks.html", context, status=422 if missing else 200)


@require_safe
@login_required
def task(request: MemberRequest, task: UUID) -> HttpResponse:
    """One task, with its clock, and a form to finish it for who may."""
    return _task_page(request, _readable(request, task))


def _task_page(request: MemberRequest, shown: Task, *, missing: bool = False) -> HttpResponse:
    waiting = waiting_of(shown)
    context = {
        "task": shown,
        "seals": seals_on([shown]),
        "clock": clock_of(waiting, today=business_date(), calendar=load_calendar()),
        "clause": clause_shown(shown.clause)
        if shown.clause in charter_in_force().clauses
        else None,
        "place": places(request.member, [shown.about]).get(shown.about),
        "finish": page_about(request, shown)["finish_task"],
        "key": new_key(),
        "missing": missing,
    }
    return render(request, "pages/desk/task.html", context, status=422 if missing else 200)


@require_POST
@login_required
def assign_task(request: MemberRequest) -> HttpResponse:
    """Give a task to an organisation or an office."""
    filled = TaskForm(request.POST)
    if not filled.is_valid():
        return _tasks_page(request, about=request.POST.get("about", ""), missing=True)
    given = filled.cleaned_data
    receiver = _receiver(request, given["to"])
    if given["clause"] not in charter_in_force().clauses:
        raise Http404
    row = readable(request.member, [given["about"]]).get(given["about"])
    if given["about"] and row is None:
        raise Http404
    try:
        kept = actions.assign_task(
            by=request.member,
            about=row.thing() if row is not None else INSTALLATION,  # type: ignore[attr-defined]
            organisation=receiver.organisation,
            office=receiver.office,
            what=given["what"],
            clause=given["clause"],
            working_days=given["working_days"],
            key=given["key"],
        )
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("tasks")
    messages.success(request, _("已交办，并写入存证。"), extra_tags="kept")
    return redirect("task", kept.pk)


@require_POST
@login_required
def finish_task(request: MemberRequest, task: UUID) -> HttpResponse:
    """Say that a task is done."""
    shown = _readable(request, task)
    filled = OutcomeForm(request.POST)
    if not filled.is_valid():
        return _task_page(request, shown, missing=True)
    given = filled.cleaned_data
    try:
        actions.finish_task(
            by=request.member, task=shown, outcome=given["outcome"], key=given["key"]
        )
        messages.success(request, _("已办结，并写入存证。"), extra_tags="kept")
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
    return redirect("task", task)


def _readable(request: MemberRequest, identifier: UUID) -> Task:
    found: Task | None = (
        Task.objects.visible_to(request.member)
        .select_related("organisation__region", "office__person")
        .filter(pk=identifier)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _receiver(request: MemberRequest, name: str) -> Receiver:
    """An organisation, or an office of one's own; whether it may be given a task, the deed asks."""
    kind, _, identifier = name.partition(":")
    try:
        wanted = UUID(identifier)
    except ValueError as error:
        raise Http404 from error
    if kind == "office":
        readable_offices = Office.objects.visible_to(request.member).filter(pk=wanted)
        offices = readable_offices.select_related("organisation__region")
        found = next((each for each in offices if _is_own(request, each)), None)
        if found is not None:
            return Receiver(organisation=found.organisation, office=found)
    known = Organisation.objects.visible_to(request.member).select_related("region")
    organisation = known.filter(pk=wanted).first()
    if organisation is None:
        raise Http404
    return Receiver(organisation=organisation)


def _is_own(request: MemberRequest, office: Office) -> bool:
    return str(office.organisation_id) == request.member.organisation
