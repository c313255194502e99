"""The stories' regular meetings: prepared, held, written down, confirmed, and followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from gongzhi.city.citizens import citizen_called
from gongzhi.city.invented import CityYear
from gongzhi.city.invented.met import Agreed, Changed, Met, Resident, Series, load_met, load_series
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.core.participating.meetings import Monthly, Vote
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import Project, Reading
from gongzhi.forum.actions import attending, meetings, minutes
from gongzhi.forum.actions.action_items import (
    Errand,
    assign_action_item,
    close_action_item,
    report_action_item,
)
from gongzhi.forum.actions.minutes import Motion
from gongzhi.forum.meeting_plans import Holding, Topic
from gongzhi.forum.models import ActionItem, Attendance, Meeting, MeetingSeries
from gongzhi.forum.tasks import plan_due_meetings
from gongzhi.rules.calendar import load_calendar

PAPERS_BEFORE = timedelta(days=8)
ANSWERED_BEFORE = timedelta(days=3)
NEXT_DAY = timedelta(days=1)
WRITTEN_AFTER, CONFIRMED_AFTER, PUBLISHED_AFTER = 2, 3, 5  # working days


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """The meetings of the stories, for those who hold and attend them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """A series is started; each of its meetings is held; what is agreed is done."""
        for series in load_series():
            yield decided_on(series.on, partial(self._start, series))
        for met in load_met():
            yield decided_on(met.held_on - PAPERS_BEFORE, partial(self._send, met))
            yield decided_on(met.held_on - ANSWERED_BEFORE, partial(self._answer, met))
            yield decided_on(met.held_on, partial(self._hold, met))
            yield decided_on(met.held_on + NEXT_DAY, plan_due_meetings)
            yield decided_on(_after(met, WRITTEN_AFTER), partial(self._write, met))
            yield decided_on(_after(met, CONFIRMED_AFTER), partial(self._confirm, met))
            yield decided_on(_after(met, PUBLISHED_AFTER), partial(self._publish, met))
            for agreed in met.actions:
                yield decided_on(agreed.reported_on, partial(self._report, met, agreed))
                yield decided_on(agreed.closed_on, partial(self._close, met, agreed))

    def _start(self, series: Series) -> None:
        known = self.people.organisations
        holding = Holding(
            title=series.title,
            begins=series.begins,
            minutes=series.minutes,
            place=series.place,
            procedure=series.procedure,
            project=Project.objects.select_related("unit__region").get(code=series.project),
            invited=tuple(known[code] for code in series.invited),
            observers=tuple(known[code] for code in series.observers),
            resident_seats=series.seats,
        )
        meetings.start_meeting_series(
            by=self._officer(series),
            holding=holding,
            organiser=known[series.organiser],
            rule=Monthly(nth=series.nth, weekday=series.weekday),
        )

    def _send(self, met: Met) -> None:
        """The topics come on the agenda, then the papers go out."""
        meeting, officer = _meeting(met), self._officer(_series(met))
        known = set(meeting.agenda.values_list("title", flat=True))
        for topic in met.topics:
            if topic not in known:
                meetings.add_agenda_item(by=officer, meeting=meeting, topic=Topic(title=topic))
        meetings.send_meeting_papers(by=officer, meeting=meeting)

    def _answer(self, met: Met) -> None:
        meeting, series = _meeting(met), _series(met)
        waiting = meeting.attendances.filter(stage="invited", organisation__isnull=False)
        for attendance in waiting.select_related("organisation"):
            code = attendance.organisation.code
            says = attending.decline_meeting if code in met.absent else attending.accept_meeting
            says(by=self._comes(code), attendance=attendance)
        for resident in series.residents:
            if not meeting.attendances.filter(person__username=resident.username).exists():
                attending.take_seat(by=_citizen(resident), meeting=meeting)

    def _hold(self, met: Met) -> None:
        """Who is there, item by item, the votes, what is given to whom."""
        meeting, series = _meeting(met), _series(met)
        officer = self._officer(series)
        there = set(meeting.attendances.filter(stage="accepted").values_list("pk", flat=True))
        attending.record_attendance(by=officer, meeting=meeting, present=there)
        for number in meeting.agenda.values_list("number", flat=True):
            attending.take_up_item(by=officer, meeting=meeting, number=number)
        for moved in met.resolutions:
            motion = Motion(
                text=moved.text,
                item=meeting.agenda.get(title=met.topics[moved.item - 1]).number,
                votes={
                    row.pk: Vote.AGAINST if _code(row) in moved.against else Vote.FOR
                    for row in meeting.attendances.present().filter(votes=True)
                },
            )
            minutes.pass_resolution(by=officer, meeting=meeting, motion=motion)
        for agreed in met.actions:
            errand = Errand(
                what=agreed.what,
                organisation=self.people.organisations[agreed.by],
                due_on=agreed.due_on,
                resolution=meeting.resolutions.filter(number=agreed.resolution or 0).first(),
            )
            assign_action_item(by=officer, meeting=meeting, errand=errand)

    def _write(self, met: Met) -> None:
        meeting = _meeting(met)
        numbers = dict(meeting.agenda.values_list("title", "number"))
        texts = {numbers[title]: said for title, said in zip(met.topics, met.said, strict=True)}
        minutes.write_minutes(by=self._officer(_series(met)), meeting=meeting, texts=texts)

    def _confirm(self, met: Met) -> None:
        meeting = _meeting(met)
        number = meeting.written.latest("number").number
        residents = {each.username: each for each in _series(met).residents}
        asked = meeting.attendances.filter(stage="asked").select_related("organisation", "person")
        for row in asked:
            by = (
                self._comes(row.organisation.code)
                if row.organisation
                else _citizen(residents[row.person.username])
            )
            minutes.confirm_minutes(by=by, attendance=row, number=number)

    def _publish(self, met: Met) -> None:
        minutes.publish_minutes(
            by=self._officer(_series(met)), meeting=_meeting(met), adopted=met.adopted
        )

    def _report(self, met: Met, agreed: Agreed) -> None:
        report_action_item(
            by=self._comes(agreed.by),
            item=_item(met, agreed),
            text=agreed.report,
            changed=_reading(met, agreed.changed) if agreed.changed else "",
            is_done=True,
        )

    def _close(self, met: Met, agreed: Agreed) -> None:
        close_action_item(
            by=self._officer(_series(met)),
            item=_item(met, agreed),
            outcome="closed",
            finding=agreed.finding,
        )

    def _officer(self, series: Series) -> Member:
        return self.people.member(series.organiser, "officer")

    def _comes(self, code: str) -> Member:
        return self.people.anybody(code)


