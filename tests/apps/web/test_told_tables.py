"""Evenness and efficiency from the city's own facts: tables that units add to their readings."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.evidence import Shown, add_evidence
from gongzhi.cycle.actions.readings import Read, add_reading
from gongzhi.cycle.models import Evidence, Project
from gongzhi.intake.screening import screened
from gongzhi.parties.actions.setting_up import move_business_date
from verified import verified

pytestmark = pytest.mark.django_db
SCHOOLS = "学校,片区,2025年经费,2026年经费,学生数\n甲,东,100,200,100\n乙,西,300,200,100\n"
HOSPITALS = "医院,投入：医生,产出：门诊\n甲,10,100\n乙,10,50\n"


@pytest.fixture
def unit(settings):
    settings.DEMO = True
    unit = city_hall.unit("1", within=city_hall.region())
    monitored.promise(unit)
    monitored.disclose(unit)
    move_business_date(to=date(2026, 9, 1))
    return unit


def told(unit, content: str, *, label: str = "public") -> Evidence:
    by = verified(unit.officer_office)
    read = Read(
        project=Project.objects.get(), indicator="km", source="unit", value=Decimal(40),
        starts_on=date(2026, 8, 1), ends_on=date(2026, 8, 31),
    )  # fmt: skip
    reading = add_reading(by=by, organisation=unit.organisation, read=read)
    shown = Shown(
        kind="file", shows="各校经费表", made_on=date(2026, 8, 31), source="教育局部门决算"
    )
    file = screened("各校.csv", content.encode())
    return add_evidence(by=by, reading=reading, shown=shown, file=file, label=label)


def page(client, route: str, **query) -> str:
    answer = client.get(reverse(route), query)
    assert answer.status_code == 200, answer.content.decode()[:1500]
    return answer.content.decode()


def test_schools_are_measured_from_the_table_behind_a_reading(client, unit):
    row = told(unit, SCHOOLS)
    assert f"?from={row.pk}" in page(client, "equity")

    said = page(client, "equity", **{"from": row.pk})

    assert "以前和现在" in said
    assert "各处相同" in said
    assert "教育局部门决算" in said
    assert reverse("attachment", args=[row.attachment_id]) in said


def test_hospitals_are_compared_from_the_table_behind_a_reading(client, unit):
    row = told(unit, HOSPITALS)
    said = page(client, "efficiency", **{"from": row.pk})
    assert "可以学习" in said
    assert "教育局部门决算" in said


def test_columns_are_named_for_the_same_table_without_handing_it_in_again(client, unit):
    row = told(unit, SCHOOLS)
    given = {"from": row.pk, "amount": "2025年经费", "before": ""}
    answer = client.post(reverse("equity"), given)
    assert answer.status_code == 200
    assert "3.00 倍" in answer.content.decode()


def test_a_table_that_says_something_else_is_told_so(client, unit):
    row = told(unit, SCHOOLS)
    answer = client.get(reverse("efficiency"), {"from": row.pk})
    assert answer.status_code == 422
    assert "看不出" in answer.content.decode()


def test_s16_what_isnt_public_is_neither_listed_nor_measured(client, unit):
    row = told(unit, SCHOOLS, label="internal")
    assert str(row.pk) not in page(client, "equity")
    assert client.get(reverse("equity"), {"from": row.pk}).status_code == 404


@pytest.mark.parametrize("asked", ["", "x", "01890000-0000-7000-8000-000000000000"])
def test_what_isnt_there_isnt_found(client, unit, asked):
    assert client.get(reverse("equity"), {"from": asked}).status_code == 404


def test_the_readings_page_leads_to_both(client, unit):
    row = told(unit, SCHOOLS)
    answer = client.get(reverse("project-readings", args=[row.reading.project_id]))
    said = answer.content.decode()
    assert f"{reverse('equity')}?from={row.pk}" in said
    assert f"{reverse('efficiency')}?from={row.pk}" in said
