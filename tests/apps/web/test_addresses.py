"""Every address of the site: unsafe ones want a token, those of others don't exist."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from gongzhi.web.urls import urlpatterns

NOBODYS = UUID(int=7)
ARGUMENTS = {
    "key": "x" * 43,
    "kind": "json",
    "project": NOBODYS,
    "version": NOBODYS,
    "index": 7,
    "person": NOBODYS,
    "token": "x-y",
    "factor": NOBODYS,
    "session": "x" * 16,
    "contact": NOBODYS,
    "organisation": NOBODYS,
    "thing": NOBODYS,
    "task": NOBODYS,
    "notice": NOBODYS,
    "follow": NOBODYS,
    "attachment": NOBODYS,
}
SUBMITTED = {
    "check-download",
    "check-share",
    "display",
    "sign-out",
    "switch-office",
    "remove-factor",
    "end-session",
    "end-sessions",
    "erase-contact",
    "assign_task",
    "finish_task",
    "read_notice",
    "follow_thing",
    "unfollow_thing",
    "attach_file",
    "withdraw_attachment",
    "draft_form",
    "publish_form",
    "correct_form",
    "withdraw_draft",
    "explain_finding",
    "accept_finding",
}
pytestmark = pytest.mark.django_db


def address(pattern: URLPattern) -> str:
    names = pattern.pattern.converters
    return reverse(pattern.name, kwargs={name: ARGUMENTS[name] for name in names})


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_s27_nothing_is_submitted_without_a_token(pattern: URLPattern):
    answer = Client(enforce_csrf_checks=True).post(address(pattern), {"state": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: pattern.name)
def test_no_address_fails_on_an_empty_site(client: Client, pattern: URLPattern):
    for method in (client.get, client.post, client.head, client.put, client.options):
        assert method(address(pattern)).status_code < 500


def test_what_only_takes_submissions_says_so_when_it_is_opened(client: Client):
    for pattern in urlpatterns:
        if pattern.name in SUBMITTED:
            answer = client.get(address(pattern))
            assert answer.status_code == 405
            assert answer.headers["Allow"] == "POST"
            assert reverse("home") in answer.content.decode()


def test_s01_what_nobody_may_read_is_like_what_is_not_there(client: Client):
    for name in ("project", "draft_form", "publish_form", "explain_finding"):
        pattern = next(each for each in urlpatterns if each.name == name)
        method = client.post if name in SUBMITTED else client.get
        assert method(address(pattern)).status_code == 404
