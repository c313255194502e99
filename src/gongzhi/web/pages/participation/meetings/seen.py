"""A meeting as pages show it: its course, its quorum in words, its agenda with what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.participating.meetings import MeetingStage, Quorum
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.desk.models import Attachment
from gongzhi.forum.actions.attending import quorum_now
from gongzhi.forum.meeting_waiting import NEXT, item_due, meeting_due
from gongzhi.forum.models import (
    ActionItem,
    ActionReport,
    AgendaItem,
    Meeting,
    Minutes,
    Resolution,
)
from gongzhi.forum.who_comes import NTHS, Voted, votes_on, weekday_said
from gongzhi.parties.business_date import business_date
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.places import Place, places
from gongzhi.web.shown import Stage as Station

WAY = (
    MeetingStage.PLANNED,
    MeetingStage.CONVENED,
    MeetingStage.IN_SESSION,
    MeetingStage.DRAFTED,
    MeetingStage.PUBLISHED,
)
STATES = {"open": "watch", "reported": "unknown", "closed": "kept", "dropped": "unknown"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """A line of the agenda: where its matter stands, and how many papers lie with it."""

    row: AgendaItem
    place: Place | None
    papers: int
    thing: tuple[str, str] | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResolution:
    """A resolution with who voted how."""

    row: Resolution
    votes: list[Voted]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownReport:
    """How far it got, and what changed by it."""

    row: ActionReport
    changed: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAction:
    """Something that was agreed, with its clock."""

    row: ActionItem
    state: str
    clock: Clock | None


def stations(meeting: Meeting) -> list[Station]:
    """The way of a meeting: what it passed, where it stands, what comes."""
    stage, names = MeetingStage(meeting.stage), dict(Meeting.Stage.choices)
    way = WAY if stage in WAY else (MeetingStage.PLANNED, stage)
    at = way.index(stage)
    return [
        Station(
            name=str(names[each]),
            state="done" if number < at else "here" if number == at else "next",
        )
        for number, each in enumerate(way)
    ]


def clock_now(meeting: Meeting) -> Clock | None:
    """How long there is for what comes next; None when nothing does."""
    if MeetingStage(meeting.stage) not in NEXT:
        return None
    return clock_of(meeting_due(meeting), today=business_date(), calendar=load_calendar())


NEEDED = Said("有表决权的成员 {members} 个，到会 {needed} 个以上才能表决。")
QUORATE = Said("有表决权的成员 {members} 个，到会 {present} 个，够 {needed} 个，可以表决。")
NOT_QUORATE = Said("有表决权的成员 {members} 个，到会 {present} 个，不够 {needed} 个，不能表决。")


def quorum_said(quorum: Quorum, *, meeting: Meeting) -> Said:
    """The quorum in words: before the meeting what is needed, from its beginning on what is."""
    values = {"members": quorum.members, "needed": quorum.needed, "present": quorum.present}
    if meeting.is_coming:
        return Said(NEEDED.text, values)
    return Said((QUORATE if quorum.is_met else NOT_QUORATE).text, values)


def quorum_of_meeting(meeting: Meeting) -> Said | None:
    """The same for a meeting as it stands; nothing where it was called off."""
    if meeting.stage == MeetingStage.CANCELLED:
        return None
    return quorum_said(quorum_now(meeting), meeting=meeting)


def shown_agenda(
    meeting: Meeting, *, member: Member, draft: Minutes | None = None
) -> list[ShownItem]:
    """The agenda with where its matters stand, the papers with them, what a draft says of each."""
    texts = {each.item_id: each.text for each in draft.passages.all()} if draft else {}
    items = list(meeting.agenda.all())
    named = [item.about for item in items if item.about]
    known = places(member, named)
    return [
        ShownItem(
            row=item,
            place=known.get(item.about),
            papers=_papers(member, item.about) if item.about in known else 0,
            thing=_parted(item.about) if item.about in known else None,
            text=texts.get(item.pk, ""),
        )
        for item in items
    ]


def _papers(member: Member, name: str) -> int:
    return int(Attachment.objects.visible_to(member, beside=name).count())


def _parted(name: str) -> tuple[str, str]:
    kind, _, identifier = name.partition(":")
    return kind, identifier


def shown_resolutions(meeting: Meeting) -> list[ShownResolution]:
    """What was decided, with who voted how."""
    return [ShownResolution(row=row, votes=votes_on(row)) for row in meeting.resolutions.all()]


def shown_actions(rows: Iterable[ActionItem]) -> list[ShownAction]:
    """What was agreed, with its clocks."""
    today, calendar = business_date(), load_calendar()
    return [
        ShownAction(
            row=row,
            state=STATES[row.stage],
            clock=clock_of(item_due(row), today=today, calendar=calendar)
            if row.stage == ActionItem.Stage.OPEN
            else None,
        )
        for row in rows
    ]


def shown_reports(item: ActionItem, *, member: Member) -> list[ShownReport]:
    """How far it got, report by report."""
    told = ActionReport.objects.visible_to(member).filter(item=item)
    rows = list(told.select_related("office__organisation"))
    known = places(member, [row.changed for row in rows if row.changed])
    return [ShownReport(row=row, changed=known.get(row.changed)) for row in rows]


def rule_said(nth: int, weekday: int) -> Said:
    """On which days a series meets, in words."""
    return Said("每月{nth}{weekday}", {"nth": NTHS[nth - 1], "weekday": weekday_said(weekday)})


def days_before(meeting: Meeting, *, today: date) -> int:
    """How many days there are until it is held."""
    return int((meeting.held_on - today).days)
