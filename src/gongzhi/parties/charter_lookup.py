"""Which charter holds now: which text, and which of its parts are in force on which day.

One query answers with a small key, anew for each request and within each deed's transaction, so
that a right that was withdrawn is dead on the next request. The charter that belongs to a key is
read once and kept: a key of the text's digest and the parts in force never means anything else.
The day that the answer rests on comes with it, so that whoever asks for both asks once.

Plain SQL, because the models themselves ask here what may be read of them.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gongzhi.core.charter import Charter, CharterTexts, read_charter
from gongzhi.parties.charter_texts import as_json, digest_of, from_json
from gongzhi.rules.charter import load_charter, read_texts

TEXTS_KEPT = 8
CHARTERS_KEPT = 32

# Of each part, the newest decision that covers the day counts.
IN_FORCE = """
WITH today (day) AS (
    SELECT coalesce(
        (SELECT date FROM parties_demodate WHERE %(demo)s ORDER BY id DESC LIMIT 1), %(day)s::date
    )
)
SELECT day, digest, ARRAY(
    SELECT part FROM (
        SELECT DISTINCT ON (part) part, adopted FROM parties_adoption
        WHERE in_force_from <= day AND (in_force_until IS NULL OR in_force_until >= day)
        ORDER BY part, id DESC
    ) AS decided
    WHERE adopted
)
FROM today LEFT JOIN parties_charterversion ON in_force_from <= day
ORDER BY number DESC NULLS LAST
LIMIT 1
"""
WORDS = "SELECT texts FROM parties_charterversion WHERE digest = %s LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The business date, and the charter in force on it."""

    day: date
    charter: Charter


_asked: ContextVar[list[Held] | None] = ContextVar("charter asked", default=None)


@contextmanager
def charter_asked_once() -> Iterator[None]:
    """Within a request, or a deed's transaction: the first question looks the charter up."""
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)


def charter_in_force() -> Charter:
    """The newest text in force on the business date, with the parts that were adopted here."""
    return _held(_asked.get()).charter


def day_asked_once() -> date | None:
    """The business date that the charter is looked up on; None outside of a request or a deed."""
    asked = _asked.get()
    return None if asked is None else _held(asked).day


def forget_charter() -> None:
    """Ask anew: a demo's date has just been moved."""
    asked = _asked.get()
    if asked is not None:
        asked.clear()


def _held(asked: list[Held] | None) -> Held:
    """What was asked before, if it was."""
    if asked:
        return asked[0]
    held = _looked_up()
    if asked is not None:
        asked.append(held)
    return held


@lru_cache(maxsize=TEXTS_KEPT)
def whole_text(text: str) -> Charter:
    """The text with this digest, all its parts on, adopted or not: for reading and comparing.

    Its version, which every entry of the log cites, names the digest that issuing it has sealed.
    """
    charter = load_charter() if text == shipped_digest() else read_charter(kept_texts(text))
    called = f"{charter.texts.heading['version']}+{text.replace(':', '.')}"
    return replace(charter, version=called)


def kept_texts(text: str) -> CharterTexts:
    """The words of the text with this digest, out of the version that keeps them."""
    with connection.cursor() as cursor:
        cursor.execute(WORDS, [text])
        row = cursor.fetchone()
    assert row is not None, "a digest comes from a version"
    return from_json(json.loads(row[0]))


@cache
def shipped_digest() -> str:
    """The digest of the text that the program brings along."""
    return digest_of(as_json(read_texts()))


def _looked_up() -> Held:
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, {"demo": settings.DEMO, "day": timezone.localdate()})
        day, text, parts = cursor.fetchone()
    charter = _restricted(text, frozenset(parts)) if text else _model_text()
    return Held(day=day, charter=charter)


@cache
def _model_text() -> Charter:
    """Where nothing was taken up yet: what holds wherever the program runs."""
    return whole_text(shipped_digest()).restricted_to(frozenset())


@lru_cache(maxsize=CHARTERS_KEPT)
def _restricted(text: str, parts: frozenset[str]) -> Charter:
    return whole_text(text).restricted_to(parts)
