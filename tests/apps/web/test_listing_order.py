"""Long lists are read in the order that is kept, and show what sorting them would show."""

from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import GoalVersion
from gongzhi.cycle.years import YearByYear, years_of
from gongzhi.web.pages.projects import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> list[city_hall.Unit]:
    """Public projects, most with a budget."""
    region = city_hall.region()
    units = [city_hall.unit(str(number), within=region) for number in range(7)]
    for number, unit in enumerate(units):
        monitored.disclose(unit)
        if number % 3:
            monitored.fund(unit, Decimal(100 * (number % 4)))
        monitored.promise(unit)
    watch_projects(year=monitored.YEAR)
    return units


def test_long_lists_of_projects_are_in_the_order_of_short_ones(units, client, monkeypatch):
    def names(number: int) -> list[str]:
        answer = client.get(reverse("projects"), {"page": number})
        return [line.project.name for line in answer.context["lines"]]

    monkeypatch.setattr(listing, "ROWS", 2)
    sorted_at_once = [names(number) for number in range(1, 5)]
    monkeypatch.setattr(listing, "SORTED_MAX", 1)

    assert [names(number) for number in range(1, 5)] == sorted_at_once
    assert len({name for some in sorted_at_once for name in some}) == len(units)


def test_years_follow_one_another_as_if_they_were_sorted_together(units, monkeypatch):
    monkeypatch.setattr(monitored, "YEAR", 2025)
    for unit in units[:3]:
        monitored.promise(unit)
    rows = GoalVersion.objects.order_by("-fiscal_year", "project__code", "-id")
    by_year = YearByYear(rows)
    every = list(rows)

    assert years_of(rows) == [2026, 2025]
    assert by_year.count() == len(every)
    for start in range(len(every)):
        for stop in range(start, len(every) + 1):
            assert by_year[start:stop] == every[start:stop]


def test_a_unit_can_be_asked_for_however_far_behind_it_stands(units, client, monkeypatch):
    monkeypatch.setattr(listing, "UNITS_MAX", 1)
    last = units[-1]

    answer = client.get(reverse("projects"), {"unit": str(last.organisation.pk)})

    assert [line.project for line in answer.context["lines"]] == [last.project]
