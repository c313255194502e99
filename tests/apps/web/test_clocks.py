"""R07: machines whose clocks differ, or stand past 2038; the day is the installation's."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone as moments

import city_hall
from apps.web.signing import code_now, give_code, give_password, is_signed_in, person, telephone
from gongzhi.cycle.models import FormVersion
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.trust import identifiers
from gongzhi.trust.auditing import audit
from gongzhi.trust.sequencing import sequence
from verified import signed_in

pytestmark = pytest.mark.django_db
FAR = datetime(2040, 2, 29, 4, 0, tzinfo=UTC)
Clock = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the machine's clock so far from where it is."""
    real_now, real_time, real_ns, off = moments.now, time.time, time.time_ns, [timedelta()]
    # Identifiers never go back: those of the clock that was set stay with it.
    monkeypatch.setattr(identifiers, "_ascending", identifiers._Ascending())
    monkeypatch.setattr(moments, "now", lambda: real_now() + off[0])
    monkeypatch.setattr(time, "time", lambda: real_time() + off[0].total_seconds())
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() + off[0] // timedelta.resolution * 1000)

    def jump(to: timedelta) -> None:
        off[0] = to

    return jump


@pytest.mark.parametrize(
    ("moment", "day"),
    [("15:59:59", date(2026, 12, 31)), ("16:00:00", date(2027, 1, 1))],
)
def test_r07_the_year_ends_at_the_installations_midnight(monkeypatch, moment, day):
    """A deadline is a day, and a day is the same wherever the machine believes to stand."""
    now = datetime.fromisoformat(f"2026-12-31T{moment}+00:00")
    monkeypatch.setattr(moments, "now", lambda: now)
    assert business_date() == day


def test_r07_a_code_is_used_up_on_a_machine_whose_clock_is_behind(clock: Clock, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    secret, here, there = telephone(person()), Client(), Client()
    code = code_now(secret)
    give_password(here)
    assert give_code(here, code).status_code == 302

    clock(timedelta(seconds=-30))
    give_password(there)

    assert give_code(there, code).status_code == 200
    assert not is_signed_in(there)


def test_r07_in_2040_people_sign_in_publish_and_are_believed(clock: Clock, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    clock(FAR - moments.now())
    secret, client = telephone(person()), Client()
    give_password(client)
    assert give_code(client, code_now(secret)).status_code == 302
    assert is_signed_in(client)

    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    sequence()

    assert Deed.objects.latest("done_at").business_date == FAR.date()
    version = FormVersion.objects.get()
    page = signed_in(unit.reviewer_office).get(f"/projects/{version.project_id}/")
    assert page.status_code == 200
    assert list(audit()) == []
