"""Readings: called for, handed in, corrected beside what was read, settled where they differ."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

import city_hall
from apps.cycle import monitored
from gongzhi.core.charter import Member
from gongzhi.cycle.actions import readings
from gongzhi.cycle.actions.readings import Read
from gongzhi.cycle.followed import followed
from gongzhi.cycle.models import Collection, Reading
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db
OPENED = date(2026, 9, 1)
AUGUST = (date(2026, 8, 1), date(2026, 8, 31))


@pytest.fixture
def move(settings):
    """Move the demo's date."""
    settings.DEMO = True
    return lambda day: move_business_date(to=day)


@pytest.fixture
def unit(region):
    unit = city_hall.unit("1", within=region)
    monitored.promise(unit)
    monitored.disclose(unit)
    return unit


@pytest.fixture
def social(region):
    return city_hall.unit("2", within=region, kind="social")


@pytest.fixture
def bureau(region):
    return city_hall.unit("3", within=region)


@pytest.fixture
def budget(bureau) -> Member:
    return verified(city_hall.office(bureau.organisation, "budget", "budget"))


@pytest.fixture
def call(budget, bureau, move) -> Collection:
    move(OPENED)
    return called(budget, bureau)


def called(budget: Member, bureau: city_hall.Unit) -> Collection:
    return readings.open_collection(
        by=budget,
        organisation=bureau.organisation,
        fiscal_year=2026,
        month=8,
        title="8 月运行监控填报",
        working_days=5,
    )


def km(unit: city_hall.Unit, value: int | None = 40, **more: object) -> Read:
    """So many kilometres were done by the end of August."""
    read = Read(
        project=unit.project,
        indicator="km",
        starts_on=AUGUST[0],
        ends_on=AUGUST[1],
        source="unit",
        value=None if value is None else Decimal(value),
    )
    return replace(read, **more)


def added(by: city_hall.Unit, read: Read) -> Reading:
    return readings.add_reading(by=by.officer, organisation=by.organisation, read=read)


def answered(unit: city_hall.Unit, call: Collection, *reads: Read):
    return readings.submit_readings(
        by=unit.officer, collection=call, unit=unit.organisation, reads=reads
    )


def monitored_readings(unit: city_hall.Unit, today: date = OPENED):
    (each,) = followed([unit.project.pk], year=2026, today=today)
    return each.facts.readings


def test_a_call_is_due_after_so_many_working_days(call):
    assert call.opened_on == OPENED
    assert call.due_on == date(2026, 9, 8)


def test_a_month_is_called_for_once(call, budget, bureau):
    with pytest.raises(Unsuitable) as unsuitable:
        called(budget, bureau)

    assert unsuitable.value.faults == {"month": readings.ALREADY_CALLED}


def test_only_the_budget_office_calls(unit):
    with pytest.raises(Refused):
        called(unit.officer, unit)


def test_an_answer_keeps_all_that_was_read(call, unit):
    answer = answered(unit, call, km(unit), km(unit, None, indicator="sat", why_none="年底调查"))

    assert answer.counts == {"readings": 2, "without_value": 1}
    assert set(Reading.objects.values_list("indicator", flat=True)) == {"km", "sat"}
    deed = Deed.objects.get(verb="submit_readings")
    assert (deed.public["readings"], deed.public["late"]) == (2, False)


def test_a_late_answer_is_taken_and_shows(call, unit, move):
    move(call.due_on + timedelta(days=1))

    answer = answered(unit, call, km(unit))

    assert answer.submitted_on > call.due_on
    assert Deed.objects.get(verb="submit_readings").public["late"] is True


def test_a_call_that_was_closed_takes_no_answers(call, unit, budget):
    readings.close_collection(by=budget, collection=call)

    with pytest.raises(Unsuitable):
        answered(unit, call, km(unit))
    assert not Reading.objects.exists()


def test_no_value_needs_a_reason_and_one_bad_line_keeps_the_answer_back(call, unit):
    with pytest.raises(Unsuitable) as unsuitable:
        answered(unit, call, km(unit), km(unit, None, indicator="sat", why_none=" "))

    assert unsuitable.value.faults == {"value": readings.EMPTY}
    assert not Reading.objects.exists()


def test_a_period_ends_after_it_starts(unit, move):
    move(OPENED)
    with pytest.raises(Unsuitable) as unsuitable:
        added(unit, km(unit, ends_on=date(2026, 7, 1)))

    assert unsuitable.value.faults == {"ends_on": readings.BACKWARDS}


def test_nobody_answers_for_another_unit(call, unit, social):
    with pytest.raises(Refused):
        readings.submit_readings(
            by=social.officer, collection=call, unit=unit.organisation, reads=[km(unit)]
        )


