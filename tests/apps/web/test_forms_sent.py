"""What a form sends is taken by name from a list: nothing else persists, and nothing twice."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest
from django.apps import apps
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.web.bodies import BODIES, OPTIONAL
from apps.web.cast import Cast, Somebody
from apps.web.trying import DONE, Try, expected, nothing_changes, tries
from gongzhi.parties.models import IdempotencyKey

pytestmark = pytest.mark.django_db

OWN = "gongzhi."
# What stands where a person has no password.
NO_PASSWORD = re.compile(r'"password": "' + UNUSABLE_PASSWORD_PREFIX + r'[^"]*"')
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# What a hostile form might set a field to: a stage, a name, a number, a date, yes.
VALUES = ["published", "approved", "admin", "987654", "2020-01-01", "true", "[]", '{"a": 1}']
# Deeds that a second click finds nothing for, so that they need no key.
GONE_AFTERWARDS = {"unfollow_thing", "cancel_digest", "delete_view"}
MODELS = [
    model
    for app in apps.get_app_configs()
    if app.name.startswith(OWN)
    for model in app.get_models()
    if model.__name__ not in {"Session", "Opening"}  # who reads twice is noted twice
]
MORE = 100
FIELDS = sorted({f.attname for model in MODELS for f in model._meta.concrete_fields} - {"key"})


def rows() -> Counter[str]:
    """Everything that is kept, without what no two runs have in common; asked for in one go."""
    with connection.cursor() as cursor:
        cursor.execute(EVERYTHING)
        return Counter(NO_PASSWORD.sub("…", IDENTIFIER.sub("…", row)) for (row,) in cursor)


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


def done_by_somebody(cast: Cast) -> Iterator[tuple[Try, Somebody]]:
    """Each deed once, with a thing and by somebody where the charter allows it."""
    found: dict[str, tuple[Try, Somebody]] = {}
    for attempt in tries(cast):
        if attempt.operation.verb and attempt.operation.name not in found:
            with nothing_changes():
                able = [each for each in cast.people if expected(attempt, each) == DONE]
            if able:
                found[attempt.operation.name] = (attempt, able[0])
    for done in found.values():
        cast.stay_fresh()
        yield done


def after(
    attempt: Try, somebody: Somebody, *, more: Mapping[str, str] | None = None
) -> Counter[str]:
    """What is kept after somebody sent the form, all of which is then undone."""
    with transaction.atomic():
        attempt.send(somebody, more=more)
        kept = rows()
        transaction.set_rollback(True)
    return kept


# What fails isn't made smaller: that takes minutes, in which the cast's proofs of who they are
# grow too old (clause 3.10), so that another deed would be named than the one that failed.
@settings(
    max_examples=1,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)
@given(more=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), min_size=MORE))
def test_s04_s05_only_what_a_form_asks_for_is_kept(cast: Cast, more: Mapping[str, str]):
    """Everything undone after each try, so that the same cast serves every example."""
    _hold_against(cast, more)


@pytest.mark.deep
@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("half", [0, 1])  # a form has a greatest number of fields
def test_s05_every_field_with_every_value(cast: Cast, half: int, value: str):
    _hold_against(cast, dict.fromkeys(FIELDS[half::2], value))


def _hold_against(cast: Cast, more: Mapping[str, str]) -> None:
    for attempt, somebody in done_by_somebody(cast):
        taken = OPTIONAL.get(attempt.operation.name, frozenset())
        others = {name: value for name, value in more.items() if name not in taken}
        plain, with_more = after(attempt, somebody), after(attempt, somebody, more=others)
        assert (with_more - plain, plain - with_more) == (Counter(), Counter()), attempt.name


# No deed at all; or one whose time the clause sets (tests/apps/parties/test_amending.py), or that
# wants a department above the unit, which the cast has not (tests/apps/cycle/test_goals.py), or
# what was just sent to it (tests/apps/cycle/test_evaluations.py), or a commissioner who isn't the
# evaluated (tests/apps/cycle/test_reports.py).
ELSEWHERE = frozenset(
    {
        "check-download", "proposing", "revising", "filled-table", "reading-budget",
        "reading-sheet",
        "issue_amendment", "forward_goals", "acknowledge_evaluation", "draft_report",
    }
)  # fmt: skip


def test_r05_a_form_sent_twice_is_one_deed(cast: Cast):
    twice, done = [], set(ELSEWHERE)
    for attempt, somebody in done_by_somebody(cast):
        done.add(attempt.operation.name)
        with transaction.atomic():
            attempt.send(somebody)
            once, keys = rows(), IdempotencyKey.objects.count()
            attempt.send(somebody)
            if rows() != once and attempt.operation.name not in GONE_AFTERWARDS:
                twice.append(f"{attempt.name}: sent twice, done twice")
            if not keys and attempt.operation.name not in GONE_AFTERWARDS:
                twice.append(f"{attempt.name}: without a key")
            transaction.set_rollback(True)
    assert twice == [], "\n".join(twice)
    assert done == BODIES.keys()  # each deed is allowed to somebody of the cast
