"""Planning: a single meeting with its agenda from what is open, or one each month."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.participating.meetings import Monthly
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import meetings as actions
from gongzhi.forum.agenda_offers import Frame, Offer, offers_of
from gongzhi.forum.meeting_plans import ITEM_MINUTES, ITEMS_MAX, Holding, Topic
from gongzhi.forum.models import Process
from gongzhi.forum.models.meetings import PLACE_MAX, TEXT_MAX, TITLE_MAX
from gongzhi.forum.who_comes import NTHS, WEEKDAYS
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.meetings import meeting_rules
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.readable import readable_thing

LIST_MAX = 6000
UNKNOWN_NAME = Said("没有找到“{name}”，请写单位全称或者代码，每行一个")
SEVERAL = Said("叫“{name}”的单位不止一个，请写代码")


class HoldingForm(KeyForm):
    """How a meeting is held, and who is invited."""

    title = forms.CharField(max_length=TITLE_MAX)
    begins = forms.TimeField()
    minutes = forms.IntegerField(min_value=1)
    place = forms.CharField(max_length=PLACE_MAX)
    procedure = forms.CharField(max_length=TEXT_MAX)
    invited = forms.CharField(max_length=LIST_MAX, required=False)
    observers = forms.CharField(max_length=LIST_MAX, required=False)
    resident_seats = forms.IntegerField(min_value=0, required=False)
    quorum = forms.IntegerField(min_value=1, max_value=1000, required=False)
    project = forms.UUIDField(required=False)
    process = forms.UUIDField(required=False)


class SeriesForm(HoldingForm):
    """One each month."""

    nth = forms.IntegerField(min_value=1, max_value=5)
    weekday = forms.IntegerField(min_value=1, max_value=7)


class PlanForm(HoldingForm):
    """A single one, with its agenda."""

    held_on = forms.DateField()
    agenda = forms.CharField(max_length=LIST_MAX, required=False)


def meeting_to_be(organiser: Organisation) -> Thing:
    """A meeting of the own organisation's that isn't there yet."""
    return Thing(
        kind="meeting",
        id=NEW,
        owner=str(organiser.pk),
        overseer=str(organiser.parent_id or NOBODY),
        stage="planned",
        regions=organiser.region.line(),
    )


def _series_to_be(organiser: Organisation) -> Thing:
    return Thing(
        kind="meeting_series",
        id=NEW,
        owner=str(organiser.pk),
        stage="running",
        regions=organiser.region.line(),
    )


@require_safe
@login_required
def planning(request: MemberRequest) -> HttpResponse:
    """The two forms, about the project and the process that the address names."""
    return _page(request, asked=request.GET)


def _page(
    request: MemberRequest,
    *,
    asked: Mapping[str, Any],
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    process = _process(request, asked.get("process"))
    project = process.project if process else _project(request, asked.get("project"))
    own = own_organisation(request.member)
    here = about(request, *([meeting_to_be(own), _series_to_be(own)] if own else []))
    context: dict[str, Any] = {
        "project": project,
        "process": process,
        "offers": offers_of(Frame(series=None, project=project)),
        "partners": _partners(project, own=own),
        "plan": here["plan_meeting"] if own else None,
        "start": here["start_meeting_series"] if own else None,
        "nths": list(enumerate(NTHS, start=1)),
        "weekdays": list(enumerate(WEEKDAYS, start=1)),
        "rules": meeting_rules(business_date()),
        "faults": shown(faults or {}),
        "given": request.POST,
        "chosen": request.POST.getlist("offer"),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/meetings/planning.html", context, status=status)


def _partners(project: Project | None, *, own: Organisation | None) -> list[str]:
    """Who carries the project beside the own organisation: proposed to be invited."""
    if project is None:
        return []
    partners = project.partners.select_related("organisation")
    named = [project.unit.name, *(each.organisation.name for each in partners)]
    return [name for name in dict.fromkeys(named) if own is None or name != own.name]


def _project(request: MemberRequest, named: object) -> Project | None:
    return _row(request, "project", named) if named else None


def _process(request: MemberRequest, named: object) -> Process | None:
    return _row(request, "process", named) if named else None


def _row(request: MemberRequest, kind: str, named: object) -> Any:
    identifier = identifier_in(str(named))
    if identifier is None:
        raise Http404
    return readable_thing(request, kind, identifier)


@require_POST
@login_required
def start_meeting_series(request: MemberRequest) -> HttpResponse:
    """Let the same parties meet each month."""

    def started(given: Mapping[str, Any], organiser: Organisation) -> object:
        return actions.start_meeting_series(
            by=request.member,
            holding=_holding(request, given),
            organiser=organiser,
            rule=Monthly(nth=given["nth"], weekday=given["weekday"]),
            key=given["key"],
        )

    return _send(request, SeriesForm(request.POST), started)


@require_POST
@login_required
def plan_meeting(request: MemberRequest) -> HttpResponse:
    """Plan a single one."""

    def planned(given: Mapping[str, Any], organiser: Organisation) -> object:
        holding = _holding(request, given)
        return actions.plan_meeting(
            by=request.member,
            holding=holding,
            organiser=organiser,
            held_on=given["held_on"],
            agenda=_agenda(request, given, project=holding.project),
            key=given["key"],
        )

    return _send(request, PlanForm(request.POST), planned)


def _send(request: MemberRequest, form: forms.Form, deed: Any) -> HttpResponse:
    own = own_organisation(request.member)
    if own is None:
        about(request)  # who stands nowhere plans as nobody: the deed says so
    return take(
        request,
        form,
        lambda given: deed(given, own or _nowhere(request)),
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, asked=request.POST, faults=faults),
        then=reverse("meetings"),
    )


def _nowhere(request: MemberRequest) -> Organisation:
    """Any organisation: whoever stands in none is refused by the charter."""
    found: Organisation | None = (
        Organisation.objects.visible_to(request.member).select_related("region").first()
    )
    if found is None:
        raise Http404
    return found


def _holding(request: MemberRequest, given: Mapping[str, Any]) -> Holding:
    return Holding(
        title=given["title"],
        begins=given["begins"],
        minutes=given["minutes"],
        place=given["place"],
        procedure=given["procedure"],
        project=_project(request, given["project"]),
        process=_process(request, given["process"]),
        invited=_named(request, given["invited"], field="invited"),
        observers=_named(request, given["observers"], field="observers"),
        resident_seats=given["resident_seats"] or 0,
        quorum=given["quorum"],
    )


def _named(request: MemberRequest, lines: str, *, field: str) -> tuple[Organisation, ...]:
    """The organisations that lines name, by their names or codes; raises Unsuitable."""
    known = Organisation.objects.visible_to(request.member)
    found = []
    for name in filter(None, (line.strip() for line in lines.splitlines())):
        rows = list(known.filter(Q(name=name) | Q(code=name))[:2])
        if len(rows) != 1:
            said = SEVERAL if rows else UNKNOWN_NAME
            raise Unsuitable({field: Said(said.text, {"name": name[:100]})})
        found += rows
    return tuple(found)


def _agenda(
    request: MemberRequest, given: Mapping[str, Any], *, project: Project | None
) -> list[Topic]:
    """What was ticked of the open matters, then what was written."""
    ticked = set(request.POST.getlist("offer"))
    offers = _chosen(offers_of(Frame(series=None, project=project)), ticked)
    written = filter(None, (line.strip() for line in given["agenda"].splitlines()))
    topics = [*offers, *(Topic(title=line[:TITLE_MAX], minutes=ITEM_MINUTES) for line in written)]
    return topics[: ITEMS_MAX + 1]


def _chosen(offers: Iterable[Offer], ticked: set[str]) -> list[Topic]:
    return [
        Topic(title=each.title[:TITLE_MAX], about=each.about)
        for each in offers
        if each.about in ticked
    ]
