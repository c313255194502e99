"""Seal marks: the number of the deed behind each thing of a list, in a few queries for all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import city_hall
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions import register_project
from gongzhi.cycle.models import Project
from gongzhi.trust.sequencing import sequence
from gongzhi.web.seals import name_of, seals_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def queries_for(rows) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        seals_on(rows)
    return len(asked)


def test_a_thing_whose_deed_waits_for_its_number_says_so(unit):
    city_hall.published(unit)
    project = Project.objects.get()

    seal = seals_on([project])[name_of(project)]

    assert seal.index is None


def test_a_list_costs_no_more_queries_than_one_row(unit):
    for number in range(3):
        register_project(by=SYSTEM, unit=unit.organisation, code=f"X{number}", name="某项目")
    sequence()
    projects = list(Project.objects.select_related("unit"))
    assert len(projects) >= 3

    assert queries_for(projects) == queries_for(projects[:1])


def test_what_no_deed_touched_has_no_seal(unit):
    assert seals_on([]) == {}
