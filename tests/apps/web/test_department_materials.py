"""A department's year for deputies to examine: what there is, what is missing, what was asked."""

from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.test_inquiries import a_demo, congress
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.actions import inquiries
from gongzhi.cycle.models import Alert, Watched
from gongzhi.parties.business_date import business_date
from verified import signed_in, verified

pytestmark = pytest.mark.django_db
__all__ = ["a_demo", "congress"]
YEAR = city_hall.YEAR


def materials(client, unit, *, language: str = "zh-hans") -> str:
    client.cookies["django_language"] = language
    address = reverse("department-materials", args=[unit.organisation.pk])
    answer = client.get(f"{address}?year={YEAR}")
    assert answer.status_code == 200
    return answer.content.decode()


def watched(project, budget: int) -> None:
    Watched.objects.create(
        project=project, fiscal_year=YEAR, on=business_date(), budget=Decimal(budget),
        paid=Decimal(0), curves={}, signals=[], forecasts={},
    )  # fmt: skip


@pytest.fixture
def department(unit):
    """A unit with two projects: one evaluated itself, one not disclosed; a warning."""
    city_hall.published(unit)
    other = cycle.register_project(by=SYSTEM, unit=unit.organisation, code="Q9", name="未公开的")
    watched(unit.project, 1000)
    watched(other, 2000)
    Alert.objects.create(
        project=other, fiscal_year=YEAR, round=1, opened_on=business_date(), level="red",
        signals=[],
    )  # fmt: skip
    return unit


def test_the_congress_sees_what_there_is_and_what_is_missing(department, congress):
    said = materials(signed_in(congress), department)
    assert department.project.name in said
    assert "未公开的" in said
    assert "没有批复目标的 2 个；还没有公开自评的 1 个。" in said
    assert "红色" in said
    assert f"?about=organisation:{department.organisation.pk}" in said


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "审查材料"), ("en", "for examination")]
)
def test_everybody_sees_of_it_what_is_public(department, client, language, words):
    said = materials(client, department, language=language)
    assert words in said
    assert department.project.name in said
    assert "未公开的" not in said


def test_what_was_asked_of_the_department_stands_with_it(department, congress):
    inquiries.ask_question(
        by=verified(congress),
        asking=inquiries.Asking(
            title="结转为什么这么多",
            points=("逐项说明",),
            addressed=department.organisation,
            fiscal_year=YEAR,
            department=department.organisation,
        ),
        congress=congress.organisation,
    )
    assert "结转为什么这么多" in materials(signed_in(congress), department)


def test_a_year_that_is_none_is_the_present_one(department, client):
    address = reverse("department-materials", args=[department.organisation.pk])
    for year in ("x", "99999", "-1"):
        assert client.get(f"{address}?year={year}").status_code == 200
