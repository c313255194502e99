"""A meeting: its agenda, who comes, its minutes and resolutions, what was agreed; and its deeds."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.terms import Said
from gongzhi.forum.actions import action_items, attending, meetings, minutes
from gongzhi.forum.actions.action_items import Errand
from gongzhi.forum.actions.minutes import Motion, minutes_due, silent_until
from gongzhi.forum.agenda_offers import Frame, offers_of
from gongzhi.forum.meeting_plans import ITEM_MINUTES, Topic
from gongzhi.forum.models import ActionItem, Attendance, Meeting, ResolutionVote
from gongzhi.forum.models.decided import PASSAGE_MAX, RESOLUTION_MAX, WHAT_MAX
from gongzhi.forum.models.meetings import PLACE_MAX, TEXT_MAX, TITLE_MAX
from gongzhi.forum.who_comes import draft_minutes, published_minutes, who_comes
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.meetings import meeting_rules
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import KeyForm, ReasonForm, new_key, shown
from gongzhi.web.here import NEW, about
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages.participation.meetings.seen import (
    clock_now,
    days_before,
    quorum_of_meeting,
    shown_actions,
    shown_agenda,
    shown_resolutions,
    stations,
)
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

CLAUSES = {"5.14"}
NO_ORGANISATION = Said("请选择承办单位")
NO_RESOLUTION = Said("没有这一项决议")
VOTE, TEXT, PRESENT = "vote-", "text-", "present"


class MovingForm(ReasonForm):
    """Another day or place."""

    held_on = forms.DateField()
    begins = forms.TimeField()
    place = forms.CharField(max_length=PLACE_MAX)


class ItemForm(KeyForm):
    """One thing more for the agenda: an open matter, or words."""

    offer = forms.CharField(max_length=100, required=False)
    title = forms.CharField(max_length=TITLE_MAX, required=False)
    minutes = forms.IntegerField(min_value=1, required=False)


class NumberForm(KeyForm):
    """One of the items."""

    number = forms.IntegerField(min_value=1, max_value=1000)


class MotionForm(KeyForm):
    """What is voted on; the votes come beside it."""

    text = forms.CharField(max_length=RESOLUTION_MAX)
    item = forms.IntegerField(min_value=1, max_value=1000, required=False)


class AdoptedForm(KeyForm):
    """What was adopted of what was said."""

    adopted = forms.CharField(max_length=TEXT_MAX)


class ErrandForm(KeyForm):
    """What is to be done, by whom, until when."""

    what = forms.CharField(max_length=WHAT_MAX)
    organisation = forms.UUIDField()
    due_on = forms.DateField()
    resolution = forms.IntegerField(min_value=1, max_value=1000, required=False)


@require_safe
def meeting(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """A meeting as it stands."""
    return _page(request, readable_thing(request, "meeting", meeting))


def _page(
    request: MemberRequest, row: Meeting, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    side = beside(request.member, row)
    here = about(request, row, _seat(request, row), *side.made_here)
    own = Attendance.objects.visible_to(request.member).own(request.member)
    actions = ActionItem.objects.visible_to(request.member).filter(meeting=row).with_facts()
    draft = draft_minutes(row) if here["write_minutes"] else None
    comers = who_comes(row)
    context: dict[str, Any] = {
        "meeting": row,
        "stations": stations(row),
        "clock": clock_now(row),
        "quorum": quorum_of_meeting(row),
        "agenda": shown_agenda(row, member=request.member, draft=draft),
        "comers": comers,
        "voters": [each for each in comers if each.votes and each.was_there],
        "organisations": [each.organisation for each in comers if each.organisation],
        "seats_left": attending.seats_left(row) if row.is_coming else 0,
        "attendance": own.filter(meeting=row).first(),
        "resolutions": shown_resolutions(row),
        "actions": shown_actions(actions),
        "minutes": published_minutes(row),
        "draft": draft,
        "silent_until": silent_until(draft) if draft else None,
        "due_on": minutes_due(row),
        "deeds": here,
        **_preparing(row),
        "choices": ResolutionVote.Choice.choices,
        "endings": ENDINGS.values(),
        "clauses": clauses_shown(CLAUSES),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
        "here": reverse("meeting", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/meetings/meeting.html", context, status=status)


def _preparing(row: Meeting) -> dict[str, Any]:
    """What who prepares it needs: open matters not yet on the agenda, whether papers are late."""
    known = set(row.agenda.values_list("about", flat=True))
    offers = offers_of(Frame(series=row.series, project=row.project)) if row.is_coming else []
    days = days_before(row, today=business_date())
    papers_days = meeting_rules(business_date()).papers_days
    return {
        "offers": [each for each in offers if each.about not in known],
        "papers_days": papers_days,
        "days_before": days,
        "papers_late": row.stage == Meeting.Stage.PLANNED and days < papers_days,
    }


def _seat(request: MemberRequest, row: Meeting) -> Thing:
    """A seat for a resident that could be taken; nobody's where it can't."""
    thing = attending.seat_to_be(row, person=request.member.person).thing()
    return Thing(
        kind=thing.kind,
        id=NEW,
        owner=thing.owner,
        holder=thing.holder,
        commissioner=thing.commissioner,
        stage=thing.stage,
        regions=thing.regions,
    )


# ── the deeds, each an address ──


def _take(
    request: MemberRequest,
    identifier: UUID,
    deed: Callable[[Meeting, Mapping[str, Any]], object],
    *,
    form: type[forms.Form] = KeyForm,
) -> HttpResponse:
    return step_on(request, "meeting", identifier, form(request.POST), deed, page=_page)


@require_POST
def send_meeting_papers(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Send agenda and papers."""
    return _take(
        request,
        meeting,
        lambda row, given: meetings.send_meeting_papers(by=request.member, meeting=row, **given),
    )


