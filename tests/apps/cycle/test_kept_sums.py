"""Sums that are kept are those that would be computed, whoever reads, whatever was done since."""

from decimal import Decimal

import pytest
from django.db.models import Sum

import city_hall
from apps.cycle import monitored
from gongzhi.core.charter import SYSTEM, VISITOR, Member
from gongzhi.core.telling import Standing, standing_of, weighed
from gongzhi.cycle.actions.adding_up import adding_up_once
from gongzhi.cycle.actions.forms import publish_form
from gongzhi.cycle.actions.projects import Description, describe_project
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Aim, Profile, PurposeSum, Watched, WatchedSum
from gongzhi.cycle.purposes import added, parts_from
from gongzhi.cycle.standing import goals_due, months_over
from gongzhi.cycle.summing import Per
from gongzhi.web.pages.projects.progress import part_of
from verified import verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> list[city_hall.Unit]:
    """Units of two regions, one under a department; some public, some funded, some read."""
    here, there = city_hall.region(), city_hall.region("990200")
    aims = [Aim.objects.create(code=code, name=code, kind="livelihood") for code in "AB"]
    units = [
        city_hall.unit(str(number), within=there if number > 4 else here) for number in range(7)
    ]
    units[1].organisation.parent = units[0].organisation
    units[1].organisation.save()
    for number, unit in enumerate(units):
        monitored.promise(unit)
        if number != 2:
            monitored.fund(unit, Decimal(1000 * (number - 3)))
        monitored.pay(unit, monitored.date(2026, 3, 2), 70 * number)
        if number % 3:
            monitored.read_months(unit, "km", [5, 10, 20 * number])
        if number % 2:
            monitored.disclose(unit)
        about = Description(functional=f"20{number % 3}01", aim=aims[number // 2 % 2])
        describe_project(by=unit.officer, project=unit.project, about=about)
    watch_projects(year=monitored.YEAR)
    return units


def readers(units: list[city_hall.Unit]) -> dict[str, Member]:
    """Whoever reads for another reason: anybody, a unit, a department, offices of a region."""
    region = units[0].organisation.region
    return {
        "anybody": VISITOR,
        "the platform": SYSTEM,
        "unit": units[2].officer,
        "unit below": units[1].officer,
        "department": units[0].officer,
        "bureau": verified(city_hall.budget_office(within=region)),
        "auditor": city_hall.unit("8", within=region, kind="audit").officer,
    }


def kept() -> list[dict[str, object]]:
    """All kept sums, whatever their numbers in the table."""
    rows = [
        {**row, "id": None, "table": table.__name__}
        for table in (WatchedSum, PurposeSum)
        for row in table.objects.order_by().values()
    ]
    return sorted(rows, key=repr)


def assert_kept_as_watched() -> None:
    """What deeds made of the sums is what watching everything anew makes of them."""
    made = kept()
    watch_projects(year=monitored.YEAR)
    assert made == kept()


def test_every_readers_whole_is_the_sum_of_what_they_may_read_one_by_one(units):
    for name, member in readers(units).items():
        watched = Watched.objects.visible_to(member)
        for table in (WatchedSum, PurposeSum):
            one_by_one, whole = table.objects.visible_to(member), table.objects.whole_for(member)
            overseen = one_by_one.overseen_by(member)
            overseen_whole = table.objects.whole_for(member, overseen=True)
            assert total(one_by_one) == total(whole) == total_of(watched), (name, table)
            by_department = table.objects.by_department_for(member)
            assert by_body(by_department) == by_body(one_by_one), (name, table)
            assert total(overseen) == total(overseen_whole), (name, table)
            assert total(overseen) == total_of(watched.overseen_by(member)), (name, table)


def by_body(sums) -> dict[object, object]:
    rows = sums.order_by().annotate(body=Per.DEPARTMENT.body).values("body", "stage")
    return {(row["body"], row["stage"]): row for row in rows.annotate(Sum("projects"), Sum("paid"))}


def total(sums) -> tuple[int, Decimal]:
    found = sums.order_by().aggregate(count=Sum("projects"), money=Sum("paid"))
    return found["count"] or 0, found["money"] or Decimal(0)


def total_of(watched) -> tuple[int, Decimal]:
    return watched.count(), sum((row.paid for row in watched), start=Decimal(0))


def test_whoever_reads_a_region_reads_as_many_sums_as_there_are_purposes(units):
    bureau = readers(units)["bureau"]

    assert PurposeSum.objects.whole_for(VISITOR).filter(unit__isnull=False).count() == 0
    assert set(PurposeSum.objects.whole_for(bureau).values_list("unit", flat=True)) == {None}


def test_what_is_kept_by_purpose_is_what_the_projects_show(units):
    profiles = {each.project_id: each for each in Profile.objects.order_by("id")}
    rows = list(Watched.objects.annotate(due=goals_due(), over=months_over()))
    aims = list(Aim.objects.all())
    assert aims
    for aim in aims:
        for stage in ("registered", "disclosed"):
            mine = [
                row
                for row in rows
                if profiles[row.project_id].aim == aim and row.project.stage == stage
            ]
            assert mine
            sums = PurposeSum.objects.filter(unit=None, department=None, aim=aim, stage=stage)
            found = sums.order_by().aggregate(**added())
            assert found["sum_projects"] == len(mine)
            assert parts_from(found).weighed == weighed(map(part_of, mine))
            assert found["sum_budget"] == sum(row.budget or 0 for row in mine)
            for standing in Standing:
                so = [
                    row
                    for row in mine
                    if standing_of(row.goals_now, due=row.due, is_over=row.over == 12) == standing
                ]
                assert found[f"sum_{standing}"] == len(so)


def test_a_project_that_is_described_anew_counts_for_its_new_purpose_at_once(units):
    aim = Aim.objects.create(code="C", name="另一件实事", kind="report")
    about = Description(functional="2120303", aim=aim)
    describe_project(by=units[1].officer, project=units[1].project, about=about)

    assert PurposeSum.objects.get(unit=None, department=None, aim=aim).functional == "212"
    assert_kept_as_watched()


def test_a_project_that_is_opened_counts_among_what_is_public_at_once(units):
    def public() -> int:
        return total(PurposeSum.objects.whole_for(VISITOR))[0]

    before = public()
    draft = city_hall.draft(units[2])
    publish_form(by=units[2].reviewer, version=draft, review="经审查可以公开")

    assert public() == before + 1
    assert_kept_as_watched()


def test_many_deeds_are_added_up_once_to_what_each_would_have_made(units):
    before, about = kept(), Description(functional="2120303")
    with adding_up_once():
        for unit in units[:3]:
            describe_project(by=unit.officer, project=unit.project, about=about)
        draft = city_hall.draft(units[2])
        publish_form(by=units[2].reviewer, version=draft, review="经审查可以公开")
        assert kept() == before

    assert kept() != before
    assert_kept_as_watched()


def test_what_is_undone_is_not_added_up(units):
    before = kept()

    @adding_up_once()
    def undone() -> None:
        about = Description(functional="2120303")
        describe_project(by=units[1].officer, project=units[1].project, about=about)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert kept() == before
    about = Description(functional="2120304")
    describe_project(by=units[1].officer, project=units[1].project, about=about)
    assert_kept_as_watched()


def test_where_nothing_was_watched_nothing_is_kept():
    unit = city_hall.unit("1", within=city_hall.region())
    describe_project(by=unit.officer, project=unit.project, about=Description(functional="205"))

    assert kept() == []
