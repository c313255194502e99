"""Straight to the driver, in binary, past the ORM: where the log's speed is decided."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Cursor


@contextmanager
def straight() -> Iterator[Cursor[tuple[Any, ...]]]:
    """A cursor of the driver's own, within whatever transaction is under way."""
    with connection.cursor() as cursor, Cursor(cursor.connection) as straight_cursor:
        yield straight_cursor


def asked(statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """The rows that a statement answers."""
    with straight() as cursor:
        return cursor.execute(statement, values, binary=True).fetchall()
