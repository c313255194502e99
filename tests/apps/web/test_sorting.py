"""Lists sorted by a column: the order stands in the address, the heads say it and change it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from gongzhi.cycle.models import Alert, Project, Watched

pytestmark = pytest.mark.django_db
FIGURES = {"甲": ("100", "0.5", "0.2"), "乙": ("300", None, "0.9"), "丙": ("200", "0.1", "0.8")}

CURVES = {
    "month": 6,
    "ended": 6,
    "covered": "1",
    **{name: ["0.1"] * 6 for name in ("money", "goals")},
    **{name: ["0.1"] * 12 for name in ("money_planned", "goals_planned")},
}


@pytest.fixture
def unit():
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def watched(unit):
    for number, (name, (budget, money, goals)) in enumerate(FIGURES.items()):
        project = Project.objects.create(
            code=f"S{number}", name=f"项目{name}", unit=unit.organisation, stage="disclosed"
        )
        Watched.objects.create(
            project=project,
            fiscal_year=2026,
            on="2026-06-30",
            level="",
            budget=budget,
            paid=0,
            money_now=money,
            goals_now=goals,
            curves=CURVES,
            signals=[],
            forecasts={},
        )


def named(page: str) -> str:
    """The projects of the list in their order."""
    body = page.partition('id="projects"')[2]
    return "".join(re.findall(r"项目([甲乙丙])</a>", body))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", "乙丙甲"),
        ("budget", "甲丙乙"),
        ("-budget", "乙丙甲"),
        ("-money", "甲丙乙"),
        ("goals", "甲丙乙"),
        ("gap", "甲丙乙"),
        ("-gap", "丙甲乙"),
    ],
)
def test_projects_stand_in_the_order_asked_for_and_unknown_figures_last(watched, order, expected):
    page = Client().get(reverse("monitoring"), {"sort": order} if order else {}).content.decode()

    assert named(page) == expected


def test_a_head_says_the_order_and_a_click_turns_it(watched, unit):
    page = Client().get(reverse("alerts"), {"state": "all", "sort": "-due"}).content.decode()

    assert 'name="sort" value="-due"' in page


def test_alerts_stand_by_what_is_due(unit):
    for round_ in (3, 5, 4):
        Alert.objects.create(
            project=unit.project,
            fiscal_year=2026,
            round=round_,
            opened_on=f"2026-0{round_}-15",
            level="red",
            signals=[],
            label="public",
        )

    def rounds(order: str) -> list[str]:
        page = Client().get(reverse("alerts"), {"state": "all", "sort": order}).content.decode()
        assert f'aria-sort="{"descending" if order[0] == "-" else "ascending"}"' in page
        return re.findall(r"2026-0(\d)</span>", page)

    assert rounds("due") == ["3", "4", "5"]
    assert rounds("-due") == ["5", "4", "3"]
    assert rounds("round") == ["3", "4", "5"]


@pytest.mark.parametrize("page", ["monitoring", "alerts"])
def test_an_order_that_no_head_offers_is_refused(db, page):
    assert Client().get(reverse(page), {"sort": "x"}).status_code == 400
