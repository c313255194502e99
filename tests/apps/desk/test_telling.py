"""People are told of what concerns them: once, in the log's order, and what they may read."""

import pytest
from django.db import IntegrityError, transaction

import city_hall
from apps.desk.desks import tell, told
from gongzhi.core.charter import SYSTEM, VISITOR, Member, PartyKind
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Urgency, Waiting
from gongzhi.cycle import actions as cycle
from gongzhi.desk.actions import notices, tasks
from gongzhi.desk.models import Follow, Notice, NoticeCursor
from gongzhi.desk.sentences import said_as_json, said_from_json
from gongzhi.desk.telling import notices_of, reminder_of
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, Person
from gongzhi.trust.order import leaves_since, numbers_of
from gongzhi.trust.sequencing import sequence
from gongzhi.words import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> city_hall.Unit:
    unit = city_hall.unit("1", within=city_hall.region())
    tell()
    Notice.objects.all().delete()
    return unit


def citizen(name: str = "li") -> tuple[Person, Member]:
    person = parties.register_person(by=SYSTEM, username=name, name="李某")
    return person, Member(kind=PartyKind.CITIZEN, person=str(person.pk))


def test_the_offices_of_the_owner_are_told_but_not_who_did_it(unit: city_hall.Unit):
    version = city_hall.draft(unit)
    cycle.withdraw_draft(by=unit.officer, version=version)

    tell()

    assert told(unit.reviewer_office) == ["起草自评表", "撤回草稿"]
    assert {notice.told_on for notice in Notice.objects.all()} == {business_date()}
    assert told(unit.officer_office) == []


def test_p05_telling_many_people_of_a_deed_takes_no_more_questions_than_telling_one(
    unit: city_hall.Unit, django_assert_max_num_queries
):
    city_hall.draft(unit)
    deed = Deed.objects.get(verb="draft_form")
    with django_assert_max_num_queries(20) as few:
        assert len(list(notices_of(deed))) == 1
    for number in range(5):
        city_hall.office(unit.organisation, f"colleague {number}", "officer")

    with django_assert_max_num_queries(len(few)):
        assert len(list(notices_of(deed))) == 6


