"""Rows of tables, found by the index of their names.

Names that are, begin with, or hold the words come in this order. Of each no more are looked at
than anybody would page through, so that a search costs the same in a county and a province.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from gongzhi.core.charter import Member
from gongzhi.parties.by_name import Where, named
from gongzhi.web.searching.asked import Asked
from gongzhi.web.searching.found import FOUND_MAX, Found, Hit

Look = Callable[[Member, "QuerySet[Any]", Sequence[str], Where], "QuerySet[Any]"]


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
        arms = [
            self._keys(self.look(member, rows, asked.words, where), place)
            for place, where in enumerate(Where)
        ]
        return _found(list(arms[0].union(*arms[1:], all=True)))

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

    def _keys(self, rows: "QuerySet[Any]", place: int) -> "QuerySet[Any]":
        number = IntegerField()
        nothing = Cast(Value(None), number)
        facts: QuerySet[Any] = rows.order_by().annotate(
            found_at=Value(place, output_field=number),
            found_year=F(self.year) if self.year else nothing,
            found_unit=F(self.unit) if self.unit else nothing,
        )
        return facts.values_list("pk", "found_at", "found_year", "found_unit")[: FOUND_MAX + 1]


def _found(rows: Sequence[tuple[Any, int, int | None, Any]]) -> Found:
    """Each row once, where it fits best; the newest year first."""
    best: dict[Any, tuple[int, int]] = {}
    units: Counter[Any] = Counter()
    for key, place, year, unit in rows:
        if key not in best:
            units[unit] += 1
        best[key] = min(best.get(key, (place, -(year or 0))), (place, -(year or 0)))
    keys = sorted(best, key=lambda key: (*best[key], str(key)))
    units.pop(None, None)
    return Found(keys=keys[:FOUND_MAX], more=len(keys) > FOUND_MAX, units=units)


def by_columns(*columns: str) -> Look:
    """Rows found by their own columns, as their index has them."""

    def look(
        _member: Member, rows: "QuerySet[Any]", words: Sequence[str], where: Where
    ) -> "QuerySet[Any]":
        return named(rows, words, *columns, where=where)

    return look
