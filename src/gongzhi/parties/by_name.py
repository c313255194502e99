"""Rows found by any part of what they are called.

Chinese sets no spaces between words, so a name is cut into pairs of neighbouring characters, and
an index holds the pairs of every name. A part of a name is found by its own pairs and then held
against the name itself. The cutting is done by the database, for names and questions alike
(migration 0018), in every installation: no extension is needed.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

Rows = TypeVar("Rows", bound="QuerySet[Any]")


class Where(StrEnum):
    """Where in a name the words stand: as words of their own, beginning one, or anywhere."""

    WHOLE = "whole"
    BEGINNING = "beginning"
    ANYWHERE = "anywhere"


class Pairs(Func):
    """The pairs of neighbouring characters of some columns."""

    function = "parties_pairs"
    output_field = ArrayField(TextField())


class Plain(Func):
    """Some columns as one text in small letters and usual forms."""

    function = "parties_plain"
    output_field = TextField()


class Asked(Func):
    """The pairs that a name must have to hold what is asked for."""

    function = "parties_pairs_asked"
    output_field = ArrayField(TextField())


def name_index(name: str, *columns: str) -> GinIndex:
    """The index by which rows are found by their names; the columns as they are asked for."""
    return GinIndex(Pairs(*columns), name=name)


def named(rows: Rows, words: Sequence[str], *columns: str, where: str = Where.ANYWHERE) -> Rows:
    """The rows whose columns hold all the words."""
    assert words, "without a word everything would be found"
    pairs = Asked(Value(" ".join(words)), Value(str(where)))
    found = rows.alias(pairs=Pairs(*columns)).filter(pairs__contains=pairs)
    for word in words:
        place = StrIndex(Plain(*map(F, columns)), Plain(Value(word)))
        found = found.filter(GreaterThan(place, Value(0, output_field=IntegerField())))
    return found