def test_other_organisations_are_told_nothing(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    tell()
    Notice.objects.all().delete()
    city_hall.published(unit)

    tell()

    assert told(other.officer_office) == []


def test_a_follower_is_told_of_what_they_may_read(unit: city_hall.Unit):
    person, member = citizen()
    city_hall.published(unit)
    notices.follow_thing(by=member, about=unit.project.thing())
    tell()
    Notice.objects.all().delete()

    version = city_hall.draft(unit, fiscal_year=2024)
    tell()
    drafted = Notice.objects.filter(person=person)
    assert [n.about for n in drafted] == [unit.project.thing().name]

    cycle.publish_form(by=unit.reviewer, version=version, review="可以")
    tell()

    abouts = {notice.about for notice in Notice.objects.filter(person=person)}
    assert version.thing().name in abouts


def test_a_follower_is_not_told_of_a_draft(unit: city_hall.Unit):
    person, member = citizen()
    city_hall.published(unit)
    notices.follow_thing(by=member, about=unit.project.thing())
    draft = city_hall.draft(unit, fiscal_year=2024)
    cycle.withdraw_draft(by=unit.officer, version=draft)

    tell()

    told_of = [notice.about for notice in Notice.objects.filter(person=person)]
    assert draft.thing().name not in told_of


def test_who_follows_no_more_is_told_no_more(unit: city_hall.Unit):
    person, member = citizen()
    city_hall.published(unit)
    follow = notices.follow_thing(by=member, about=unit.project.thing())
    tell()
    notices.unfollow_thing(by=member, follow=follow)
    Notice.objects.all().delete()

    city_hall.published(unit, fiscal_year=2024)
    tell()

    assert not Notice.objects.filter(person=person).exists()
    assert not Follow.objects.exists()


def test_the_log_does_not_learn_what_somebody_follows(unit: city_hall.Unit):
    _, member = citizen()

    notices.follow_thing(by=member, about=unit.project.thing())

    deed = Deed.objects.get(verb="follow_thing")
    assert unit.project.thing().id not in f"{deed.on} {deed.public}"


def test_a_visitor_follows_nothing(unit: city_hall.Unit):
    with pytest.raises(Refused):
        notices.follow_thing(by=VISITOR, about=unit.project.thing())
    assert not Follow.objects.exists()


def test_what_one_follows_is_shown_to_nobody_else(unit: city_hall.Unit):
    _, member = citizen()
    notices.follow_thing(by=member, about=unit.project.thing())

    assert Follow.objects.visible_to(member).count() == 1
    assert Follow.objects.visible_to(unit.officer).count() == 0
    assert Follow.objects.visible_to(VISITOR).count() == 0


def test_a_task_for_one_office_is_told_to_that_office(unit: city_hall.Unit):
    third = city_hall.office(unit.organisation, "third")
    tell()
    Notice.objects.all().delete()
    tasks.assign_task(
        by=unit.officer,
        about=unit.project.thing(),
        organisation=unit.organisation,
        office=unit.reviewer_office,
        what="核实",
        clause="4.16",
        working_days=3,
    )

    tell()

    assert told(unit.reviewer_office) == ["交办任务"]
    assert told(third) == []


def test_r06_telling_twice_is_like_telling_once(unit: city_hall.Unit):
    city_hall.draft(unit)
    first = tell()

    NoticeCursor.objects.update(next_index=0)
    tell()

    assert Notice.objects.filter(about=unit.project.thing().name).count() == 1 == first


class KilledError(Exception):
    """The worker's end, before its transaction's."""


def tell_and_die() -> None:
    notices.tell_members()
    raise KilledError


def test_r06_a_worker_that_dies_has_moved_nothing(unit: city_hall.Unit):
    city_hall.draft(unit)
    sequence()
    before = NoticeCursor.objects.get().next_index

    with pytest.raises(KilledError), transaction.atomic():
        tell_and_die()

    assert NoticeCursor.objects.get().next_index == before
    assert not Notice.objects.exists()
    assert tell() == 1


def test_nothing_to_tell_is_no_deed(unit: city_hall.Unit):
    before = Deed.objects.filter(verb="tell_members").count()

    tell()

    assert Deed.objects.filter(verb="tell_members").count() == before


def test_the_database_itself_tells_nothing_twice(unit: city_hall.Unit):
    city_hall.draft(unit)
    tell()
    notice = Notice.objects.get()

    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_the_log_is_read_in_its_order_from_any_number(unit: city_hall.Unit):
    for number in range(260):  # more entries than one bundle holds
        parties.register_region(by=SYSTEM, code=f"98{number:04}", name="某区")
    sequence()
    leaves = leaves_since(0, count=10_000)

    assert len(leaves) > 256
    assert leaves == list(Deed.objects.order_by("leaf").values_list("leaf", flat=True))
    for index in (0, 1, 250, 255, 256, 257, len(leaves) - 1, len(leaves)):
        assert leaves_since(index, count=9) == leaves[index : index + 9]
    assert numbers_of(leaves) == {leaf: number for number, leaf in enumerate(leaves)}


def test_a_notice_is_read_by_its_person_alone(unit: city_hall.Unit):
    city_hall.draft(unit)
    tell()
    notice = Notice.objects.get()

    with pytest.raises(Refused):
        notices.read_notice(by=unit.officer, notice=notice)

    assert Notice.objects.visible_to(unit.officer).count() == 0
    assert notices.read_notice(by=unit.reviewer, notice=notice) == 1
    assert Notice.objects.unread().count() == 0


def test_reading_a_notice_with_the_earlier_ones_leaves_the_later(unit: city_hall.Unit):
    for year in (2021, 2022, 2023):
        city_hall.draft(unit, fiscal_year=year)
    tell()
    second = Notice.objects.order_by("id")[1]

    assert notices.read_notice(by=unit.reviewer, notice=second, and_earlier=True) == 2
    assert Notice.objects.unread().count() == 1


def test_a_notice_reads_well_in_both_languages(unit: city_hall.Unit):
    city_hall.draft(unit)
    tell()
    said = Notice.objects.get().said

    assert say(said, "zh") == "某局1办理了“起草自评表”"
    assert say(said, "en") == "某局1: Draft a form"
    assert said_from_json(said_as_json(said)) == said


def test_a_reminder_comes_once_for_each_stage(unit: city_hall.Unit):
    waiting = Waiting(
        verb="explain_finding",
        thing=unit.project.thing(),
        said=Said("办理交办的事"),
        opened_on=business_date(),
        due_on=business_date(),
    )

    def remind(urgency: Urgency) -> int:
        reminder = reminder_of(waiting, to=unit.officer, urgency=urgency, on=business_date())
        return notices.remind_members(reminders=[reminder])

    counts = [remind(each) for each in (Urgency.SOON, Urgency.SOON, Urgency.OVERDUE)]

    assert counts == [1, 0, 1]
    assert Notice.objects.filter(person=unit.officer.person).count() == 2
