"""When something fails: a page in the reader's language, no trace, and nothing half done."""

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from gongzhi.core.charter import Refused, Thing
from gongzhi.core.terms import Said
from gongzhi.trust.refusing import LogRefused
from gongzhi.web import urls

DRAFT = Thing(
    kind="form_version",
    id="some",
    owner="somebody",
    stage="draft",
    authors=frozenset(),
    conflicted=frozenset(),
)
FAULTS = {
    "bug": (ValueError("a secret detail"), 500),
    "database": (OperationalError("password=hunter2 host=10.0.0.1"), 503),
    "log": (LogRefused(Said("第 7 条存证与检查点不符")), 503),
    "refused": (Refused(clauses=("2.11",), verb="publish_form", thing=DRAFT), 403),
    "too early": (Refused(clauses=("11.4",), verb="issue_amendment"), 409),
}


def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise FAULTS[name][0]


urlpatterns = [*urls.urlpatterns, path("fail/<str:name>/", fail)]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", FAULTS)
@override_settings(ROOT_URLCONF=__name__)
def test_a_fault_has_a_page_that_gives_nothing_away(name: str, language: str):
    client = Client(raise_request_exception=False)
    client.cookies.load({"django_language": language})
    answer = client.get(f"/fail/{name}/")
    page = answer.content.decode()
    assert answer.status_code == FAULTS[name][1]
    assert "<h1>" in page
    for detail in ("Traceback", "secret detail", "hunter2", "10.0.0.1"):
        assert detail not in page
    assert ('<html lang="en"' in page) is (language == "en")


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_refusal_cites_its_clause():
    page = Client().get("/fail/refused/").content.decode()
    assert "§ 2.11" in page


@override_settings(ROOT_URLCONF=__name__)
def test_s69_a_page_about_the_database_asks_nothing_of_it(django_db_blocker):
    client = Client(raise_request_exception=False)
    answer = client.get("/fail/database/")  # this test may not use the database at all
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