@require_POST
def move_meeting(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Hold it on another day, or elsewhere."""
    return _take(
        request,
        meeting,
        lambda row, given: meetings.move_meeting(by=request.member, meeting=row, **given),
        form=MovingForm,
    )


@require_POST
def cancel_meeting(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Call it off."""
    return _take(
        request,
        meeting,
        lambda row, given: meetings.cancel_meeting(by=request.member, meeting=row, **given),
        form=ReasonForm,
    )


@require_POST
def add_agenda_item(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Put one thing more on the agenda."""

    def add(row: Meeting, given: Mapping[str, Any]) -> object:
        offers = offers_of(Frame(series=row.series, project=row.project))
        offer = next((each for each in offers if each.about == given["offer"]), None)
        topic = Topic(
            title=(given["title"] or (offer.title if offer else ""))[:TITLE_MAX],
            about=offer.about if offer else "",
            minutes=given["minutes"] or ITEM_MINUTES,
        )
        return meetings.add_agenda_item(
            by=request.member, meeting=row, topic=topic, key=given["key"]
        )

    return _take(request, meeting, add, form=ItemForm)


@require_POST
def take_seat(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Take a seat for residents."""
    return _take(
        request,
        meeting,
        lambda row, given: attending.take_seat(by=request.member, meeting=row, **given),
    )


@require_POST
def record_attendance(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Write down who is there."""

    def record(row: Meeting, given: Mapping[str, Any]) -> object:
        ticked = {_identifier(each) for each in request.POST.getlist(PRESENT)}
        present = ticked & set(row.attendances.values_list("pk", flat=True))
        return attending.record_attendance(
            by=request.member, meeting=row, present=present, key=given["key"]
        )

    return _take(request, meeting, record)


@require_POST
def take_up_item(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Go on to an item."""
    return _take(
        request,
        meeting,
        lambda row, given: attending.take_up_item(by=request.member, meeting=row, **given),
        form=NumberForm,
    )


@require_POST
def pass_resolution(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Put a text to the vote."""

    def put(row: Meeting, given: Mapping[str, Any]) -> object:
        votes = {_identifier(name): said for name, said in _beside(request, VOTE) if said}
        motion = Motion(text=given["text"], votes=votes, item=given["item"])
        return minutes.pass_resolution(
            by=request.member, meeting=row, motion=motion, key=given["key"]
        )

    return _take(request, meeting, put, form=MotionForm)


@require_POST
def write_minutes(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Write down what was said."""

    def write(row: Meeting, given: Mapping[str, Any]) -> object:
        texts = {
            int(name): said[: PASSAGE_MAX + 1]
            for name, said in _beside(request, TEXT)
            if name.isascii() and name.isdigit() and len(name) <= 4
        }
        return minutes.write_minutes(by=request.member, meeting=row, texts=texts, key=given["key"])

    return _take(request, meeting, write)


@require_POST
def publish_minutes(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Publish them."""
    return _take(
        request,
        meeting,
        lambda row, given: minutes.publish_minutes(by=request.member, meeting=row, **given),
        form=AdoptedForm,
    )


@require_POST
def assign_action_item(request: MemberRequest, meeting: UUID) -> HttpResponse:
    """Give somebody something to do."""

    def give(row: Meeting, given: Mapping[str, Any]) -> object:
        return action_items.assign_action_item(
            by=request.member, meeting=row, errand=_errand(request, row, given), key=given["key"]
        )

    return _take(request, meeting, give, form=ErrandForm)


def _errand(request: MemberRequest, row: Meeting, given: Mapping[str, Any]) -> Errand:
    known = Organisation.objects.visible_to(request.member).select_related("region")
    organisation = known.filter(pk=given["organisation"]).first()
    if organisation is None:
        raise Unsuitable({"organisation": NO_ORGANISATION})
    resolution = row.resolutions.filter(number=given["resolution"]).first()
    if given["resolution"] and resolution is None:
        raise Unsuitable({"resolution": NO_RESOLUTION})
    return Errand(
        what=given["what"],
        organisation=organisation,
        due_on=given["due_on"],
        resolution=resolution,
    )


def _beside(request: HttpRequest, prefix: str) -> list[tuple[str, str]]:
    """The fields of a form whose names begin with a word, each with the rest of its name."""
    return [
        (name.removeprefix(prefix), str(value))
        for name, value in request.POST.items()
        if name.startswith(prefix)
    ]


def _identifier(word: str) -> UUID:
    """The identifier that was sent; what is none is nobody's."""
    return identifier_in(word) or UUID(int=0)
