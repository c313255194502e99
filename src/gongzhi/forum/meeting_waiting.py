"""What waits about meetings: to be answered, prepared, recorded, confirmed, published, done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.participating.meetings import AttendanceStage, MeetingStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.actions.minutes import minutes_due
from gongzhi.forum.models import ActionItem, Attendance, Meeting
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.participation.meetings import meeting_rules

# What is done next with a meeting, by its stage.
NEXT = {
    MeetingStage.PLANNED: ("send_meeting_papers", Said("送达会议材料")),
    MeetingStage.CONVENED: ("record_attendance", Said("登记到会情况")),
    MeetingStage.IN_SESSION: ("write_minutes", Said("写会议记录")),
    MeetingStage.DRAFTED: ("publish_minutes", Said("公布会议记录和采纳情况")),
}
SHOWN_BEFORE = timedelta(days=14)  # papers are nobody's work months before the meeting


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """Whether one comes, which minutes to confirm; what one holds; what was given to do."""
    mine = Attendance.objects.visible_to(member).own(member).with_facts()
    asked = Q(stage=AttendanceStage.INVITED) & Q(meeting__stage__in=["planned", "convened"])
    to_confirm = Q(stage=AttendanceStage.ASKED, meeting__stage=MeetingStage.DRAFTED)
    yield Queue.of(answer_due, mine.filter(asked | to_confirm))
    if member.organisation is None:
        return
    held = _to_hold(Meeting.objects.visible_to(member), today=today)
    own = held.filter(organiser=member.organisation).with_facts()
    yield Queue.of(meeting_due, own)
    items = ActionItem.objects.visible_to(member).undone().with_facts()
    yield Queue.of(item_due, items.filter(organisation=member.organisation, stage="open"))
    yield Queue.of(item_due, items.filter(meeting__organiser=member.organisation, stage="reported"))


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What others have to do since a meeting, and minutes that others have to publish."""
    items = ActionItem.objects.visible_to(member).filter(stage="open")
    after = Meeting.objects.visible_to(member).filter(stage__in=["in_session", "drafted"])
    if member.organisation is not None:
        items = items.exclude(organisation=member.organisation)
        after = after.exclude(organiser=member.organisation)
    yield Queue.of(item_due, items.with_facts())
    yield Queue.of(meeting_due, after.with_facts())


def _to_hold(meetings: QuerySet[Any], *, today: date) -> Any:
    """Meetings with which something is to be done now."""
    ahead = today + SHOWN_BEFORE
    return meetings.filter(
        Q(stage__in=["in_session", "drafted"])
        | Q(stage="planned", held_on__lte=ahead)
        | Q(stage="convened", held_on__lte=today)
    )


def papers_due(meeting: Meeting) -> date:
    """The day on which the papers are to be with whoever is invited."""
    days = meeting_rules(meeting.held_on).papers_days
    day: date = meeting.held_on - timedelta(days=days)
    return day


def answer_due(attendance: Attendance) -> Waiting:
    """Somebody's answer to an invitation, or to the minutes."""
    is_invited = attendance.stage == AttendanceStage.INVITED
    verb = "accept_meeting" if is_invited else "confirm_minutes"
    return Waiting(
        verb=verb,
        thing=attendance.thing(),
        said=Said("回复是否参加会议") if is_invited else Said("确认会议记录"),
        title=str(attendance.meeting),
        organisation=str(attendance.organisation_id) if attendance.organisation_id else None,
        person=str(attendance.person_id) if attendance.person_id else None,
        opened_on=attendance.invited_on,
        due_on=attendance.meeting.held_on if is_invited else minutes_due(attendance.meeting),
        clause=clause_of(verb),
    )


def meeting_due(meeting: Meeting) -> Waiting:
    """What its organiser has to do with a meeting that isn't over."""
    stage = MeetingStage(meeting.stage)
    verb, said = NEXT[stage]
    due = {MeetingStage.PLANNED: papers_due(meeting), MeetingStage.CONVENED: meeting.held_on}
    opened = {MeetingStage.PLANNED: papers_due(meeting)}
    return Waiting(
        verb=verb,
        thing=meeting.thing(),
        said=said,
        title=str(meeting),
        organisation=str(meeting.organiser_id),
        opened_on=opened.get(stage, meeting.held_on),
        due_on=due.get(stage) or minutes_due(meeting),
        clause=clause_of(verb),
    )


def item_due(item: ActionItem) -> Waiting:
    """An action item: to be done, or to be found done."""
    is_open = item.stage == ActionItem.Stage.OPEN
    verb = "report_action_item" if is_open else "close_action_item"
    return Waiting(
        verb=verb,
        thing=item.thing(),
        said=Said("办理会议议定的事") if is_open else Said("核定会议议定的事是否办结"),
        title=item.what,
        organisation=str(item.organisation_id if is_open else item.meeting.organiser_id),
        opened_on=item.assigned_on,
        due_on=item.due_on if is_open else None,
        clause=clause_of(verb),
    )
