"""Tasks are given inside an organisation or by the congress, have a clock, and are seen by few."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

import city_hall
from gongzhi.core.charter import VISITOR, Member
from gongzhi.desk.actions import tasks
from gongzhi.desk.models import Task
from gongzhi.desk.waiting import waiting_for
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.models import Deed, Office, Organisation

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 2, 13)  # the Saturday after it is worked, then the Spring Festival begins


@pytest.fixture
def unit(settings) -> city_hall.Unit:
    settings.DEMO = True
    move_business_date(to=FRIDAY)
    return city_hall.unit("1", within=city_hall.region())


def give(
    by: Member,
    *,
    to: Organisation,
    about: city_hall.Unit,
    office: Office | None = None,
    days: int = 2,
    key: str | None = None,
) -> Task:
    return tasks.assign_task(
        by=by,
        about=about.project.thing(),
        organisation=to,
        office=office,
        what="核实培训人次",
        clause="4.16",
        working_days=days,
        key=key,
    )


def test_a_task_is_due_after_its_working_days(unit: city_hall.Unit):
    task = give(unit.officer, to=unit.organisation, about=unit)

    assert (task.opened_on, task.due_on, task.provisional) == (FRIDAY, date(2026, 2, 24), False)


def test_a_task_into_a_year_without_a_calendar_is_provisional(unit: city_hall.Unit):
    move_business_date(to=date(2026, 12, 30))

    task = give(unit.officer, to=unit.organisation, about=unit, days=10)

    assert task.due_on.year == 2027
    assert task.provisional


def test_nobody_gives_tasks_to_another_organisation_but_the_congress(unit: city_hall.Unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    congress = city_hall.unit("3", within=unit.organisation.region, kind="congress")

    with pytest.raises(Refused) as refused:
        give(other.officer, to=unit.organisation, about=unit)

    assert "6.6" in refused.value.clauses
    assert (
        give(congress.officer, to=unit.organisation, about=unit).organisation == unit.organisation
    )


def test_a_visitor_gives_no_tasks(unit: city_hall.Unit):
    with pytest.raises(Refused):
        give(VISITOR, to=unit.organisation, about=unit)
    assert not Task.objects.exists()


def test_a_task_waits_for_its_office_until_it_is_finished(unit: city_hall.Unit):
    task = give(unit.officer, to=unit.organisation, about=unit, office=unit.reviewer_office)

    (waiting,) = waiting_for(unit.reviewer, today=FRIDAY)
    assert (waiting.person, waiting.clause) == (unit.reviewer.person, "4.16")
    assert (waiting.due_on, waiting.title) == (task.due_on, "核实培训人次")

    tasks.finish_task(by=unit.reviewer, task=task, outcome="已核实")

    assert list(waiting_for(unit.reviewer, today=FRIDAY)) == []
    assert Deed.objects.get(verb="finish_task").public["on_time"] is True


def test_a_finished_task_is_not_finished_again(unit: city_hall.Unit):
    task = give(unit.officer, to=unit.organisation, about=unit)
    tasks.finish_task(by=unit.officer, task=task, outcome="已办")

    with pytest.raises(Refused):
        tasks.finish_task(by=unit.officer, task=task, outcome="再办")


def test_a_task_is_seen_by_who_has_it_and_who_gave_it(unit: city_hall.Unit):
    congress = city_hall.unit("3", within=unit.organisation.region, kind="congress")
    other = city_hall.unit("2", within=unit.organisation.region)
    give(congress.officer, to=unit.organisation, about=unit)

    def seen(member: Member) -> int:
        return Task.objects.visible_to(member).count()

    assert (seen(unit.officer), seen(unit.reviewer), seen(congress.officer)) == (1, 1, 1)
    assert (seen(congress.reviewer), seen(other.officer), seen(VISITOR)) == (0, 0, 0)


def test_r05_the_same_form_twice_gives_one_task(unit: city_hall.Unit):
    give(unit.officer, to=unit.organisation, about=unit, key="once")

    with pytest.raises(AlreadyDone):
        give(unit.officer, to=unit.organisation, about=unit, key="once")
    assert Task.objects.count() == 1


def test_the_log_learns_of_a_task_but_not_what_is_to_be_done(unit: city_hall.Unit):
    give(unit.officer, to=unit.organisation, about=unit)

    public = Deed.objects.get(verb="assign_task").public
    assert public.keys() == {"deed", "task", "to", "due_on", "by_clause"}


def test_the_database_itself_wants_a_day_after_the_opening(unit: city_hall.Unit):
    give(unit.officer, to=unit.organisation, about=unit)

    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.update(due_on=date(2000, 1, 1))
