"""What the market and joint projects know, where one looks for it: goals, organisations."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from apps.cycle.test_goals import approved
from apps.forum.test_joint import charity, joint
from apps.forum.test_market import a_demo, five, project, question, told
from apps.forum.test_voices import bureau
from gongzhi.core.charter import Member
from gongzhi.forum.actions import market
from gongzhi.forum.actions.joint_gifts import record_charity_licence
from gongzhi.parties.models import Organisation
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
__all__ = ["a_demo", "bureau", "charity", "five", "joint", "project", "question"]


def page(name: str, *args: object) -> str:
    answer = Client().get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_goals_say_on_which_range_their_figures_rest(unit, project, question, five, bureau):
    version = approved(unit, bureau)
    assert 'id="market"' not in page("goal-version", version.pk)
    use = market.rest_on_market(
        by=unit.officer,
        project=project,
        told=told(unit, question),
        figure="单位补贴标准",
        text="取下端 2.4 元",
    )
    shown = page("goal-version", version.pk).partition('id="market"')[2]
    shown = shown.partition("</section>")[0]
    assert use.figure in shown
    assert "参考了 5 家企业的区间" in shown
    assert reverse("market-question", args=[question.pk]) in shown
    assert use.used_on.isoformat() in shown


def test_an_organisation_leads_to_its_licences_for_raising_money(unit, charity: Member):
    body = Organisation.objects.get(pk=charity.organisation)
    address = reverse("charity-licences", args=[body.pk])
    assert address in page("organisation", body.pk)
    registrar = verified(city_hall.office(unit.organisation, "登记", "registrar"))
    record_charity_licence(
        by=registrar, organisation=body, document_number="M1", since_on=date(2026, 1, 1)
    )
    assert "公开募捐资格 1 项" in page("organisation", body.pk)
    of_a_unit = reverse("charity-licences", args=[unit.organisation.pk])
    assert of_a_unit not in page("organisation", unit.organisation.pk)
