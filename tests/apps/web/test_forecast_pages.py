"""How good last year's forecasts were, on a page; where there is no last year, that is said."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from gongzhi.cycle.models import Watched
from gongzhi.parties.business_date import business_date

pytestmark = pytest.mark.django_db


def finished_year(unit, *, shares):
    kept = [str(share) for share in shares]
    Watched.objects.create(
        project=unit.project,
        fiscal_year=business_date().year - 1,
        on=date(business_date().year - 1, 12, 31),
        level="",
        budget=Decimal(100),
        paid=Decimal(100),
        curves={"month": 12, "ended": 12, "money": kept, "goals": [None] * 12},
        signals=[],
        forecasts={},
    )


def text_of(client) -> str:
    answer = client.get(reverse("forecasts"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_year_that_went_evenly_was_foreseen_exactly(client):
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    finished_year(unit, shares=[Decimal(month) / 12 for month in range(1, 13)])
    text = text_of(client)
    assert "1 个项目" in text
    assert '<td class="number">0.0</td>' in text
    assert "不表示把握" in text


def test_projects_that_nobody_may_read_are_not_counted(client):
    unit = city_hall.unit("1", within=city_hall.region())
    finished_year(unit, shares=[Decimal(1)] * 12)
    assert "还没有一整年的数据" in text_of(client)
