"""Resolutions and minutes: voted on, written, confirmed by whoever was there, published.

Minutes may be written anew until they are published; then all are asked again to confirm them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from gongzhi.core.charter import Member
from gongzhi.core.participating.meetings import (
    AttendanceStage,
    MeetingStage,
    Quorum,
    Vote,
    tally_of,
)
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on
from gongzhi.forum.actions.attending import NO_ITEM, quorum_now
from gongzhi.forum.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesPassage,
    Resolution,
    ResolutionVote,
)
from gongzhi.forum.models.decided import PASSAGE_MAX, RESOLUTION_MAX
from gongzhi.forum.posts import refuse_personal
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.meetings import meeting_rules

NO_TEXT = Said("请写明决议的内容")
LONG = Said("最多 {most} 字")
NOT_QUORATE = Said("有表决权的成员到会 {present} 人，不足 {needed} 人，不能表决")
WRONG_VOTES = Said("只有到会并有表决权的成员可以表决，每人一票")
NO_VOTES = Said("请记录每位成员的表决")
VOTED_ALREADY = Said("这项决议已经表决过")
NOTHING_WRITTEN = Said("请至少写一项议题的记录")
WRITTEN_ANEW = Said("记录已经重写，请看过新的一稿再确认")
NO_ADOPTED = Said("请写明采纳了什么；没有采纳的，写明理由")
NOT_CONFIRMED = Said("还有 {count} 位参加人没有确认，{day} 以后可以连同未确认的情况一并公布")


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What is voted on, to which item of the agenda, and what each member says."""

    text: str
    votes: Mapping[UUID, str]
    item: int | None = None


def pass_resolution(
    *, by: Member, meeting: Meeting, motion: Motion, key: str | None = None
) -> Resolution:
    """Put a text to the vote; it is kept whether it passes or not."""
    with act(by, "pass_resolution", on=meeting, key=key) as record:
        quorum = quorum_now(meeting)
        _refuse_unfit(meeting, motion, quorum=quorum)
        tally = tally_of(list(motion.votes.values()))
        share = meeting_rules(meeting.held_on).majority
        last = meeting.resolutions.aggregate(last=Max("number"))["last"]
        resolution: Resolution = meeting.resolutions.create(
            item=_item(meeting, motion.item),
            number=(last or 0) + 1,
            text=motion.text.strip(),
            members=quorum.members,
            present=quorum.present,
            votes_for=tally.votes_for,
            against=tally.against,
            abstained=tally.abstained,
            passed=tally.passes(present=quorum.present, share=share),
            decided_on=record.business_date,
        )
        ResolutionVote.objects.bulk_create(
            ResolutionVote(resolution=resolution, attendance_id=each, choice=choice)
            for each, choice in motion.votes.items()
        )
        _state(record, resolution)
    return resolution


def write_minutes(
    *, by: Member, meeting: Meeting, texts: Mapping[int, str], key: str | None = None
) -> Minutes:
    """Write down what was said, item by item; whoever was there is asked to confirm it."""
    with act(by, "write_minutes", on=meeting, key=key) as record:
        written = {number: text.strip() for number, text in texts.items() if text.strip()}
        items = {each.number: each for each in meeting.agenda.all()}
        _refuse_texts(written, items=items)
        assert by.office is not None, "minutes are written in an office"
        last = meeting.written.aggregate(last=Max("number"))["last"]
        minutes: Minutes = meeting.written.create(
            number=(last or 0) + 1, office_id=by.office, written_on=record.business_date
        )
        MinutesPassage.objects.bulk_create(
            MinutesPassage(minutes=minutes, item=items[number], text=text)
            for number, text in written.items()
        )
        meeting.stage = MeetingStage.DRAFTED
        meeting.save(update_fields=["stage"])
        meeting.agenda.filter(stage=AgendaItem.Stage.CURRENT).update(stage=AgendaItem.Stage.DONE)
        meeting.attendances.present().update(stage=AttendanceStage.ASKED, confirmed=None)
        _confirm_own(meeting, minutes)
        record["number"] = minutes.number
        record["record"] = _digest(minutes)
        record["stage"] = str(meeting.stage)
    return minutes


def confirm_minutes(
    *, by: Member, attendance: Attendance, number: int, key: str | None = None
) -> Attendance:
    """Say that the minutes of that number tell what was said."""
    with act(by, "confirm_minutes", on=attendance, key=key) as record:
        # Who writes anew asks all once more, after this one: the attendance is held till then.
        meeting = Meeting.objects.get(pk=attendance.meeting_id)
        latest = meeting.written.latest("number")
        if meeting.stage != MeetingStage.DRAFTED or latest.number != number:
            raise Unsuitable({"number": WRITTEN_ANEW})
        attendance.stage, attendance.confirmed = AttendanceStage.CONFIRMED, number
        attendance.save(update_fields=["stage", "confirmed"])
        record["meeting"] = str(meeting.pk)
        record["number"] = number
        record["record"] = _digest(latest)
        record.names_party = attendance.organisation_id is not None
    return attendance


