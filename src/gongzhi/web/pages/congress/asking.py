"""Asking, and sending a deliberation opinion: about what, to whom, point by point, until when."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import inquiries as actions
from gongzhi.cycle.models import Evaluation, Inquiry, Project
from gongzhi.cycle.models.inquiries import HANDLED
from gongzhi.desk.things import readable
from gongzhi.parties.business_date import business_date
from gongzhi.parties.clocks import clause_with_clock
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.places import places

YEARS = (2000, 2099)
TITLE_MAX, POINTS_LENGTH_MAX, NAME_MAX, NUMBER_MAX, CODE_MAX = 200, 20_000, 200, 100, 20
ADDRESSED_MAX = 300
ANSWERS = (PartyKind.GOVERNMENT,)
DAYS = ("answer_question", "answer_opinion")
Row = Project | Evaluation | Organisation


class AskingForm(KeyForm):
    """A question: about what, to whom, point by point."""

    title = forms.CharField(max_length=TITLE_MAX)
    points = forms.CharField(max_length=POINTS_LENGTH_MAX)
    addressed = forms.UUIDField()
    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    about = forms.CharField(max_length=100, required=False)
    functional = forms.CharField(max_length=CODE_MAX, required=False)
    due_on = forms.DateField(required=False)


class OpinionForm(AskingForm):
    """An opinion: with its paper."""

    meeting = forms.CharField(max_length=NAME_MAX)
    document_number = forms.CharField(max_length=NUMBER_MAX)


@require_safe
@login_required
def asking(request: MemberRequest) -> HttpResponse:
    """The two forms, about what the address names."""
    return _page(request, name=request.GET.get("about", ""))


def _page(
    request: MemberRequest, *, name: str, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    own = own_organisation(request.member)
    here = about(request, *([to_be(own), to_be(own, stage=HANDLED)] if own else []))
    row = _about(request, name)
    named = places(request.member, [name]) if row else {}
    today = business_date()
    context: dict[str, Any] = {
        "about": name if row else "",
        "place": named.get(name),
        "ask": here["ask_question"],
        "send": here["send_opinion"],
        "addressed": _addressed(request, row),
        "chosen": request.POST.get("addressed", ""),
        "year": today.year,
        "days": {verb: (clause_with_clock(verb) or ("", None))[1] for verb in DAYS},
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/congress/asking.html", context, status=status)


def to_be(congress: Organisation, *, stage: str = "open") -> Thing:
    """A question, or an opinion, of the own organisation's to somebody in its region; not yet."""
    return Thing(
        kind="inquiry",
        id=NEW,
        owner=str(congress.pk),
        overseer=NOBODY,
        addressed=NOBODY,
        stage=stage,
        label="internal",
        regions=congress.region.line(),
    )


def _about(request: MemberRequest, name: str) -> Row | None:
    """The project, evaluation or department that is asked about, if the reader may read it."""
    row = readable(request.member, [name]).get(name) if name else None
    return row if isinstance(row, Project | Evaluation | Organisation) else None


def _addressed(request: MemberRequest, row: Row | None) -> list[Organisation]:
    """Who may be asked: first whose matter it is, then the others of the region."""
    known = Organisation.objects.visible_to(request.member).filter(kind__in=ANSWERS)
    others = known.order_by("code")[:ADDRESSED_MAX]
    unit = _whose(row)
    first = [each for each in (unit, unit.parent if unit else None) if each is not None]
    named = {each.pk for each in first}
    return [*first, *(each for each in others if each.pk not in named)]


def _whose(row: Row | None) -> Organisation | None:
    if isinstance(row, Project):
        return row.unit
    return row.evaluated if isinstance(row, Evaluation) else row


@require_POST
@login_required
def ask_question(request: MemberRequest) -> HttpResponse:
    """Ask."""
    return _send(request, actions.ask_question, form=AskingForm)


@require_POST
@login_required
def send_opinion(request: MemberRequest) -> HttpResponse:
    """Send an opinion."""
    return _send(request, actions.send_opinion, form=OpinionForm)


def _send(
    request: MemberRequest, deed: Callable[..., Inquiry], *, form: type[AskingForm]
) -> HttpResponse:
    own = own_organisation(request.member)

    def sent(given: Mapping[str, Any]) -> Inquiry:
        asking = _asked(request, given)
        congress = own or asking.addressed  # who stands nowhere asks as nobody: the deed says so
        return deed(by=request.member, asking=asking, congress=congress, key=given["key"])

    return take(
        request,
        form(request.POST),
        sent,
        done=_("已送出，并写入存证。"),
        page=lambda request, *, faults: _page(
            request, name=request.POST.get("about", ""), faults=faults
        ),
        then=reverse("congress"),
    )


def _asked(request: MemberRequest, given: Mapping[str, Any]) -> actions.Asking:
    row = _about(request, given["about"])
    if given["about"] and row is None:
        raise Http404
    known = Organisation.objects.visible_to(request.member).select_related("region")
    addressed = known.filter(pk=given["addressed"]).first()
    if addressed is None:
        raise Http404
    return actions.Asking(
        title=given["title"],
        points=tuple(given["points"].splitlines()),
        addressed=addressed,
        fiscal_year=given["fiscal_year"],
        project=row if isinstance(row, Project) else None,
        evaluation=row if isinstance(row, Evaluation) else None,
        department=row if isinstance(row, Organisation) else None,
        functional="" if isinstance(row, Project | Evaluation) else given["functional"],
        meeting=given.get("meeting", ""),
        document_number=given.get("document_number", ""),
        due_on=given["due_on"],
    )
