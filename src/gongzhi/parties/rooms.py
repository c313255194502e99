"""Rooms in which something waits, each with its queues: which of them are empty is asked at once.

Most of what could wait for somebody doesn't: a question for each queue would be two dozen for every
page, nearly all of them in vain.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, told by whoever knows, if there are any rows; without rows it is always asked."""

    told: Callable[[], Iterable[Waiting]]
    rows: QuerySet[Any] | None = None

    @classmethod
    def of(cls, told: Callable[[Any], Waiting], rows: QuerySet[Any]) -> "Queue":
        """Each row as what waits."""
        return cls(lambda: map(told, rows), rows)


class _Queues(Protocol):
    def __call__(self, member: Member, *, today: date) -> Iterator[Queue]: ...


class Room:
    """A room by its queues: asked alone it tells what waits in it."""

    def __init__(self, queues: _Queues) -> None:
        self.queues = queues
        self.__doc__ = queues.__doc__

    def __call__(self, member: Member, *, today: date) -> Iterator[Waiting]:
        """All that waits in this room."""
        return waiting_in(self.queues(member, today=today))


def waiting_in_all(rooms: Iterable[Room], member: Member, *, today: date) -> list[Waiting]:
    """All that waits in several rooms."""
    return list(waiting_in(each for room in rooms for each in room.queues(member, today=today)))


def waiting_in(queues: Iterable[Queue]) -> Iterator[Waiting]:
    """All that waits in the queues, one after the other."""
    chosen = list(queues)
    filled = iter(_are_filled([queue.rows for queue in chosen if queue.rows is not None]))
    for queue in chosen:
        if queue.rows is None or next(filled):
            yield from queue.told()


def _are_filled(asked: Sequence[QuerySet[Any]]) -> Sequence[bool]:
    """Whether there is anything in each, by one statement."""
    if len(asked) == 1:
        return [True]  # the question itself tells as fast
    statements = [_statement(rows) for rows in asked]
    known = [each for each in statements if each is not None]
    if not known:
        return [False] * len(asked)
    parts = ", ".join(f"EXISTS ({sql})" for sql, _ in known)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}", [value for _, values in known for value in values])
        found = iter(cursor.fetchone())
    return [each is not None and next(found) for each in statements]


def _statement(rows: QuerySet[Any]) -> tuple[str, Sequence[Any]] | None:
    """The question whether there are any, as the database is asked; None where none can be."""
    try:
        sql, values = rows.query.exists().get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(values)
