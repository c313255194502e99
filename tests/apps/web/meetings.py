"""Meetings for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import time, timedelta
from typing import Any

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.meetings import MeetingStage
from gongzhi.forum.actions import feeds
from gongzhi.forum.actions.attending import seat_to_be
from gongzhi.forum.models import (
    ActionItem,
    Attendance,
    Meeting,
    MeetingFeed,
    MeetingSeries,
    Minutes,
    MinutesPassage,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.reading import NOBODY

HELD = {
    "title": "堵点会",
    "procedure": "举手表决",
    "begins": time(9, 30),
    "minutes": 90,
    "place": "二楼会议室",
    "resident_seats": 9,
}
HOLDING = {
    "title": "堵点会",
    "begins": "09:30",
    "minutes": "90",
    "place": "二楼会议室",
    "procedure": "举手表决",
    "resident_seats": "2",
}
# How somebody's part in a meeting stands at each of its stages.
THERE = {
    MeetingStage.PLANNED: "invited",
    MeetingStage.CONVENED: "accepted",
    MeetingStage.IN_SESSION: "present",
    MeetingStage.DRAFTED: "confirmed",
    MeetingStage.PUBLISHED: "confirmed",
    MeetingStage.CANCELLED: "called_off",
}


def own_feeds(by: Member) -> Iterator[MeetingFeed]:
    """The feed of somebody's own meetings."""
    feeds.open_meeting_feed(by=by)
    yield MeetingFeed.objects.get(person=by.person)


def series(unit: city_hall.Unit) -> Iterator[MeetingSeries]:
    """One that runs, and one that has ended."""
    for stage in ("running", "ended"):
        yield MeetingSeries.objects.create(
            organiser=unit.organisation,
            nth=1,
            weekday=3,
            stage=stage,
            started_on=business_date(),
            **HELD,
        )


def meetings(unit: city_hall.Unit, other: city_hall.Unit) -> Iterator[Meeting]:
    """One at each stage; minutes are written where they can be."""
    today = business_date()
    for stage in MeetingStage:
        is_published = stage is MeetingStage.PUBLISHED
        row = Meeting.objects.create(
            organiser=unit.organisation,
            project=unit.project,
            held_on=today + timedelta(days=20) if stage is MeetingStage.PLANNED else today,
            stage=stage,
            published_on=today if is_published else None,
            adopted="先配时" if is_published else "",
            **HELD,
        )
        item = row.agenda.create(number=1, title="八处停了", minutes=15)
        for each in (unit, other):
            row.attendances.create(
                organisation=each.organisation, stage=THERE[stage], invited_on=today
            )
        if stage in {MeetingStage.DRAFTED, MeetingStage.PUBLISHED}:
            minutes = Minutes.objects.create(
                meeting=row,
                number=1,
                office=unit.officer_office,
                written_on=today - timedelta(days=30),
            )
            MinutesPassage.objects.create(minutes=minutes, item=item, text="没有谈拢")
        yield row


def attendances(unit: city_hall.Unit, other: city_hall.Unit) -> Iterator[Attendance]:
    """Those of the meetings, and a resident's; one who was there hasn't confirmed yet."""
    yield from Attendance.objects.filter(organisation=other.organisation).order_by("pk")
    drafted = Meeting.objects.get(stage="drafted")
    past = Meeting.objects.get(stage="published")
    for number, (meeting, stage) in enumerate([(drafted, "asked"), (past, "accepted")], 1):
        yield Attendance.objects.create(
            meeting=meeting,
            person=Person.objects.get(username="citizen"),
            seat=number,
            stage=stage,
            invited_on=business_date(),
        )
    silent = city_hall.unit("9", within=unit.organisation.region)
    yield Attendance.objects.create(
        meeting=Meeting.objects.get(stage="cancelled"),
        organisation=silent.organisation,
        stage="declined",
        invited_on=business_date(),
    )