def test_a_correction_stands_beside_what_it_corrects(unit, move):
    move(OPENED)
    first = added(unit, km(unit, 40))

    anew = readings.correct_reading(
        by=unit.officer, reading=first, read=km(unit, 38), reason="重复计了 2 公里"
    )

    first.refresh_from_db()
    assert (first.value, anew.value, anew.corrects) == (40, 38, first)
    assert [each.value for each in monitored_readings(unit)] == [38]


def test_only_the_newest_reading_is_corrected_and_with_a_reason(unit, move):
    move(OPENED)
    first = added(unit, km(unit, 40))
    with pytest.raises(Unsuitable):
        readings.correct_reading(by=unit.officer, reading=first, read=km(unit, 38), reason=" ")
    readings.correct_reading(by=unit.officer, reading=first, read=km(unit, 38), reason="重复")

    with pytest.raises(Unsuitable) as unsuitable:
        readings.correct_reading(by=unit.officer, reading=first, read=km(unit, 37), reason="重复")

    assert unsuitable.value.faults == {"value": readings.CORRECTED}


def test_readings_of_several_parties_stand_side_by_side(unit, social, move):
    move(OPENED)
    own, others = added(unit, km(unit, 40)), added(social, km(unit, 25, source="social"))

    assert readings.others_of(own) == [others]
    assert readings.others_of(others) == [own]
    assert sorted(each.value for each in monitored_readings(unit)) == [25, 40]


def test_nobody_reads_of_a_project_that_is_not_public(unit, social):
    unit.project.stage = "registered"
    unit.project.save()

    with pytest.raises(Refused):
        added(social, km(unit, 25, source="social"))


def test_the_settled_reading_stands_and_the_other_stays_beside_it(unit, social, budget, move):
    move(OPENED)
    own, others = added(unit, km(unit, 40)), added(social, km(unit, 25, source="social"))

    settled = readings.settle_readings(by=budget, reading=others, reason="现场核实 25 公里")

    assert settled.against == [str(own.pk)]
    standing = {each.value: each.settled for each in monitored_readings(unit)}
    assert standing == {40: False, 25: True}


def test_who_read_does_not_settle_and_what_agrees_is_not_settled(unit, budget, move):
    move(OPENED)
    own = added(unit, km(unit, 40))

    with pytest.raises(Refused):
        readings.settle_readings(by=unit.officer, reading=own, reason="我们的对")
    with pytest.raises(Unsuitable) as unsuitable:
        readings.settle_readings(by=budget, reading=own, reason="只有一个")
    assert unsuitable.value.faults == {"reading": readings.AGREED}


def test_what_was_read_is_corrected_and_not_read_again(unit, call):
    answered(unit, call, km(unit))

    for again in (
        lambda: answered(unit, call, km(unit, 41)),
        lambda: added(unit, km(unit, 41)),
        lambda: answered(unit, call, km(unit, 1, indicator="sat"), km(unit, 2, indicator="sat")),
    ):
        with pytest.raises(Unsuitable) as unsuitable:
            again()
        assert unsuitable.value.faults == {"value": readings.READ_ALREADY}
    own = Reading.objects.get()
    readings.correct_reading(by=unit.officer, reading=own, read=km(unit, 41), reason="漏算一段")
    assert Reading.objects.get(corrects=own).value == 41
    added(unit, km(unit, 39, source="survey"))  # on another footing


def test_a_second_answer_says_what_the_first_left_out(unit, call):
    answered(unit, call, km(unit))

    answered(unit, call, km(unit, None, indicator="sat", why_none="年底调查"))
    with pytest.raises(Unsuitable) as unsuitable:
        answered(unit, call)

    assert unsuitable.value.faults == {"collection": readings.ALREADY_ANSWERED}
    assert call.submissions.count() == 2


def test_an_empty_answer_is_taken_only_of_who_is_asked_for_nothing(unit, call, bureau):
    with pytest.raises(Unsuitable) as unsuitable:
        answered(unit, call)

    assert unsuitable.value.faults == {"collection": readings.NOTHING_SAID}
    assert answered(bureau, call).counts["readings"] == 0


def test_a_unit_answers_for_its_own_projects_alone(unit, call, bureau):
    with pytest.raises(Unsuitable) as unsuitable:
        answered(bureau, call, km(unit))

    assert unsuitable.value.faults == {"collection": readings.OTHERS_PROJECT}


def test_sent_twice_is_kept_once(unit, move):
    move(OPENED)
    sent = {"by": unit.officer, "organisation": unit.organisation, "read": km(unit), "key": "k1"}
    readings.add_reading(**sent)

    with pytest.raises(AlreadyDone):
        readings.add_reading(**sent)
    assert Reading.objects.count() == 1
