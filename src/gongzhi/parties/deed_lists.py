"""Deeds as the log lists them: those asked for, the newest first, from one key to the next.

The order is that of the leaves, in which the log numbers them. No list and no count reads the
whole register: a count ends where it would become long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gongzhi.parties.register import DeedQuerySet
from gongzhi.trust.order import leaves_since
from gongzhi.trust.proofs import signed_size

COUNT_MAX = 1000
VERBS_MAX = 1000
# Each value of an indexed column once, by leaping from one to the next; and how often it stands,
# as far as COUNT_MAX and one more.
VALUES = """
WITH RECURSIVE each(value) AS (
    (SELECT {column} FROM parties_deed ORDER BY {column} LIMIT 1)
    UNION ALL
    SELECT (SELECT {column} FROM parties_deed WHERE {column} > value ORDER BY {column} LIMIT 1)
    FROM each WHERE value IS NOT NULL
)
SELECT value, (
    SELECT count(*) FROM (SELECT FROM parties_deed WHERE {column} = value LIMIT %s) AS few
) FROM each WHERE value IS NOT NULL LIMIT %s
"""
VERBS, PARTIES = VALUES.format(column="verb"), VALUES.format(column="party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which deeds are asked for; what is left out asks for all.

    `parties` are names such as government:…, None for all and empty for nobody's. Both days count.
    `because` is the deed that caused them.
    """

    verb: str = ""
    parties: tuple[str, ...] | None = None
    clause: str = ""
    since: date | None = None
    until: date | None = None
    because: UUID | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are; `more` where counting ended before they did."""

    number: int
    more: bool = False


def wanted_among(deeds: DeedQuerySet, wanted: Wanted) -> DeedQuerySet:
    """The deeds that are asked for."""
    chosen = Q()
    if wanted.verb:
        chosen &= Q(verb=wanted.verb)
    if wanted.parties is not None:
        chosen &= Q(party__in=wanted.parties)
    if wanted.clause:
        chosen &= Q(clauses__contains=[wanted.clause])
    if wanted.since:
        chosen &= Q(business_date__gte=wanted.since)
    if wanted.until:
        chosen &= Q(business_date__lte=wanted.until)
    if wanted.because:
        chosen &= Q(because=wanted.because)
    return deeds.filter(chosen)


def leaves_below(deeds: DeedQuerySet, key: UUID, *, most: int) -> list[UUID]:
    """The leaves of the newest deeds below a key, the newest first."""
    below = deeds.filter(leaf__lt=key).order_by("-leaf")
    return list(below.values_list("leaf", flat=True)[:most])


def key_before(index: int | None) -> UUID | None:
    """The key below which stand the entries before a number, or all that a signed head covers.

    None while nothing was signed.
    """
    size = signed_size()
    if not size:
        return None
    if index is not None and index < size:
        return leaves_since(index, count=1)[0]
    (newest,) = leaves_since(size - 1, count=1)
    return UUID(int=newest.int + 1)


def counted(deeds: DeedQuerySet) -> Count:
    """How many deeds there are, as far as COUNT_MAX."""
    return _count(deeds.order_by()[: COUNT_MAX + 1].count())


def verbs_done() -> dict[str, Count]:
    """Every verb that was ever done, and how often."""
    return _values(VERBS, most=VERBS_MAX)


def parties_acting(*, most: int) -> dict[str, Count]:
    """Some of the parties that ever did anything, and how much."""
    return _values(PARTIES, most=most)


def _values(statement: str, *, most: int) -> dict[str, Count]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [COUNT_MAX + 1, most])
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return {str(value): _count(number) for value, number in rows}


def _count(number: int) -> Count:
    return Count(number=min(number, COUNT_MAX), more=number > COUNT_MAX)
