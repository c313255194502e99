"""S69: when what decides, keeps or dates a deed is away, nothing is allowed and nothing is told."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

import city_hall
from gongzhi.core.charter import deciding
from gongzhi.cycle.models import FormVersion
from gongzhi.parties.models import Deed
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
SECRET = "host=10.0.0.1 password=hunter2"


@pytest.fixture
def draft() -> FormVersion:
    return city_hall.draft(city_hall.unit("1", within=city_hall.region()))


def reviewer(draft: FormVersion) -> VerifiedClient:
    """Whoever may publish it, signed in."""
    client = VerifiedClient(raise_request_exception=False)
    client.force_login(draft.project.unit.offices.get(title="reviewer").person)
    return client


def publishing(draft: FormVersion, client: VerifiedClient) -> tuple[int, str]:
    """What they get who publish now; no answer is taken from memory."""
    deciding.decide_all.cache_clear()
    body = {"review": "可以公开", "key": "once"}
    answer = client.post(reverse("publish_form", args=[draft.pk]), body)
    return answer.status_code, answer.content.decode()


@contextmanager
def _away(words: str) -> Iterator[None]:
    """The database answers no statement with these words."""

    def refuse(execute, sql, params, many, context):
        if words in sql:
            raise OperationalError(SECRET)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def _is_closed(draft: FormVersion, answer: tuple[int, str]) -> bool:
    status, page = answer
    draft.refresh_from_db()
    is_undone = draft.stage == "draft" and not Deed.objects.filter(verb="publish_form").exists()
    tells = [word for word in ("Traceback", "hunter2", "cedar", "SELECT") if word in page]
    return status in {403, 500, 503} and is_undone and tells == []


def test_it_works_while_everything_is_there(draft: FormVersion):
    assert publishing(draft, reviewer(draft))[0] == 302


def test_s69_without_an_engine_to_decide_nothing_is_allowed(draft: FormVersion, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(deciding, "is_authorized_batch", broken)
    assert _is_closed(draft, publishing(draft, reviewer(draft)))


@pytest.mark.parametrize(
    "words",
    [
        "parties_charterversion",  # the rules
        'INSERT INTO "trust_pendingleaf"',  # the log
        'INSERT INTO "parties_deed"',  # the register
    ],
)
def test_s69_without_rules_log_or_register_nothing_is_done(draft: FormVersion, words: str):
    client = reviewer(draft)
    with _away(words):
        answer = publishing(draft, client)
    assert _is_closed(draft, answer)


def test_s69_without_a_clock_nothing_is_done(draft: FormVersion, monkeypatch):
    def stopped() -> None:
        raise OSError(SECRET)

    client = reviewer(draft)
    monkeypatch.setattr("gongzhi.parties.deeds.timezone.now", stopped)
    answer = publishing(draft, client)
    monkeypatch.undo()
    assert _is_closed(draft, answer)
