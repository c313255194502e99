"""Rows of tables, found by the index of their names.

Names that are, begin with, or hold the words come in this order. Of each no more are looked at
than anybody would page through, so that a search costs the same in a county and a province.
The three questions differ in one word; the framework writes the statement once for all of them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from gongzhi.core.charter import Member
from gongzhi.parties.by_name import Where, named
from gongzhi.web.searching.asked import Asked
from gongzhi.web.searching.found import FOUND_MAX, Found, Hit

Look = Callable[[Member, "QuerySet[Any]", Sequence[str], str], "QuerySet[Any]"]
SOMEWHERE = "\0"  # stands for a `Where` in a statement; no question can hold it


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one kind: whose may be read, how they are found, and how a line is written.

    `year` and `unit` are the columns that answers are held to; without one, the kind has none.
    `years` leads to what happened in several years, where the kind itself is of none.
    """

    name: str
    readable: Callable[[Member, Sequence[str]], "QuerySet[Any]"]
    look: Look
    with_facts: Callable[["QuerySet[Any]"], "QuerySet[Any]"]
    line: Callable[[Any, Sequence[str]], Hit]
    year: str = ""
    years: str = ""
    unit: str = ""

    def find(self, member: Member, asked: Asked) -> Found:
        """The keys of the rows that are asked for."""
        rows = self._held_to(self.readable(member, asked.words), asked)
        if rows is None:
            return Found()
        return _found(everywhere(self._keys(self.look(member, rows, asked.words, SOMEWHERE))))

    def lines(self, member: Member, keys: Sequence[object], words: Sequence[str]) -> list[Hit]:
        """The rows of some keys as lines, in the order of the keys."""
        if not keys:
            return []
        rows = self.with_facts(self.readable(member, words)).filter(pk__in=keys)
        by_key = {row.pk: row for row in rows}
        return [self.line(by_key[key], words) for key in keys if key in by_key]

    def _held_to(self, rows: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any] | None":
        if asked.year is not None:
            year = self.year or self.years
            if not year:
                return None
            rows = rows.filter(**{year: asked.year})
        if asked.unit is not None:
            if not self.unit:
                return None
            rows = rows.filter(**{self.unit: asked.unit})
        return rows

    def _keys(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        nothing = Cast(Value(None), IntegerField())
        facts: QuerySet[Any] = rows.order_by().annotate(
            found_year=F(self.year) if self.year else nothing,
            found_unit=F(self.unit) if self.unit else nothing,
        )
        return facts.values_list("pk", "found_year", "found_unit")[: FOUND_MAX + 1]


def everywhere(arm: "QuerySet[Any]") -> list[tuple[Any, ...]]:
    """The rows of a question asked `SOMEWHERE`, once for each `Where`; its place comes first."""
    try:
        sql, given = arm.query.sql_with_params()
    except EmptyResultSet:
        return []
    # The statement is the framework's, what was asked stands among its values.
    arms = [f"(SELECT {at}, found.* FROM ({sql}) AS found)" for at, _ in enumerate(Where)]  # noqa: S608
    values = [str(where) if each == SOMEWHERE else each for where in Where for each in given]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), values)
        return list(cursor.fetchall())


def _found(rows: Sequence[tuple[Any, ...]]) -> Found:
    """Each row once, where it fits best; the newest year first."""
    best: dict[Any, tuple[int, int]] = {}
    units: Counter[Any] = Counter()
    for place, key, year, unit in rows:
        if key not in best:
            units[unit] += 1
        best[key] = min(best.get(key, (place, -(year or 0))), (place, -(year or 0)))
    keys = sorted(best, key=lambda key: (*best[key], str(key)))
    units.pop(None, None)
    return Found(keys=keys[:FOUND_MAX], more=len(keys) > FOUND_MAX, units=units)


def by_columns(*columns: str) -> Look:
    """Rows found by their own columns, as their index has them."""

    def look(
        _member: Member, rows: "QuerySet[Any]", words: Sequence[str], where: str
    ) -> "QuerySet[Any]":
        return named(rows, words, *columns, where=where)

    return look
