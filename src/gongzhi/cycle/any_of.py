"""Asking about any of many things at once: all their identifiers are one value of the statement.

Django's `in` makes a value of each; to write, send and read hundreds of them takes longer than the
answer does.
"""

from collections.abc import Collection
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Func, UUIDField, Value


class _Any(Func):
    """Whether a column has one of the values of a list."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def any_of(field: str, identifiers: Collection[UUID]) -> Func:
    """Whether a row's field names one of these; of none, nothing does."""
    return _Any(field, Value(list(identifiers), ArrayField(UUIDField())))
