"""Citizens' evaluations as pages: said without scripts, answered, never told whose."""

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import YEAR
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.models import ServiceEvaluation
from gongzhi.parties.actions import setting_up as parties
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
GIVEN = {
    "fiscal_year": YEAR,
    "matter": "service",
    "text": "找联系人：张三13800138000才修好",
    "level-service": "4",
    "level-change": "3",
    "level-openness": "2",
}


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def citizen() -> VerifiedClient:
    person = parties.register_person(by=SYSTEM, username="某公民", name="李四")
    client = VerifiedClient()
    client.force_login(person)
    return client


def read(client, unit) -> str:
    answer = client.get(f"{reverse('citizens', args=[unit.project.pk])}?year={YEAR}")
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_citizen_says_it_and_everybody_reads_it_once_answered(disclosed, client, language):
    by, officer = citizen(), signed_in(disclosed.officer_office)
    for each in (by, client):
        each.cookies["django_language"] = language
    assert 'id="evaluate_service"' in read(by, disclosed)
    assert 'id="evaluate_service"' not in read(client, disclosed)
    lacking = {name: value for name, value in GIVEN.items() if name != "level-change"}
    post(by, "evaluate_service", disclosed.project.pk, status=422, **lacking)
    post(by, "evaluate_service", disclosed.project.pk, **GIVEN)
    assert "13800138000" in read(by, disclosed)  # one's own words
    assert "才修好" not in read(client, disclosed)
    assert "13800138000" not in read(officer, disclosed)
    row = ServiceEvaluation.objects.get()
    post(officer, "answer_citizens", disclosed.project.pk, status=422, text="六月修完")
    post(officer, "answer_citizens", disclosed.project.pk, evaluation=row.pk, text="六月修完")
    told = read(client, disclosed)
    assert "才修好" in told
    assert "六月修完" in told
    assert "13800138000" not in told
    assert "李四" not in told
    assert 'id="ask_supplement"' in read(by, disclosed)
    post(by, "ask_supplement", row.pk, reason="哪年六月")
    assert "哪年六月" in read(officer, disclosed)
