"""Rows on their way into their tables: they go while the next are made, so that neither waits.

The database takes rows (COPY) and makes the indexes over them in about the time in which a program
reads as many. One connection does only one thing at a time, so a COPY that was begun is finished
before the database is asked anything else.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from psycopg import Copy

from gongzhi.trust.straight import straight

Writing: TypeAlias = Generator[None, None, None]  # a row with each step


@contextmanager
def copying(table: str, *, columns: Sequence[str]) -> Iterator[Copy]:
    """Within this rows are written to a table; the connection takes no question meanwhile."""
    names = ", ".join(f'"{name}"' for name in columns)
    with straight() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        yield copy


def writing(table: str, *, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Writing:
    """Copy rows to a table, one with each step; called off, none of them counts."""
    with copying(table, columns=columns) as copy:
        for row in rows:
            copy.write_row(row)
            yield


def _nothing() -> Writing:
    yield from ()


class OnTheWay:
    """What has been begun and isn't finished."""

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        self._begun = _nothing()

    @contextmanager
    def until_all_is_there(self) -> Iterator[None]:
        """At the end of this all has arrived; broken off, what is on its way is called off."""
        try:
            yield
            self.finish()
        finally:
            self._begun.close()

    def begin(self, rows: Writing) -> None:
        """Let rows go, once those before have arrived."""
        self.finish()
        self._begun = rows

    def step(self) -> None:
        """Let a row go, if one waits."""
        next(self._begun, None)

    def finish(self) -> None:
        """Let everything arrive."""
        for _ in self._begun:
            pass
