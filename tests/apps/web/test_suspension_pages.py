"""Suspensions proposed and decided on: a page for who may read them, a file for who pays."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions import alerts
from gongzhi.cycle.alerts_due import due_for
from gongzhi.cycle.models import Alert
from gongzhi.cycle.tasks import follow_up, watch_what_changed
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.rules.packs.folders import USUAL
from gongzhi.rules.packs.monitoring import load_monitoring
from verified import VerifiedClient, verified

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 1)


@pytest.fixture
def unit(settings):
    settings.DEMO = True
    move_business_date(to=TODAY)
    return monitored.ahead(within=city_hall.region())


@pytest.fixture
def bureau(unit):
    return city_hall.budget_office(within=unit.organisation.region)


@pytest.fixture
def alert(unit) -> Alert:
    watch_what_changed(TODAY)
    follow_up(TODAY)
    alert = Alert.objects.get()
    late = due_for(alert, load_monitoring(USUAL)).on + timedelta(days=1)
    move_business_date(to=late)
    follow_up(late)
    alert.refresh_from_db()
    return alert


def text_of(client, route: str) -> str:
    answer = client.get(reverse(route))
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_a_proposal_waits_and_is_decided_on_for_the_payment_system(unit, bureau, alert, client):
    office = VerifiedClient()
    office.force_login(bureau.person)
    assert "等待决定" in text_of(office, "suspensions")
    assert unit.project.name not in text_of(client, "suspensions"), "it isn't public"

    alerts.decide_suspension(
        by=verified(bureau), alert=alert, decision="suspend", reason="至今没有答复"
    )

    assert "暂停拨付" in text_of(office, "suspensions")
    head, row = text_of(office, "suspensions-table").strip().splitlines()
    assert head.startswith("\ufeffproject_code,unit_code")
    told = row.split(",")
    assert (told[0], told[4], told[6]) == (unit.project.code, "suspend", "至今没有答复")
    assert len(text_of(client, "suspensions-table").strip().splitlines()) == 1
