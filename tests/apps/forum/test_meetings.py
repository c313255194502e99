"""Meetings: planned, convened, held, written down, published (clause 5.14)."""

from dataclasses import dataclass, replace
from datetime import date, time
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR, Member
from gongzhi.core.participating.meetings import Monthly
from gongzhi.desk.actions.notices import tell_members
from gongzhi.desk.models import Notice
from gongzhi.desk.things import readable
from gongzhi.forum.actions import attending, meetings, minutes
from gongzhi.forum.actions.action_items import (
    Errand,
    assign_action_item,
    close_action_item,
    report_action_item,
)
from gongzhi.forum.actions.minutes import Motion
from gongzhi.forum.meeting_plans import Holding, Topic
from gongzhi.forum.meeting_waiting import waiting_for, waiting_within
from gongzhi.forum.models import (
    ActionItem,
    Attendance,
    Meeting,
    MeetingSeries,
    Resolution,
    ResolutionVote,
)
from gongzhi.forum.tasks import plan_due_meetings
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
FIRST_WEDNESDAY = Monthly(nth=1, weekday=3)


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@dataclass
class Table:
    """Who sits together: who holds it, a firm, a society; a resident."""

    host: city_hall.Unit
    firm: city_hall.Unit
    society: city_hall.Unit
    resident: Member

    def holding(self, **given) -> Holding:
        return Holding(
            **{
                "title": "堵点会",
                "begins": time(9, 30),
                "minutes": 90,
                "place": "交通局二楼",
                "procedure": "逐项发言，到会成员举手表决",
                "invited": (self.firm.organisation, self.society.organisation),
                "resident_seats": 2,
                **given,
            }
        )

    def series(self, **given) -> MeetingSeries:
        return meetings.start_meeting_series(
            by=self.host.officer,
            holding=self.holding(**given),
            organiser=self.host.organisation,
            rule=FIRST_WEDNESDAY,
        )

    def meeting(
        self, *, on: date = date(2026, 3, 4), agenda=("八处停了", "下月"), **given
    ) -> Meeting:
        return meetings.plan_meeting(
            by=self.host.officer,
            holding=self.holding(**given),
            organiser=self.host.organisation,
            held_on=on,
            agenda=[Topic(title=each) for each in agenda],
        )

    def convened(self, **given) -> Meeting:
        return meetings.send_meeting_papers(by=self.host.officer, meeting=self.meeting(**given))

    def attendance(self, meeting: Meeting, unit: city_hall.Unit) -> Attendance:
        found: Attendance = meeting.attendances.get(organisation=unit.organisation)
        return found

    def everybody(self, meeting: Meeting) -> set:
        return set(meeting.attendances.exclude(stage="declined").values_list("pk", flat=True))

    def opened(self, *units: city_hall.Unit, meeting: Meeting | None = None) -> Meeting:
        row = meeting or self.convened()
        move_business_date(to=row.held_on)
        there = {self.attendance(row, each).pk for each in units} or self.everybody(row)
        return attending.record_attendance(by=self.host.officer, meeting=row, present=there)

    def written(self, meeting: Meeting | None = None, text: str = "管线迁改没谈拢") -> Meeting:
        row = meeting or self.opened()
        minutes.write_minutes(by=self.host.officer, meeting=row, texts={1: text, 2: ""})
        row.refresh_from_db()
        return row


@pytest.fixture
def table(region) -> Table:
    move_business_date(to=date(2026, 2, 9))
    person = parties.register_person(by=SYSTEM, username="resident", name="某居民")
    return Table(
        host=city_hall.unit("T1", within=region),
        firm=city_hall.unit("T2", within=region, kind="enterprise"),
        society=city_hall.unit("T3", within=region, kind="social"),
        resident=member_of(person, second_factor=True, fresh=True),
    )


def test_5_14_a_series_begins_with_a_planned_meeting_on_its_day(table):
    series = table.series()
    (first,) = series.meetings.all()
    assert (first.held_on, first.stage) == (date(2026, 3, 4), "planned")
    assert first.attendances.count() == 3
    assert table.attendance(first, table.host).stage == "accepted"
    assert table.attendance(first, table.firm).stage == "invited"


