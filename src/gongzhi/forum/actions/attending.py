"""Coming to a meeting: said beforehand, recorded when it begins; residents take seats.

Who is there with a vote makes a meeting quorate (core.participating.meetings).
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app

from gongzhi.core.charter import Member
from gongzhi.core.participating.meetings import AttendanceStage, MeetingStage, Quorum, quorum_of
from gongzhi.core.terms import Said
from gongzhi.forum.models import AgendaItem, Attendance, Meeting, ResolutionVote
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.meetings import meeting_rules

MAILING = "gongzhi.forum.tasks.mail_meeting"
NO_SEAT = Said("居民席位已经坐满，或者本场没有设居民席位")
OVER = Said("会议已经开过或者取消")
HAS_SEAT = Said("您已经有席位")
TOO_EARLY = Said("会议还没有到日子，到会情况当天登记")
UNKNOWN = Said("名单里有不属于本场会议的人，请刷新后重填")
NOBODY_THERE = Said("没有人到会，不能开会；可以改期或者取消")
HAS_VOTED = Said("已经表决过的，不能改为未到会")
NO_ITEM = Said("没有这一项议题")


def accept_meeting(*, by: Member, attendance: Attendance, key: str | None = None) -> Attendance:
    """Say that one comes."""
    with act(by, "accept_meeting", on=attendance, key=key) as record:
        if not attendance.meeting.is_coming:
            raise Unsuitable({"attendance": OVER})
        _answer(attendance, AttendanceStage.ACCEPTED, by=by)
        record["meeting"] = str(attendance.meeting_id)
        record["stage"] = str(attendance.stage)
        record.names_party = attendance.organisation_id is not None
    return attendance


def decline_meeting(*, by: Member, attendance: Attendance, key: str | None = None) -> Attendance:
    """Say that one can't come; a resident's seat is free again."""
    with act(by, "decline_meeting", on=attendance, key=key) as record:
        _answer(attendance, AttendanceStage.DECLINED, by=by)
        record["meeting"] = str(attendance.meeting_id)
        record["stage"] = str(attendance.stage)
        record.names_party = attendance.organisation_id is not None
    return attendance


def take_seat(*, by: Member, meeting: Meeting, key: str | None = None) -> Attendance:
    """Take one of the seats for residents: who comes first has it."""
    attendance = seat_to_be(meeting, person=by.person)
    with act(by, "take_seat", on=attendance.thing(), key=key) as record:
        held: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
        own = held.attendances.filter(person=attendance.person_id or NO_PERSON).first()
        if own is not None and own.stage != AttendanceStage.DECLINED:
            raise Unsuitable({"seat": HAS_SEAT})
        seat = _free_seat(held)
        if seat is None or not held.is_coming:
            raise Unsuitable({"seat": NO_SEAT})
        if own is not None:
            attendance = own
        attendance.seat = seat
        attendance.stage = AttendanceStage.ACCEPTED
        attendance.invited_on = record.business_date
        attendance.save()
        record["attendance"] = str(attendance.pk)
        record["meeting"] = str(meeting.pk)
        record["number"] = seat
        mail_later(meeting)
    return attendance


def mail_later(meeting: Meeting) -> None:
    """Ask a job to mail the meeting as it stands to whoever takes part and hasn't had it."""
    app.configure_task(MAILING).defer(meeting=str(meeting.pk))


def seat_to_be(meeting: Meeting, *, person: str | None) -> Attendance:
    """A resident's attendance that isn't there yet, and can't be once the meeting has begun."""
    return Attendance(
        meeting=meeting,
        person_id=UUID(person) if person else NO_PERSON,
        seat=0,
        stage=AttendanceStage.INVITED if meeting.is_coming else AttendanceStage.CALLED_OFF,
    )


def record_attendance(
    *, by: Member, meeting: Meeting, present: Collection[UUID], key: str | None = None
) -> Meeting:
    """Write down who is there, which opens the meeting; who comes late is added."""
    with act(by, "record_attendance", on=meeting, key=key) as record:
        rows = list(meeting.attendances.select_for_update().order_by("pk"))
        _refuse_unfit(meeting, rows, present=set(present), today=record.business_date)
        for row in rows:
            if row.pk in present:
                row.stage = AttendanceStage.PRESENT
            elif row.stage != AttendanceStage.DECLINED:
                row.stage = AttendanceStage.ABSENT
        Attendance.objects.bulk_update(rows, ["stage"])
        meeting.stage = MeetingStage.IN_SESSION
        meeting.save(update_fields=["stage"])
        quorum = quorum_now(meeting)
        record["present"] = len(set(present))
        record["members"] = quorum.members
        record["needed"] = quorum.needed
        record["quorate"] = quorum.is_met
        record["stage"] = str(meeting.stage)
    return meeting


def take_up_item(
    *, by: Member, meeting: Meeting, number: int, key: str | None = None
) -> AgendaItem:
    """Go on to an item of the agenda; the one before it is dealt with."""
    with act(by, "take_up_item", on=meeting, key=key) as record:
        item: AgendaItem | None = meeting.agenda.filter(number=number).first()
        if item is None:
            raise Unsuitable({"number": NO_ITEM})
        current = meeting.agenda.filter(stage=AgendaItem.Stage.CURRENT)
        current.exclude(pk=item.pk).update(stage=AgendaItem.Stage.DONE)
        item.stage = AgendaItem.Stage.CURRENT
        item.save(update_fields=["stage"])
        record["number"] = number
    return item


def quorum_now(meeting: Meeting) -> Quorum:
    """The quorum as it stands; a resident who gave the seat back is no member."""
    voting = meeting.attendances.filter(votes=True)
    members = voting.exclude(person__isnull=False, stage=AttendanceStage.DECLINED).count()
    return quorum_of(
        members=members,
        present=voting.present().count(),
        share=meeting_rules(meeting.held_on).quorum,
        own=meeting.quorum,
    )


def seats_left(meeting: Meeting) -> int:
    """How many seats for residents nobody has taken."""
    taken = meeting.attendances.filter(person__isnull=False)
    return max(0, meeting.resident_seats - taken.exclude(stage=AttendanceStage.DECLINED).count())


def _answer(attendance: Attendance, stage: AttendanceStage, *, by: Member) -> None:
    attendance.stage = stage
    if attendance.organisation_id is not None:
        assert by.office is not None, "an organisation answers by an office"
        attendance.office_id = by.office
    attendance.save(update_fields=["stage", "office"])


def _free_seat(meeting: Meeting) -> int | None:
    rows = meeting.attendances.filter(person__isnull=False)
    taken = set(rows.exclude(stage=AttendanceStage.DECLINED).values_list("seat", flat=True))
    return next((n for n in range(1, meeting.resident_seats + 1) if n not in taken), None)


def _refuse_unfit(
    meeting: Meeting, rows: Collection[Attendance], *, present: set[UUID], today: date
) -> None:
    if meeting.held_on > today:
        raise Unsuitable({"present": TOO_EARLY})
    if present - {row.pk for row in rows}:
        raise Unsuitable({"present": UNKNOWN})
    if not present:
        raise Unsuitable({"present": NOBODY_THERE})
    voted = ResolutionVote.objects.filter(resolution__meeting=meeting)
    if set(voted.values_list("attendance", flat=True)) - present:
        raise Unsuitable({"present": HAS_VOTED})
