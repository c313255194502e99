"""What a form sends is taken by name from a list: nothing else persists, and nothing twice."""

import random
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, models, transaction

from apps.web.bodies import BODIES, OPTIONAL
from apps.web.cast import Cast, Somebody
from apps.web.trying import DONE, Try, expected, nothing_changes, tries
from gongzhi.parties.models import IdempotencyKey
from gongzhi.web.operations import operations
from sampling import Sample

pytestmark = pytest.mark.django_db

OWN = "gongzhi."
# What stands where a person has no password.
NO_PASSWORD = re.compile(r'"password": "' + UNUSABLE_PASSWORD_PREFIX + r'[^"]*"')
PAPER_NUMBER = re.compile(r'"number": "\d{10}"')
TOKEN_DIGEST = re.compile(r'"token_digest": "[0-9a-f]{64}"')  # of a feed, made anew
PANEL_CODE = re.compile(r'"code": "[A-Z2-9]{6}"')
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# What a hostile form might set a field to: a stage, a name, a number, a date, yes.
VALUES = ["published", "approved", "admin", "987654", "2020-01-01", "true", "[]", '{"a": 1}']
# Deeds that a second click finds nothing for, so that they need no key, or nothing to read.
GONE_AFTERWARDS = {
    "unfollow_thing",
    "cancel_digest",
    "close_meeting_feed",
    "delete_view",
    "pass_remark_on",
}
# A browser counts once a day by its own cookie, which outlives what is undone here.
BY_COOKIE = {"say_understood"}
MODELS = [
    model
    for app in apps.get_app_configs()
    if app.name.startswith(OWN)
    for model in app.get_models()
    if model.__name__ not in {"Session", "Opening"}  # who reads twice is noted twice
]
MORE = 100
SENT = 6  # one form of so many is sent, those of the next commit are others
FIELDS = sorted({f.attname for model in MODELS for f in model._meta.concrete_fields} - {"key"})


def rows() -> Counter[str]:
    """Everything that is kept, without what no two runs have in common; asked for in one go."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING)
        return Counter(_masked(row) for (row,) in cursor)


def _masked(row: str) -> str:
    for chance in (IDENTIFIER, NO_PASSWORD, PANEL_CODE, PAPER_NUMBER, TOKEN_DIGEST):
        row = chance.sub("…", row)
    return row


def _rows_of(model: type[models.Model]) -> str:
    """A question for the rows of a table, as text.

    Counted numbers are new each time; of moments and bytes (salts, digests, secrets) it only
    counts whether they are there.
    """
    fields = model._meta.concrete_fields
    chance = [f.column for f in fields if isinstance(f, models.DateTimeField | models.BinaryField)]
    there = ", ".join(f"'{name}', \"{name}\" IS NULL" for name in chance)
    left_out = ", ".join(["id", *chance])
    return (
        f"SELECT '{model.__name__} ' || (to_jsonb(kept) - '{{{left_out}}}'::text[]"  # noqa: S608
        f' || jsonb_build_object({there}))::text FROM "{model._meta.db_table}" AS kept'
    )


EVERYTHING = " UNION ALL ".join(map(_rows_of, MODELS))


def done_by_somebody(cast: Cast, *, only: Collection[str] = ()) -> Iterator[tuple[Try, Somebody]]:
    """Each deed once, or those named, with a thing and by somebody where the charter allows it."""
    found: dict[str, tuple[Try, Somebody]] = {}
    for attempt in tries(cast, only=only):
        if attempt.operation.verb and attempt.operation.name not in found:
            with nothing_changes():
                able = (each for each in cast.people if expected(attempt, each) == DONE)
                if somebody := next(able, None):
                    found[attempt.operation.name] = (attempt, somebody)
    for done in found.values():
        cast.stay_fresh()
        yield done


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is kept after a form was sent once, with more fields, and a second time."""

    name: str
    once: Counter[str]
    with_more: Counter[str]
    twice: Counter[str]
    has_key: bool


