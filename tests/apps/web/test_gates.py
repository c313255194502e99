"""What no page can use is turned away with a page that helps, never with a fault of ours."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sampling import Sample

pytestmark = pytest.mark.django_db

PAGES = ["home", "check", "forms", "charter", "rules", "verify", "ledger", "about", "components"]
ODD = [
    "%00",
    "%ED%A0%80",  # half of a surrogate pair
    "%E2%80%AE",  # text from right to left
    "9" * 400,
    "-1",
    "NaN",
    "1e400",
    "9223372036854775808",
    "<script>",
    "{{7*7}}",
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["page", "year", "finding", "version", "next", "theme"])
def test_s36_odd_input_never_breaks_a_page(client: Client, sample: Sample, name: str, odd: str):
    for page in (each for each in PAGES if sample.takes(f"{each} {name} {odd}", one_of=6)):
        answer = client.get(f"{reverse(page)}?{name}={odd}")
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "odd", [*ODD, "ledger/99999999999999999999/", "shared/%00/", "projects/x/"]
)
def test_s36_odd_addresses_are_not_found(client: Client, odd: str):
    assert client.get(f"/{odd}").status_code in (400, 404)


def test_s48_too_large_a_body_is_refused_before_it_is_read(client: Client):
    length = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1
    answer = client.generic("POST", reverse("check"), b"", CONTENT_LENGTH=str(length))
    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()


def test_a_length_that_is_no_number_is_no_error(client: Client):
    answer = client.generic("POST", reverse("check"), b"", CONTENT_LENGTH="many")
    assert answer.status_code < 500


def test_what_is_missing_is_a_page_that_helps(client: Client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert reverse("check") in answer.content.decode()


def test_pages_say_what_browsers_may_do(client: Client):
    headers = client.get(reverse("about")).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "a b", "x" * 300]
)
def test_s37_another_host_is_not_believed(client: Client, host: str):
    answer = client.get(reverse("about"), headers={"host": host})
    assert answer.status_code == 400
    assert "elsewhere" not in answer.content.decode()


def test_s37_no_header_changes_the_method(client: Client):
    answer = client.get(reverse("sign-out"), headers={"X-HTTP-Method-Override": "POST"})
    assert answer.status_code == 405
