"""Several at the same moment: one seat, one resolution, one meeting, one attendance."""

from datetime import date, time

import pytest

from at_once import together
from gongzhi.core.charter import SYSTEM
from gongzhi.core.participating.meetings import Monthly
from gongzhi.forum.actions import attending, meetings, minutes
from gongzhi.forum.actions.minutes import Motion
from gongzhi.forum.meeting_plans import Holding
from gongzhi.forum.models import Meeting, Resolution, ResolutionVote
from gongzhi.forum.tasks import plan_due_meetings
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


@pytest.fixture
def meeting(settings, unit) -> Meeting:
    settings.DEMO = True
    move_business_date(to=date(2026, 2, 9))
    holding = Holding(
        title="堵点会", begins=time(9), minutes=60, place="二楼", procedure="举手", resident_seats=1
    )
    meetings.start_meeting_series(
        by=unit.officer,
        holding=holding,
        organiser=unit.organisation,
        rule=Monthly(nth=1, weekday=3),
    )
    return meetings.send_meeting_papers(by=unit.officer, meeting=Meeting.objects.get())


def resident(name: str):
    person = parties.register_person(by=SYSTEM, username=name, name=name)
    return member_of(person, second_factor=True, fresh=True)


def test_s55_one_seat_has_one_resident_however_many_want_it(meeting):
    people = [resident(f"r{number}") for number in range(AT_ONCE)]
    works = [lambda by=by: attending.take_seat(by=by, meeting=meeting) for by in people]
    assert together(works).count("done") == 1
    assert meeting.attendances.filter(person__isnull=False).count() == 1


def test_r05_a_vote_sent_by_two_clerks_counts_once(unit, meeting):
    move_business_date(to=meeting.held_on)
    own = meeting.attendances.get(organisation=unit.organisation)
    attending.record_attendance(by=unit.officer, meeting=meeting, present={own.pk})
    motion = Motion(text="先配时", votes={own.pk: "for"})
    rows = [Meeting.objects.get() for _ in range(AT_ONCE)]
    ended = together(
        [
            lambda row=row: minutes.pass_resolution(by=unit.officer, meeting=row, motion=motion)
            for row in rows
        ]
    )
    assert ended.count("done") == 1
    assert (Resolution.objects.count(), ResolutionVote.objects.count()) == (1, 1)


def test_r05_attendance_recorded_by_two_is_recorded_as_one_said(unit, meeting):
    move_business_date(to=meeting.held_on)
    own = meeting.attendances.get(organisation=unit.organisation)
    rows = [Meeting.objects.get() for _ in range(AT_ONCE)]
    ended = together(
        [
            lambda row=row: attending.record_attendance(
                by=unit.officer, meeting=row, present={own.pk}, key="the same form"
            )
            for row in rows
        ]
    )
    assert ended.count("done") == 1
    assert Deed.objects.filter(verb="record_attendance").count() == 1
    own.refresh_from_db()
    assert own.stage == "present"


def test_the_job_that_runs_twice_plans_one_meeting(meeting):
    move_business_date(to=date(2026, 3, 5))
    together([plan_due_meetings] * AT_ONCE)
    assert Meeting.objects.filter(held_on=date(2026, 4, 1)).count() == 1
