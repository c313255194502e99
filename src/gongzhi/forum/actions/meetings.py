"""Meetings as deeds: a series is started, a meeting planned, its papers sent, moved or called off.

Who holds a meeting is a member of it. The next meeting of a series begins with what is undone.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db.models import Max

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.participating.meetings import (
    AttendanceStage,
    MeetingStage,
    Monthly,
    meeting_days,
)
from gongzhi.core.terms import Said
from gongzhi.forum.actions.attending import mail_later
from gongzhi.forum.agenda_offers import Frame, undone_items
from gongzhi.forum.meeting_plans import (
    ITEMS_MAX,
    MANY,
    NO_AGENDA,
    NO_PLACE,
    TWICE,
    WRONG_RULE,
    Holding,
    Topic,
    faults_of,
    faults_of_agenda,
    faults_of_day,
)
from gongzhi.forum.models import AgendaItem, Attendance, Meeting, MeetingSeries, SeriesMember
from gongzhi.forum.models.meetings import TITLE_MAX
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.meetings import meeting_rules

NOT_CHANGED = Said("时间和地点都没有变")


def start_meeting_series(
    *,
    by: Member,
    holding: Holding,
    organiser: Organisation,
    rule: Monthly,
    key: str | None = None,
) -> MeetingSeries:
    """Let the same parties meet each month; the first meeting is planned at once."""
    series = MeetingSeries(
        organiser=organiser,
        nth=rule.nth,
        weekday=rule.weekday,
        quorum=holding.quorum,
        **_held_as(holding),
    )
    with act(by, "start_meeting_series", on=series.thing(), key=key) as record:
        faults = faults_of(holding)
        if not (1 <= rule.nth <= 5 and 1 <= rule.weekday <= 7):
            faults["nth"] = WRONG_RULE
        if faults:
            raise Unsuitable(faults)
        series.started_on = record.business_date
        series.save(force_insert=True)
        for each, votes in _members(organiser, holding):
            SeriesMember.objects.create(series=series, organisation=each, votes=votes)
        record["series"] = str(series.pk)
        _state(record, holding)
        record["count"] = series.members.count()
        record.then(lambda: plan_next(series, by=by, today=record.business_date))
    return series


def end_meeting_series(
    *, by: Member, series: MeetingSeries, reason: str, key: str | None = None
) -> MeetingSeries:
    """Let it meet no more; what is planned already is held or called off by itself."""
    with act(by, "end_meeting_series", on=series, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        series.stage = MeetingSeries.Stage.ENDED
        series.save(update_fields=["stage"])
        record["stage"] = str(series.stage)
        record["reason"] = reason.strip()
    return series


def plan_meeting(
    *,
    by: Member,
    holding: Holding,
    organiser: Organisation,
    held_on: date,
    agenda: Sequence[Topic],
    series: MeetingSeries | None = None,
    key: str | None = None,
) -> Meeting:
    """Say when and where is met, about what, and invite whoever is to come."""
    meeting = Meeting(
        series=series,
        organiser=organiser,
        held_on=held_on,
        quorum=holding.quorum,
        process=holding.process,
        **_held_as(holding),
    )
    with act(by, "plan_meeting", on=meeting.thing(), key=key) as record:
        faults = faults_of(holding) | faults_of_day(meeting, today=record.business_date)
        if not agenda:
            faults["agenda"] = NO_AGENDA
        faults |= faults_of_agenda(agenda)
        if faults:
            raise Unsuitable(faults)
        meeting.save(force_insert=True)
        for number, topic in enumerate(agenda, start=1):
            _put_on(meeting, topic, number=number)
        for each, votes in _members(organiser, holding):
            _invite(meeting, each, votes=votes, on=record.business_date)
        record["meeting"] = str(meeting.pk)
        if series is not None:
            record["series"] = str(series.pk)
        record["held_on"] = held_on.isoformat()
        _state(record, holding)
        record["count"] = len(agenda)
        mail_later(meeting)
    return meeting


def plan_next(series: MeetingSeries, *, by: Member, today: date) -> Meeting | None:
    """Plan the next meeting by the rule of its series, unless one is planned already."""
    if series.stage != MeetingSeries.Stage.RUNNING:
        return None
    if series.meetings.coming().filter(held_on__gte=today).exists():
        return None
    rules, calendar = meeting_rules(today), load_calendar()
    held = series.meetings.exclude(stage=MeetingStage.CANCELLED).aggregate(last=Max("held_on"))
    earliest = max(today + timedelta(days=rules.papers_days), held["last"] or today)
    day = next(meeting_days(series.rule, after=earliest, calendar=calendar))
    if day > today + timedelta(days=rules.planned_days) and by == SYSTEM:
        return None
    return plan_meeting(
        by=by,
        holding=_as_before(series),
        organiser=series.organiser,
        held_on=day,
        agenda=_open_topics(series) or [Topic(title=rules.opening)],
        series=series,
    )


def add_agenda_item(
    *, by: Member, meeting: Meeting, topic: Topic, key: str | None = None
) -> AgendaItem:
    """Put one thing more on the agenda."""
    with act(by, "add_agenda_item", on=meeting, key=key) as record:
        faults = faults_of_agenda([topic])
        if topic.about and meeting.agenda.filter(about=topic.about).exists():
            faults["title"] = TWICE
        if meeting.agenda.count() >= ITEMS_MAX:
            faults["title"] = Said(MANY.text, {"most": ITEMS_MAX})
        if faults:
            raise Unsuitable(faults)
        item = _put_on(meeting, topic, number=_next_number(meeting))
        record["number"] = item.number
        record["title"] = item.title
        if item.about:
            record["about"] = item.about
    return item


def send_meeting_papers(*, by: Member, meeting: Meeting, key: str | None = None) -> Meeting:
    """Send agenda and papers to all who are invited; what is undone in the series comes in.

    Later than the days of the rule it is done all the same, and stated.
    """
    with act(by, "send_meeting_papers", on=meeting, key=key) as record:
        known = set(meeting.agenda.values_list("about", flat=True))
        for topic in _open_topics(meeting.series):
            if topic.about not in known:
                _put_on(meeting, topic, number=_next_number(meeting))
        days = (meeting.held_on - record.business_date).days
        meeting.stage = MeetingStage.CONVENED
        meeting.papers_sent_on = record.business_date
        meeting.save(update_fields=["stage", "papers_sent_on"])
        record["held_on"] = meeting.held_on.isoformat()
        record["count"] = meeting.agenda.count()
        record["on_time"] = days >= meeting_rules(record.business_date).papers_days
        record["stage"] = str(meeting.stage)
    return meeting


def move_meeting(
    *,
    by: Member,
    meeting: Meeting,
    held_on: date,
    begins: time,
    place: str,
    reason: str,
    key: str | None = None,
) -> Meeting:
    """Hold it on another day or elsewhere: calendars learn of it, and everybody answers anew."""
    with act(by, "move_meeting", on=meeting, key=key) as record:
        before = (meeting.held_on, meeting.begins, meeting.place)
        meeting.held_on, meeting.begins, meeting.place = held_on, begins, place.strip()
        faults = faults_of_day(meeting, today=record.business_date)
        if not meeting.place:
            faults["place"] = NO_PLACE
        if (meeting.held_on, meeting.begins, meeting.place) == before:
            faults["held_on"] = NOT_CHANGED
        if not reason.strip():
            faults["reason"] = NO_REASON
        if faults:
            raise Unsuitable(faults)
        meeting.sequence += 1
        meeting.save(update_fields=["held_on", "begins", "place", "sequence"])
        meeting.attendances.filter(
            stage=AttendanceStage.ACCEPTED, organisation__isnull=False
        ).update(stage=AttendanceStage.INVITED)
        record["held_on"] = held_on.isoformat()
        record["starts_at"] = begins.isoformat("minutes")
        record["place"] = meeting.place
        record["reason"] = reason.strip()
        mail_later(meeting)
    return meeting


def cancel_meeting(*, by: Member, meeting: Meeting, reason: str, key: str | None = None) -> Meeting:
    """Call it off, and say why; calendars take it out."""
    with act(by, "cancel_meeting", on=meeting, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        meeting.stage = MeetingStage.CANCELLED
        meeting.sequence += 1
        meeting.save(update_fields=["stage", "sequence"])
        meeting.attendances.exclude(stage=AttendanceStage.DECLINED).update(
            stage=AttendanceStage.CALLED_OFF
        )
        record["stage"] = str(meeting.stage)
        record["reason"] = reason.strip()
        mail_later(meeting)
    return meeting


def _held_as(holding: Holding) -> dict[str, object]:
    """What a series and a single meeting have in common."""
    return {
        "project": holding.project,
        "title": holding.title.strip(),
        "procedure": holding.procedure.strip(),
        "begins": holding.begins,
        "minutes": holding.minutes,
        "place": holding.place.strip(),
        "resident_seats": holding.resident_seats,
    }


def _as_before(series: MeetingSeries) -> Holding:
    members = list(series.members.select_related("organisation"))
    others = [each for each in members if each.organisation_id != series.organiser_id]
    return Holding(
        title=series.title,
        begins=series.begins,
        minutes=series.minutes,
        place=series.place,
        procedure=series.procedure,
        project=series.project,
        invited=tuple(each.organisation for each in others if each.votes),
        observers=tuple(each.organisation for each in others if not each.votes),
        resident_seats=series.resident_seats,
        quorum=series.quorum,
    )


def _members(organiser: Organisation, holding: Holding) -> list[tuple[Organisation, bool]]:
    """Everybody once, the organiser first; who is named as both has a vote."""
    voting = {each.pk: (each, True) for each in (organiser, *holding.invited)}
    watching = {each.pk: (each, False) for each in holding.observers}
    return [*(watching | voting).values()]


def _open_topics(series: MeetingSeries | None) -> list[Topic]:
    """What is undone since earlier meetings of the series, as items."""
    offers = undone_items(Frame(series=series, project=None))
    return [Topic(title=each.title[:TITLE_MAX], about=each.about) for each in offers][:ITEMS_MAX]


def _next_number(meeting: Meeting) -> int:
    last = meeting.agenda.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _put_on(meeting: Meeting, topic: Topic, *, number: int) -> AgendaItem:
    item: AgendaItem = meeting.agenda.create(
        number=number,
        title=topic.title.strip()[:TITLE_MAX],
        about=topic.about,
        minutes=topic.minutes,
    )
    return item


def _invite(meeting: Meeting, organisation: Organisation, *, votes: bool, on: date) -> None:
    """Ask it to come; who holds the meeting comes."""
    comes = organisation.pk == meeting.organiser_id
    Attendance.objects.create(
        meeting=meeting,
        organisation=organisation,
        votes=votes,
        stage=AttendanceStage.ACCEPTED if comes else AttendanceStage.INVITED,
        invited_on=on,
    )


def _state(record: Record, holding: Holding) -> None:
    record["title"] = holding.title.strip()
    if holding.project is not None:
        record["project"] = str(holding.project.pk)
    record["starts_at"] = holding.begins.isoformat("minutes")
    record["place"] = holding.place.strip()
