"""Which year pages begin with: a new one once most projects have it."""

from datetime import date

import pytest

import city_hall
from gongzhi.cycle.models import Project, Watched
from gongzhi.cycle.years import shown_first, year_shown

pytestmark = pytest.mark.django_db
THIS, NEXT = 2026, 2027
TODAY = date(NEXT, 8, 2)


@pytest.fixture
def projects(region) -> list[Project]:
    unit = city_hall.unit("1", within=region)
    return Project.objects.bulk_create(
        Project(code=f"Y{number}", name=f"项目{number}", unit=unit.organisation)
        for number in range(21)
    )


def watched(projects, year: int) -> None:
    Watched.objects.bulk_create(
        Watched(
            project=each, fiscal_year=year, on=TODAY, paid=0, curves={}, signals=[], forecasts={}
        )
        for each in projects
    )


def test_nothing_watched_is_the_year_of_today(region):
    assert year_shown(TODAY) == NEXT


def test_a_year_of_which_a_few_projects_have_a_budget_has_only_begun(projects):
    watched(projects, THIS)
    watched(projects[:2], NEXT)
    assert year_shown(TODAY) == THIS
    assert shown_first([NEXT, THIS], TODAY) == [THIS, NEXT]


def test_once_a_tenth_of_them_have_it_pages_begin_with_it(projects):
    watched(projects, THIS)
    watched(projects[:3], NEXT)
    assert year_shown(TODAY) == NEXT
    assert year_shown(date(THIS, 12, 31)) == THIS


def test_the_only_year_is_shown_however_few(projects):
    watched(projects[:1], NEXT)
    assert year_shown(TODAY) == NEXT
