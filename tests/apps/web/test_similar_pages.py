"""What outputs cost beside similar projects: who is similar, where one stands, too few said."""

from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.comparing import Compared
from gongzhi.core.terms import Said
from gongzhi.cycle import actions as cycle
from gongzhi.cycle.models import GoalIndicator, GoalVersion, Profile, Project, Watched
from gongzhi.cycle.similar import similar_outputs
from gongzhi.parties.business_date import business_date

pytestmark = pytest.mark.django_db
YEAR = 2026


def promised(
    unit, code, *, budget, value, name="改造管网长度", measure="公里", functional="21203"
) -> Project:
    """A disclosed project with one approved quantity and a budget."""
    project = cycle.register_project(
        by=SYSTEM, unit=unit.organisation, code=code, name=f"某项目{code}"
    )
    Project.objects.filter(pk=project.pk).update(stage="disclosed")
    Profile.objects.create(project=project, functional=functional, described_on=business_date())
    version = GoalVersion.objects.create(
        project=project, fiscal_year=YEAR, number=1, stage="approved", record={},
        pack=city_hall.PACK, drafted_by=unit.officer_office.person, drafted_on=business_date(),
        approved_on=business_date(), document_number="〔2026〕1号",
    )  # fmt: skip
    GoalIndicator.objects.create(
        version=version, position=1, key="km", name=name, heading="数量指标",
        target=f"≥{value}{measure}", value=Decimal(value), measure=measure,
    )  # fmt: skip
    Watched.objects.create(
        project=project, fiscal_year=YEAR, on=business_date(), budget=Decimal(budget),
        paid=Decimal(0), curves={}, signals=[], forecasts={},
    )  # fmt: skip
    return project


@pytest.fixture
def pipes(unit):
    return [promised(unit, f"K{n}", budget=n * 1_000_000, value="10") for n in range(1, 8)]


def test_a_project_stands_where_its_unit_cost_does(pipes):
    (output,) = similar_outputs(VISITOR, pipes[4], year=YEAR)
    assert output.mine.planned == 500_000
    assert isinstance(output.planned, Compared)
    assert (output.planned.place, output.planned.count) == (5, 6)
    assert output.planned.median == 350_000


@pytest.mark.parametrize(
    "different",
    [{"measure": "座"}, {"measure": "%"}, {"functional": "20502"}, {"name": "发放课本"}],
    ids=["measure", "share", "class", "name"],
)
def test_only_like_things_are_compared(unit, pipes, different):
    promised(unit, "K9", budget=1, value="10", **different)
    (output,) = similar_outputs(VISITOR, pipes[0], year=YEAR)
    assert len(output.others) == 6


def test_a_share_has_no_unit_cost(unit):
    mine = promised(unit, "K1", budget=1_000_000, value="97", measure="%")
    assert similar_outputs(VISITOR, mine, year=YEAR) == ()


def test_what_the_reader_may_not_see_isnt_compared(unit, pipes):
    Project.objects.filter(pk=pipes[6].pk).update(stage="registered")
    assert len(similar_outputs(VISITOR, pipes[0], year=YEAR)[0].others) == 5
    assert len(similar_outputs(unit.officer, pipes[0], year=YEAR)[0].others) == 6


def test_too_few_are_said_and_not_compared(unit):
    mine = promised(unit, "K1", budget=1_000_000, value="10")
    promised(unit, "K2", budget=2_000_000, value="10")
    (output,) = similar_outputs(VISITOR, mine, year=YEAR)
    assert isinstance(output.planned, Said)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "比 6 个同类项目的中位数高 42.9%，从低到高排第 5（共 7 个）"),
        ("en", "42.9% above the median of 6 similar projects; number 5 of 7 from the lowest"),
    ],
)
def test_the_page_says_the_place_the_sum_and_the_rule(pipes, client, language, words):
    client.cookies["django_language"] = language
    answer = client.get(reverse("project-similar", args=[pipes[4].pk]))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert words in text
    assert "5,000,000.00 ÷ 10 = 500,000.00" in text
    assert reverse("project-figure", args=[pipes[0].pk, "budget"]) in text


def test_without_a_quantity_the_page_says_what_it_takes(unit, client):
    city_hall.published(unit)
    text = client.get(reverse("project-similar", args=[unit.project.pk])).content.decode()
    assert "没有可以比的产出" in text
