"""Every address of the site: unsafe ones want a token, those of others don't exist."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from gongzhi.web.operation import POST
from gongzhi.web.operations import OPERATIONS, operations
from gongzhi.web.urls import urlpatterns

# What stands in addresses, by its type: nothing that is there.
ARGUMENTS = {"uuid": UUID(int=7), "int": 7, "string": "x-y", "slug": "x-y", "path": "x/y"}
SUBMITTED = {each.name for each in OPERATIONS if each.methods == (POST,)}
# What programs bring, who have no page to take a token from: it is believed for its signature.
SIGNED = {"cosignatures"}
PEOPLES = [pattern for pattern in urlpatterns if pattern.name not in SIGNED]
pytestmark = pytest.mark.django_db


def address(pattern: URLPattern) -> str:
    types = {name: type(each).__name__ for name, each in pattern.pattern.converters.items()}
    given = {
        name: ARGUMENTS[each.lower().removesuffix("converter")] for name, each in types.items()
    }
    return reverse(pattern.name, kwargs=given)


def test_every_address_says_what_it_is_for():
    """One line in web/operations.py for each route: its methods, its deed, its thing."""
    assert {pattern.name for pattern in urlpatterns} == operations().keys()
    assert len(OPERATIONS) == len(operations())


@pytest.mark.parametrize("pattern", PEOPLES, ids=lambda pattern: pattern.name)
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