def publish_minutes(
    *, by: Member, meeting: Meeting, adopted: str, key: str | None = None
) -> Meeting:
    """Publish the minutes with what was adopted: all confirmed them, or had the time to."""
    with act(by, "publish_minutes", on=meeting, key=key) as record:
        minutes = meeting.written.latest("number")
        silent = meeting.attendances.filter(stage=AttendanceStage.ASKED).count()
        until = silent_until(minutes)
        if not adopted.strip():
            raise Unsuitable({"adopted": NO_ADOPTED})
        refuse_personal({"adopted": adopted})
        if silent and record.business_date <= until:
            told = Said(NOT_CONFIRMED.text, {"count": silent, "day": until.isoformat()})
            raise Unsuitable({"adopted": told})
        meeting.stage, meeting.adopted = MeetingStage.PUBLISHED, adopted.strip()
        meeting.published_on = record.business_date
        meeting.save(update_fields=["stage", "adopted", "published_on"])
        meeting.attendances.filter(stage=AttendanceStage.ASKED).update(
            stage=AttendanceStage.PRESENT
        )
        record["number"] = minutes.number
        record["record"] = _digest(minutes)
        record["adopted"] = digest(canonical(meeting.adopted))
        record["unconfirmed"] = silent
        record["on_time"] = record.business_date <= minutes_due(meeting)
        record["stage"] = str(meeting.stage)
    return meeting


def minutes_due(meeting: Meeting) -> date:
    """By when the minutes of a meeting are to be published."""
    due = due_by_clause("publish_minutes", opened_on=meeting.held_on)
    return due.on if due else meeting.held_on


def silent_until(minutes: Minutes) -> date:
    """Until when whoever was there may still confirm before the minutes are published."""
    days = meeting_rules(minutes.written_on).silence_days
    return due_on(minutes.written_on, working_days=days, calendar=load_calendar()).on


def _confirm_own(meeting: Meeting, minutes: Minutes) -> None:
    """Who writes the minutes finds them right."""
    own = meeting.attendances.filter(organisation=meeting.organiser_id, stage=AttendanceStage.ASKED)
    own.update(stage=AttendanceStage.CONFIRMED, confirmed=minutes.number)


def _digest(minutes: Minutes) -> str:
    passages = minutes.passages.order_by("item__number").values_list("item__number", "text")
    return digest(canonical([[number, text] for number, text in passages]))


def _item(meeting: Meeting, number: int | None) -> AgendaItem | None:
    if number is None:
        return None
    item: AgendaItem | None = meeting.agenda.filter(number=number).first()
    if item is None:
        raise Unsuitable({"item": NO_ITEM})
    return item


def _refuse_unfit(meeting: Meeting, motion: Motion, *, quorum: Quorum) -> None:
    text = motion.text.strip()
    if not text:
        raise Unsuitable({"text": NO_TEXT})
    if len(text) > RESOLUTION_MAX:
        raise Unsuitable({"text": Said(LONG.text, {"most": RESOLUTION_MAX})})
    refuse_personal({"text": text})
    if not quorum.is_met:
        values = {"present": quorum.present, "needed": quorum.needed}
        raise Unsuitable({"text": Said(NOT_QUORATE.text, values)})
    if meeting.resolutions.filter(text=text).exists():
        raise Unsuitable({"text": VOTED_ALREADY})
    if not motion.votes:
        raise Unsuitable({"votes": NO_VOTES})
    may = set(meeting.attendances.present().filter(votes=True).values_list("pk", flat=True))
    if set(motion.votes) - may or set(motion.votes.values()) - set(Vote):
        raise Unsuitable({"votes": WRONG_VOTES})


def _refuse_texts(written: Mapping[int, str], *, items: Mapping[int, AgendaItem]) -> None:
    if not written:
        raise Unsuitable({"texts": NOTHING_WRITTEN})
    if set(written) - set(items):
        raise Unsuitable({"texts": NO_ITEM})
    for number, text in written.items():
        if len(text) > PASSAGE_MAX:
            raise Unsuitable({f"text-{number}": Said(LONG.text, {"most": PASSAGE_MAX})})
        refuse_personal({f"text-{number}": text})


def _state(record: Record, resolution: Resolution) -> None:
    record["number"] = resolution.number
    record["text"] = resolution.text
    record["votes_for"] = resolution.votes_for
    record["votes_against"] = resolution.against
    record["abstained"] = resolution.abstained
    record["present"] = resolution.present
    record["needed"] = quorum_now(resolution.meeting).needed
    record["passed"] = resolution.passed