def action_items(unit: city_hall.Unit) -> Iterator[ActionItem]:
    """One at each stage, given to the unit that holds the meetings."""
    today = business_date()
    for stage in ActionItem.Stage.values:
        yield ActionItem.objects.create(
            meeting=Meeting.objects.get(stage="published"),
            project=unit.project,
            organisation=unit.organisation,
            what=f"先配时 {stage}",
            assigned_on=today,
            due_on=today + timedelta(days=30),
            stage=stage,
            closed_on=today if stage in {"closed", "dropped"} else None,
        )


def _later(days: int = 30) -> str:
    return (business_date() + timedelta(days=days)).isoformat()


def _voted(_: Any) -> dict[str, str]:
    present = Attendance.objects.filter(meeting__stage="in_session")
    return {"text": "先配时、后动土", **{f"vote-{each.pk}": "for" for each in present}}


def _errand(cast: Any) -> dict[str, str]:
    return {
        "what": "十处先配时",
        "organisation": str(cast.other.organisation.pk),
        "due_on": _later(),
    }


MEETING_BODIES: Mapping[str, Any] = {
    "start_meeting_series": lambda cast: {
        **HOLDING, "invited": cast.other.organisation.code, "nth": "1", "weekday": "3",
    },
    "end_meeting_series": {"reason": "并入会商"},
    "plan_meeting": lambda cast: {
        **HOLDING,
        "invited": cast.other.organisation.name,
        "held_on": _later(),
        "agenda": "八处停了\n下月",
    },
    "add_agenda_item": {"title": "补一项"},
    "send_meeting_papers": {},
    "move_meeting": lambda _: {
        "held_on": _later(), "begins": "14:00", "place": "公交公司", "reason": "场地冲突",
    },
    "cancel_meeting": {"reason": "台风"},
    "take_seat": {},
    "record_attendance": lambda _: {
        "present": [str(pk) for pk in Attendance.objects.values_list("pk", flat=True)],
    },
    "take_up_item": {"number": "1"},
    "pass_resolution": _voted,
    "write_minutes": {"text-1": "管线迁改没谈拢"},
    "publish_minutes": lambda _: {"adopted": "先配时"},
    "assign_action_item": _errand,
    "accept_meeting": {},
    "decline_meeting": {},
    "confirm_minutes": {"number": "1"},
    "report_action_item": {"text": "四处已配时"},
    "close_action_item": {"outcome": "closed", "finding": "属实"},
}  # fmt: skip
PLANNED = frozenset({"invited", "observers", "quorum", "project", "process", "resident_seats"})
MEETING_OPTIONS: Mapping[str, frozenset[str]] = {
    "start_meeting_series": PLANNED,
    "plan_meeting": PLANNED | {"offer"},
    "add_agenda_item": frozenset({"offer", "title", "minutes"}),
    "pass_resolution": frozenset({"item"}),
    "assign_action_item": frozenset({"resolution"}),
    "report_action_item": frozenset({"changed", "is_done"}),
}


def _series_to_be(cast: Any, by: Member) -> Thing:
    return MeetingSeries(organiser=_own(cast, by), stage="running").thing()


def _meeting_to_be(cast: Any, by: Member) -> Thing:
    return Meeting(organiser=_own(cast, by), stage="planned").thing()


def _own(cast: Any, by: Member) -> Organisation:
    found: Organisation | None = Organisation.objects.filter(pk=by.organisation).first()
    return found or cast.unit.organisation


def _seat_to_be(row: Any, by: Member) -> Thing:
    thing = seat_to_be(row, person=by.person).thing()
    assert thing.owner == NOBODY
    return thing


MEETINGS_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {
    "start_meeting_series": _series_to_be,
    "plan_meeting": _meeting_to_be,
}
SEATS_OF: Mapping[str, Callable[[Any, Member], Thing]] = {"take_seat": _seat_to_be}