def test_5_14_the_job_plans_the_next_meeting_once(table):
    series = table.series()
    assert plan_due_meetings() == []
    move_business_date(to=date(2026, 3, 5))
    (planned,) = plan_due_meetings()
    assert planned.held_on == date(2026, 4, 1)
    assert plan_due_meetings() == []
    assert Deed.objects.filter(verb="plan_meeting").latest("id").party == "system"
    meetings.end_meeting_series(by=table.host.officer, series=series, reason="并入会商")
    move_business_date(to=date(2026, 4, 2))
    assert plan_due_meetings() == []


def test_5_14_the_next_meeting_begins_with_what_is_not_done(table):
    series = table.series()
    meeting = table.opened(meeting=sent(table, series.meetings.get()))
    item = assigned(table, meeting)
    (following,) = after(date(2026, 3, 5))
    assert [each.about for each in following.agenda.all()] == [f"action_item:{item.pk}"]
    assert following.agenda.get().title == item.what


def test_5_14_what_is_not_done_when_papers_go_out_comes_on_the_agenda(table):
    series = table.series()
    first = table.opened(meeting=sent(table, series.meetings.get()))
    (following,) = after(date(2026, 3, 5))
    item = assigned(table, first)
    assert not following.agenda.filter(about=f"action_item:{item.pk}").exists()
    sent(table, following)
    assert following.agenda.filter(about=f"action_item:{item.pk}").count() == 1


def sent(table: Table, meeting: Meeting) -> Meeting:
    return meetings.send_meeting_papers(by=table.host.officer, meeting=meeting)


def after(day: date) -> list[Meeting]:
    move_business_date(to=day)
    return plan_due_meetings()


def assigned(table: Table, meeting: Meeting, what: str = "先调配时，再动土") -> ActionItem:
    errand = Errand(what=what, organisation=table.firm.organisation, due_on=date(2026, 4, 30))
    return assign_action_item(by=table.host.officer, meeting=meeting, errand=errand)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": ""}, "place"),
        ({"procedure": ""}, "procedure"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 601}, "minutes"),
        ({"resident_seats": 51}, "resident_seats"),
        ({"invited": (), "resident_seats": 0}, "invited"),
        ({"quorum": 6}, "quorum"),
        ({"place": "找张三13800138000"}, "place"),
        ({"agenda": ()}, "agenda"),
        ({"agenda": ("",)}, "title"),
        ({"agenda": ("项",) * 31}, "agenda"),
        ({"on": date(2026, 2, 9)}, "held_on"),
    ],
)
def test_what_is_planned_is_whole(table, given, field):
    with pytest.raises(Unsuitable) as told:
        table.meeting(**given)
    assert field in told.value.faults
    assert not Meeting.objects.exists()


def test_a_project_that_is_not_disclosed_is_no_subject(table):
    table.host.project.stage = "registered"
    table.host.project.save()
    with pytest.raises(Unsuitable) as told:
        table.meeting(project=table.host.project)
    assert set(told.value.faults) == {"project"}


def test_a_series_meets_once_a_day(table):
    series = table.series()
    with pytest.raises(Unsuitable), transaction.atomic():
        meetings.plan_meeting(
            by=table.host.officer, holding=table.holding(), organiser=table.host.organisation,
            held_on=date(2026, 3, 4), agenda=[Topic(title="x")], series=series,
        )  # fmt: skip
    row = series.meetings.get()
    row.pk = uuid4()
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_5_14_papers_that_are_late_say_so(table):
    in_time = table.meeting(on=date(2026, 2, 16))
    late = table.meeting(on=date(2026, 2, 15))
    for meeting in (in_time, late):
        meetings.send_meeting_papers(by=table.host.officer, meeting=meeting)
    stated = [each.public["on_time"] for each in sending()]
    assert stated == [True, False]