def _after(met: Met, days: int) -> date:
    return due_on(met.held_on, working_days=days, calendar=load_calendar()).on


def _series(met: Met) -> Series:
    return next(each for each in load_series() if each.key == met.series)


def _meeting(met: Met) -> Meeting:
    """The meeting as it stands; raises DoesNotExist where nobody planned it."""
    title = _series(met).title
    series: MeetingSeries = MeetingSeries.objects.filter(title=title).earliest("id")
    rows = series.meetings.with_facts().exclude(stage="cancelled")
    found: Meeting = rows.get(held_on=met.held_on)
    return found


def _item(met: Met, agreed: Agreed) -> ActionItem:
    rows = ActionItem.objects.with_facts().filter(meeting=_meeting(met))
    found: ActionItem = rows.get(what=agreed.what)
    return found


def _reading(met: Met, changed: Changed) -> str:
    """The reading that came of it, by its name; nothing where nobody read it."""
    found = Reading.objects.filter(
        project__code=_series(met).project,
        indicator=changed.indicator,
        ends_on__month=changed.month,
        organisation__code=changed.by,
    ).first()
    return f"reading:{found.pk}" if found else ""


def _code(attendance: Attendance) -> str:
    return attendance.organisation.code if attendance.organisation else ""


def _citizen(resident: Resident) -> Member:
    return citizen_called(username=resident.username, name=resident.name)
