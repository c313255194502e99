"""How far the log has come: a value that changes with every deed, in whatever order they commit.

What only deeds, numbering and publication change may be kept under it: under the same value it is
still the same.
"""

from typing import NamedTuple
from uuid import UUID

from django.db import connection

# An identifier alone would not do: an older deed may commit after a newer one.
ASKED = """
SELECT
    (SELECT size FROM trust_head),
    (SELECT max(size) FROM trust_signedcheckpoint),
    (SELECT count(*) FROM trust_pendingleaf),
    (SELECT id FROM trust_pendingleaf ORDER BY id DESC LIMIT 1)
"""


class Progress(NamedTuple):
    """What is numbered, what is published, what waits for its number, the newest of it."""

    size: int | None
    published: int | None
    waiting: int
    newest: UUID | None


def progress() -> Progress:
    """Ask the log how far it has come."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        return Progress(*cursor.fetchone())