def sending():
    return Deed.objects.filter(verb="send_meeting_papers").order_by("id")


def test_a_moved_meeting_has_a_higher_sequence_and_asks_anew(table):
    meeting = table.meeting()
    attending.accept_meeting(
        by=table.firm.officer, attendance=table.attendance(meeting, table.firm)
    )
    meetings.move_meeting(
        by=table.host.officer, meeting=meeting, held_on=date(2026, 3, 11), begins=time(14),
        place="公交公司", reason="场地冲突",
    )  # fmt: skip
    assert meeting.sequence == 1
    assert table.attendance(meeting, table.firm).stage == "invited"
    with pytest.raises(Unsuitable):
        meetings.move_meeting(
            by=table.host.officer, meeting=meeting, held_on=date(2026, 3, 11), begins=time(14),
            place="公交公司", reason="再来",
        )  # fmt: skip


def test_a_cancelled_meeting_is_over(table):
    meeting = table.convened()
    meetings.cancel_meeting(by=table.host.officer, meeting=meeting, reason="台风")
    assert (meeting.stage, meeting.sequence) == ("cancelled", 1)
    assert {each.stage for each in meeting.attendances.all()} == {"called_off"}
    with pytest.raises(Refused):
        attending.accept_meeting(
            by=table.firm.officer, attendance=table.attendance(meeting, table.firm)
        )


def test_only_whom_it_was_sent_to_answers(table):
    attendance = table.attendance(table.meeting(), table.firm)
    for nobody in (table.host.officer, table.society.officer, table.resident, VISITOR):
        with pytest.raises(Refused):
            attending.accept_meeting(by=nobody, attendance=attendance)
    attending.decline_meeting(by=table.firm.officer, attendance=attendance)
    attending.accept_meeting(by=table.firm.officer, attendance=attendance)
    assert attendance.stage == "accepted"


def test_a_resident_has_one_seat_and_a_seat_one_resident(table):
    meeting = table.convened()
    mine = attending.take_seat(by=table.resident, meeting=meeting)
    with pytest.raises(Unsuitable):
        attending.take_seat(by=table.resident, meeting=meeting)
    second, third = (neighbour(name) for name in ("n1", "n2"))
    attending.take_seat(by=second, meeting=meeting)
    with pytest.raises(Unsuitable):
        attending.take_seat(by=third, meeting=meeting)
    assert attending.seats_left(meeting) == 0
    attending.decline_meeting(by=table.resident, attendance=mine)
    assert attending.take_seat(by=third, meeting=meeting).seat == 1
    with pytest.raises(Unsuitable):
        attending.take_seat(by=table.resident, meeting=meeting)


def neighbour(name: str) -> Member:
    person = parties.register_person(by=SYSTEM, username=name, name=name)
    return member_of(person, second_factor=True, fresh=True)


def test_5_13_the_log_does_not_tell_which_resident_comes(table):
    meeting = table.convened()
    mine = attending.take_seat(by=table.resident, meeting=meeting)
    deed = Deed.objects.get(verb="take_seat")
    assert deed.party == "citizen"
    assert str(table.resident.person) not in str(deed.public)
    assert readable(VISITOR, [f"attendance:{mine.pk}"]) == {}
    assert readable(table.society.officer, [f"attendance:{mine.pk}"]) == {}
    assert readable(table.host.officer, [f"attendance:{mine.pk}"])


def test_attendance_is_recorded_on_the_day_and_opens_the_meeting(table):
    meeting = table.convened()
    with pytest.raises(Unsuitable):
        attending.record_attendance(
            by=table.host.officer, meeting=meeting, present=table.everybody(meeting)
        )
    table.opened(table.host, table.firm, meeting=meeting)
    assert meeting.stage == "in_session"
    assert table.attendance(meeting, table.society).stage == "absent"
    with pytest.raises(Unsuitable):
        attending.record_attendance(by=table.host.officer, meeting=meeting, present={uuid4()})


