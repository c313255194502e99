"""The access log: refused deeds are written down in a transaction of their own."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from django.db import connection
from django.utils import timezone

from gongzhi.core.charter import Member, Refused, Thing

INSERT = """
INSERT INTO parties_refuseddeed (verb, "on", party, person, office, clauses, refused_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def keep_refusals(refusals: Sequence[tuple[Member, Thing, Refused]]) -> None:
    """Write them down for good, even while a transaction around is about to be undone."""
    if not refusals:
        return
    rows = [_row(by, thing, refused) for by, thing, refused in refusals]
    if connection.in_atomic_block:
        with closing(connection.copy()) as beside, beside.cursor() as cursor:
            cursor.executemany(INSERT, rows)
    else:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)


def _row(by: Member, thing: Thing, refused: Refused) -> tuple[str | datetime | None, ...]:
    return (
        refused.verb,
        thing.name,
        by.party,
        by.person,
        by.office,
        json.dumps(refused.clauses),
        timezone.now(),
    )
