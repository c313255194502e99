"""A visitor may ask ten times a minute, by the address the connection really comes from."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import RequestFactory, override_settings

from gongzhi.web.limits import peer, within_limit

TIMES = 10


def asked(address: str = "192.0.2.1", **headers: str) -> bool:
    request = RequestFactory().get("/", REMOTE_ADDR=address, **headers)
    return within_limit(request, act="try", times_a_minute=TIMES)


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.web.limits.time.time", lambda: 1_800_000_000.0)


@pytest.mark.django_db
def test_the_eleventh_request_of_a_minute_is_turned_away():
    answers = [asked() for _ in range(TIMES + 3)]
    assert answers == [True] * TIMES + [False] * 3
    assert asked("192.0.2.2")


@pytest.mark.django_db
def test_s37_a_header_that_nobody_named_is_not_believed():
    answers = [asked(HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(TIMES + 1)]
    assert answers[-1] is False


@override_settings(PEER_HEADER="X-Real-IP")
def test_a_proxy_that_the_installation_names_is_believed():
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_REAL_IP="192.0.2.7")
    assert peer(request) == "192.0.2.7"


@override_settings(PEER_HEADER="X-Real-IP")
def test_a_header_that_is_no_address_is_not_believed():
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_REAL_IP="<script>")
    assert peer(request) == "10.0.0.1"


@pytest.mark.django_db
def test_the_addresses_of_one_ipv6_network_share_their_places():
    answers = [asked(f"2001:db8:1:2::{n:x}") for n in range(TIMES + 1)]
    assert answers == [True] * TIMES + [False]
    assert asked("2001:db8:1:3::1")


@pytest.mark.django_db(transaction=True)
def test_s48_requests_at_the_same_moment_share_no_place():
    def ask(_number: int) -> bool:
        try:
            return asked()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as visitors:
        answers = list(visitors.map(ask, range(40)))
    assert sum(answers) == TIMES