def test_without_a_quorum_nothing_is_decided(table):
    meeting = table.opened(table.host)
    with pytest.raises(Unsuitable) as told:
        passed(table, meeting, {table.host: "for"})
    assert told.value.faults["text"].values == {"present": 1, "needed": 2}
    assert not Resolution.objects.exists()
    table.opened(table.host, table.firm, meeting=meeting)
    assert passed(table, meeting, {table.host: "for", table.firm: "for"}).passed


def passed(table: Table, meeting: Meeting, votes, text: str = "先配时、后动土") -> Resolution:
    given = {table.attendance(meeting, unit).pk: said for unit, said in votes.items()}
    motion = Motion(text=text, votes=given, item=1)
    return minutes.pass_resolution(by=table.host.officer, meeting=meeting, motion=motion)


def test_more_than_half_of_those_there_must_be_for_it(table):
    meeting = table.opened(table.host, table.firm)
    kept = passed(table, meeting, {table.host: "for", table.firm: "abstain"})
    assert (kept.passed, kept.votes_for, kept.abstained) == (False, 1, 1)
    with pytest.raises(Unsuitable):
        assign_action_item(
            by=table.host.officer, meeting=meeting,
            errand=Errand(
                what="x", organisation=table.firm.organisation, due_on=date(2026, 5, 1),
                resolution=kept,
            ),
        )  # fmt: skip


def test_who_is_not_there_or_only_watches_has_no_vote(table):
    given = {"invited": (table.firm.organisation,), "observers": (table.society.organisation,)}
    meeting = table.opened(meeting=table.convened(**given))
    with pytest.raises(Unsuitable) as told:
        passed(table, meeting, {table.host: "for", table.society: "for"})
    assert set(told.value.faults) == {"votes"}


def test_one_member_one_vote(table):
    meeting = table.opened()
    kept = passed(table, meeting, {table.host: "for", table.firm: "for"})
    vote = kept.votes.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ResolutionVote.objects.create(resolution=kept, attendance=vote.attendance, choice="against")
    with pytest.raises(Unsuitable):
        passed(table, meeting, {table.host: "against"})
    assert Resolution.objects.count() == 1


def test_who_has_voted_was_there(table):
    meeting = table.opened()
    passed(table, meeting, {table.host: "for", table.firm: "for"})
    with pytest.raises(Unsuitable):
        table.opened(table.host, table.society, meeting=meeting)


def test_one_item_at_a_time(table):
    meeting = table.opened()
    attending.take_up_item(by=table.host.officer, meeting=meeting, number=1)
    attending.take_up_item(by=table.host.officer, meeting=meeting, number=2)
    assert [each.stage for each in meeting.agenda.all()] == ["done", "current"]
    with pytest.raises(Unsuitable):
        attending.take_up_item(by=table.host.officer, meeting=meeting, number=9)


def test_5_14_minutes_are_confirmed_before_they_are_published(table):
    meeting = table.written()
    assert table.attendance(meeting, table.host).stage == "confirmed"
    with pytest.raises(Unsuitable):
        minutes.publish_minutes(by=table.host.officer, meeting=meeting, adopted="先配时")
    for unit in (table.firm, table.society):
        minutes.confirm_minutes(
            by=unit.officer, attendance=table.attendance(meeting, unit), number=1
        )
    minutes.publish_minutes(by=table.host.officer, meeting=meeting, adopted="先配时")
    assert meeting.stage == "published"
    assert Deed.objects.get(verb="publish_minutes").public["unconfirmed"] == 0


def test_5_14_silence_is_stated_and_does_not_hold_minutes_up_for_ever(table):
    meeting = table.written()
    move_business_date(to=date(2026, 3, 11))
    with pytest.raises(Unsuitable):
        minutes.publish_minutes(by=table.host.officer, meeting=meeting, adopted="先配时")
    move_business_date(to=date(2026, 3, 12))
    minutes.publish_minutes(by=table.host.officer, meeting=meeting, adopted="先配时")
    stated = Deed.objects.get(verb="publish_minutes").public
    assert (stated["unconfirmed"], stated["on_time"]) == (2, True)