def sent(attempt: Try, somebody: Somebody, *, more: Mapping[str, str]) -> Sent:
    """Send a form in all these ways; everything is undone."""
    taken = OPTIONAL.get(attempt.operation.name, frozenset())
    others = {name: value for name, value in more.items() if name not in taken}
    with transaction.atomic():
        attempt.send(somebody, more=others)
        with_more = rows()
        transaction.set_rollback(True)
    with transaction.atomic():
        attempt.send(somebody)
        once, has_key = rows(), IdempotencyKey.objects.exists()
        attempt.send(somebody)
        twice = rows()
        transaction.set_rollback(True)
    return Sent(name=attempt.name, once=once, with_more=with_more, twice=twice, has_key=has_key)


def at_random(name: str) -> Mapping[str, str]:
    """A hundred fields with a value each; others for each form, the same in every run."""
    chance = random.Random(name)  # noqa: S311 - the same choice every time
    return {field: chance.choice(VALUES) for field in chance.sample(FIELDS, MORE)}


@pytest.mark.deep
@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("half", [0, 1])  # a form has a greatest number of fields
def test_s05_every_field_with_every_value(cast: Cast, half: int, value: str):
    for attempt, somebody in done_by_somebody(cast):
        if attempt.operation.name in BY_COOKIE:
            continue
        found = sent(attempt, somebody, more=dict.fromkeys(FIELDS[half::2], value))
        assert kept_besides(found) == (Counter(), Counter()), found.name


def kept_besides(found: Sent) -> tuple[Counter[str], Counter[str]]:
    """What a form with more fields leaves, and what it doesn't leave, unlike the plain one."""
    return found.with_more - found.once, found.once - found.with_more


# No deed at all; or one whose time the clause sets (tests/apps/parties/test_amending.py), or that
# wants a department above the unit, which the cast has not (tests/apps/cycle/test_goals.py), or
# what was just sent to it (tests/apps/cycle/test_evaluations.py), or a commissioner who isn't the
# evaluated (tests/apps/cycle/test_reports.py), or an officer of a firm, or somebody's support
# before (tests/apps/forum/test_market.py, test_voices.py).
ELSEWHERE = frozenset(
    {
        "check-download", "proposing", "revising", "filled-table", "reading-budget",
        "reading-sheet",
        "issue_amendment", "forward_goals", "acknowledge_evaluation", "draft_report",
        "revise_cost_quote", "withdraw_cost_quote", "answer_disclosure_consent", "withdraw_support",
        "submit_cost_quote", "declare_bidding",
        "open_vote", "unlock_box", "close_vote",  # keys and days: test_vote_pages.py
    }
)  # fmt: skip


def test_s04_s05_r05_a_form_keeps_what_it_asks_for_and_once(cast: Cast, sample: Sample):
    """Nothing else that is sent persists, and sent twice it is one deed."""
    taken = {name for name in BODIES if sample.takes(name, one_of=SENT)}
    wrong, done = [], set[str]()
    for attempt, somebody in done_by_somebody(cast, only=taken):
        done.add(attempt.operation.name)
        if attempt.operation.name in BY_COOKIE:
            continue
        found = sent(attempt, somebody, more=at_random(attempt.operation.name))
        if any(kept_besides(found)):
            wrong.append(f"{found.name}: something else persists: {kept_besides(found)}")
        if attempt.operation.name in GONE_AFTERWARDS:
            continue
        if found.twice != found.once:
            wrong.append(f"{found.name}: sent twice, done twice")
        if not found.has_key:
            wrong.append(f"{found.name}: without a key")
    assert wrong == [], "\n".join(wrong)
    assert done - ELSEWHERE == taken - ELSEWHERE  # each deed is allowed to somebody of the cast


def test_every_deed_has_what_its_form_asks_for():
    assert {name for name, each in operations().items() if each.verb} <= BODIES.keys()
    assert BODIES.keys() >= ELSEWHERE
