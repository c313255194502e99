"""Language, size and colours are cookies; the way back leads nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.parametrize(
    ("sent", "cookie", "kept"),
    [
        ({"language": "en"}, "django_language", "en"),
        ({"theme": "contrast"}, "theme", "contrast"),
        ({"size": "large"}, "size", "large"),
    ],
)
def test_a_choice_is_kept_in_a_cookie(client: Client, sent, cookie, kept):
    answer = client.post(reverse("display"), {**sent, "next": "/about/"})
    assert answer.headers["Location"] == "/about/"
    assert answer.cookies[cookie].value == kept
    assert answer.cookies[cookie]["httponly"]


def test_an_unknown_choice_changes_nothing(client: Client):
    answer = client.post(reverse("display"), {"theme": "<script>", "language": "xx"})
    assert not answer.cookies


@pytest.mark.django_db
def test_the_page_is_shown_as_chosen(client: Client):
    client.cookies.load({"theme": "contrast", "size": "large", "django_language": "en"})
    page = client.get(reverse("about")).content.decode()
    assert '<html lang="en" data-theme="contrast" data-size="large">' in page


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https:elsewhere.example",
        "javascript:alert(1)",
        "///elsewhere.example",
        "\thttps://elsewhere.example",
        "http://testserver.elsewhere.example/",
        "",
    ],
)
@pytest.mark.parametrize("name", ["display", "switch-office"])
def test_s35_the_way_back_stays_on_this_site(client: Client, name: str, address: str, db: None):
    answer = client.post(reverse(name), {"next": address, "theme": "dark"})
    assert answer.headers["Location"] == reverse("home")


def test_a_result_comes_back_in_the_other_language_with_all_it_carries(client: Client):
    answer = client.post(reverse("display"), {"language": "en", "state": "carried"})
    assert answer.status_code == 307  # the browser sends the same form on
    assert answer.headers["Location"] == reverse("check-again")