def test_5_14_minutes_are_due_in_ten_working_days(table):
    meeting = table.convened()
    assert minutes.minutes_due(meeting) == date(2026, 3, 18)


def test_minutes_written_anew_are_confirmed_anew(table):
    meeting = table.written()
    attendance = table.attendance(meeting, table.firm)
    minutes.confirm_minutes(by=table.firm.officer, attendance=attendance, number=1)
    table.written(meeting, text="改过的一稿")
    attendance.refresh_from_db()
    assert (attendance.stage, attendance.confirmed) == ("asked", None)
    with pytest.raises(Unsuitable):
        minutes.confirm_minutes(by=table.firm.officer, attendance=attendance, number=1)
    assert meeting.written.count() == 2


def test_minutes_are_never_rewritten(table):
    meeting = table.written()
    passage = meeting.written.get().passages.get()
    passage.text = "另一番话"
    with pytest.raises(IntegrityError), transaction.atomic():
        passage.save()


def test_8_4_minutes_hold_no_telephone_numbers(table):
    with pytest.raises(Unsuitable) as told:
        table.written(text="请拨13800138000")
    assert set(told.value.faults) == {"text-1"}


def test_what_was_agreed_is_followed_until_it_is_done(table):
    meeting = table.opened()
    item = assigned(table, meeting)
    with pytest.raises(Unsuitable):
        assigned(table, meeting)
    report_action_item(by=table.firm.officer, item=item, text="四处已配时", is_done=False)
    assert item.stage == "open"
    report_action_item(by=table.firm.officer, item=item, text="十处全配完", is_done=True)
    assert item.stage == "reported"
    for nobody in (table.firm.officer, table.society.officer):
        with pytest.raises(Refused):
            close_action_item(by=nobody, item=item, outcome="closed", finding="属实")
    close_action_item(by=table.host.officer, item=item, outcome="closed", finding="属实")
    assert (item.stage, item.closed_on) == ("closed", business_date())
    with pytest.raises(Refused):
        report_action_item(by=table.firm.officer, item=item, text="又办", is_done=True)


def test_what_waits_waits_for_whoever_has_to_do_it(table):
    meeting = table.meeting(on=date(2026, 2, 20))
    assert waits(table.firm.officer) == ["accept_meeting"]
    assert waits(table.host.officer) == ["send_meeting_papers"]
    sent(table, meeting)
    attending.accept_meeting(
        by=table.firm.officer, attendance=table.attendance(meeting, table.firm)
    )
    assert waits(table.firm.officer) == []
    table.opened(meeting=meeting)
    assert waits(table.host.officer) == ["write_minutes"]
    assigned(table, meeting)
    table.written(meeting)
    assert waits(table.firm.officer) == ["confirm_minutes", "report_action_item"]
    assert waits(table.host.officer) == ["publish_minutes"]
    assert {each.verb for each in waiting_within(table.host.officer, today=business_date())} == {
        "report_action_item"
    }


def test_who_takes_part_is_told_of_papers_and_of_what_became_of_them(table):
    meeting = table.meeting()
    attending.take_seat(by=table.resident, meeting=meeting)
    sent(table, meeting)
    sequence()
    tell_members()
    told = Notice.objects.filter(about__startswith="attendance:")
    mine = {str(each.person_id) for each in told}
    assert {table.firm.officer.person, table.resident.person} <= mine
    assert table.host.officer.person not in mine


def waits(member: Member) -> list[str]:
    return [each.verb for each in waiting_for(member, today=business_date())]


def test_a_form_sent_twice_plans_one_meeting(table):
    plan = {
        "by": table.host.officer,
        "holding": table.holding(),
        "organiser": table.host.organisation,
        "held_on": date(2026, 3, 4),
        "agenda": [Topic(title="x")],
        "key": "same",
    }
    meetings.plan_meeting(**plan)
    with pytest.raises(AlreadyDone):
        meetings.plan_meeting(**{**plan, "holding": replace(table.holding(), place="别处")})
    assert Meeting.objects.count() == 1
