"""Admission: the public form, and the registrar's list, decision and answer."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Said
from gongzhi.core.waiting import clock_of
from gongzhi.parties.actions import admission as actions
from gongzhi.parties.admission import TEXT_MAX, Admission, Applicant
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Region
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.sending import can_send
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.parties.waiting import waiting_of
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import KeyForm, ReasonForm, do_once, faults_of, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.limits import within_limit
from gongzhi.web.pages.refusals import too_often
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on

APPLIED_A_MINUTE_MAX = 3  # from one address
LINE_MAX = 300
ROWS = 30


class ApplicationForm(KeyForm):
    """Everything that an application says, as text; the action looks at what it says."""

    region = forms.UUIDField()
    kind = forms.CharField(max_length=20)
    name = forms.CharField(max_length=LINE_MAX)
    code = forms.CharField(max_length=40)
    purpose = forms.CharField(max_length=TEXT_MAX)
    registration_number = forms.CharField(max_length=LINE_MAX, required=False)
    competent_unit = forms.CharField(max_length=LINE_MAX, required=False)
    responsible = forms.CharField(max_length=LINE_MAX)
    person = forms.CharField(max_length=LINE_MAX)
    channel = forms.ChoiceField(choices=Channel.choices)
    address = forms.CharField(max_length=LINE_MAX)


@require_safe
def apply(request: MemberRequest) -> HttpResponse:
    """The form with which an organisation asks to take part."""
    return _form(request)


@require_POST
def apply_for_admission(request: MemberRequest) -> HttpResponse:
    """Take an application; whoever applies is answered by the channel they named."""
    if not within_limit(request, act="apply", times_a_minute=APPLIED_A_MINUTE_MAX):
        return too_often(request)
    filled = ApplicationForm(request.POST)
    if not filled.is_valid():
        return _form(request, faults=faults_of(filled))
    given = filled.cleaned_data
    region = readable_thing(request, "region", given.pop("region"))
    try:
        kept = actions.apply_for_admission(
            by=request.member,
            region=region,
            application=_application(given),
            key=given["key"],
        )
    except Unsuitable as unsuitable:
        return _form(request, faults=unsuitable.faults)
    except AlreadyDone:
        messages.info(request, _("这份申请已经收到，没有再收一次。"), extra_tags="watch")
        return redirect("organisations")
    return render(request, "pages/people/applied.html", {"admission": kept})


def _application(given: Mapping[str, str]) -> actions.Application:
    return actions.Application(
        kind=given["kind"],
        name=given["name"],
        code=given["code"],
        purpose=given["purpose"],
        registration_number=given["registration_number"],
        competent_unit=given["competent_unit"],
        applicant=Applicant(
            responsible=given["responsible"],
            name=given["person"],
            channel=given["channel"],
            address=given["address"],
            language=get_language() or "",
        ),
    )


def _form(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    context = {
        "deeds": about(request),
        "regions": _regions(request),
        "kinds": Admission.Kind.choices,
        "channels": [c for c in Channel.choices if can_send(c[0])] or Channel.choices,
        "given": request.POST,
        "faults": shown(faults or {}),
        "due": due_by_clause(actions.DECIDING, opened_on=business_date()),
        "key": new_key(),
    }
    return render(request, "pages/people/apply.html", context, status=422 if faults else 200)


def _regions(request: MemberRequest) -> QuerySet[Region]:
    return Region.objects.visible_to(request.member)


@require_safe
@login_required
def admissions(request: MemberRequest) -> HttpResponse:
    """The applications, those that wait first, each with its clock."""
    about(request)
    readable = Admission.objects.visible_to(request.member)
    waiting = readable.waiting()
    calendar, today = load_calendar(), business_date()
    page = Paginator(readable.decided(), ROWS).get_page(request.GET.get("page"))
    context = {
        "waiting": [
            (each, clock_of(waiting_of(each), today=today, calendar=calendar)) for each in waiting
        ],
        "page": page,
        "seals": seals_on([*waiting, *page]),
        "query": "",
    }
    return render(request, "pages/people/admissions.html", context)


@require_safe
def admission(request: MemberRequest, admission: UUID) -> HttpResponse:
    """One application, with a form to decide on it for who may."""
    return _page(request, readable_thing(request, "admission", admission))


@require_POST
def admit_organisation(request: MemberRequest, admission: UUID) -> HttpResponse:
    """Let the organisation take part; its first person is invited."""
    row = readable_thing(request, "admission", admission)
    filled = KeyForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.admit_organisation(
            by=request.member,
            admission=row,
            site=f"{request.scheme}://{request.get_host()}",
            key=filled.cleaned_data["key"],
        ),
        done=_("已接纳，邀请已经发出，并写入存证。"),
    )
    return redirect("admission", row.pk)


@require_POST
def decline_admission(request: MemberRequest, admission: UUID) -> HttpResponse:
    """Say no, with the reason and how to make it good."""
    row = readable_thing(request, "admission", admission)
    filled = ReasonForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    do_once(
        request,
        lambda: actions.decline_admission(by=request.member, admission=row, **filled.cleaned_data),
        done=_("已答复申请人，并写入存证。"),
    )
    return redirect("admission", row.pk)


def _page(
    request: MemberRequest, row: Admission, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    waiting = waiting_of(row)
    context = {
        "admission": row,
        "applicant": row.taken_out(),
        "seals": seals_on([row]),
        "clock": clock_of(waiting, today=business_date(), calendar=load_calendar()),
        "clause": clause_shown(waiting.clause) if waiting.clause else None,
        "deeds": about(request, row),
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/people/admission.html", context, status=422 if faults else 200)
