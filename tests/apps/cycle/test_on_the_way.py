"""Rows go to the database while others are made; broken off, none of them counts."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from gongzhi.cycle.on_the_way import OnTheWay, Writing, writing
from gongzhi.trust.straight import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> str:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE arriving (word text) ON COMMIT DROP")
    return "arriving"


def words(table: str, *given: str) -> Writing:
    return writing(table, columns=["word"], rows=[[word] for word in given])


def arrived(table: str) -> list[str]:
    rows = asked(f"SELECT word FROM {table} ORDER BY word")  # noqa: S608 - a name of ours
    return [word for (word,) in rows]


def test_all_that_was_begun_has_arrived_at_the_end(table):
    on_the_way = OnTheWay()
    with on_the_way.until_all_is_there():
        on_the_way.begin(words(table, "a", "b"))
        on_the_way.step()
        on_the_way.begin(words(table, "c"))
        assert arrived(table) == ["a", "b"]
    assert arrived(table) == ["a", "b", "c"]


def broken_off(table: str) -> None:
    on_the_way = OnTheWay()
    with transaction.atomic(), on_the_way.until_all_is_there():
        on_the_way.begin(words(table, "a", "b"))
        on_the_way.step()
        raise ZeroDivisionError


def torn(table: str) -> None:
    def rows() -> Iterator[list[str]]:
        yield ["a"]
        raise ZeroDivisionError

    on_the_way = OnTheWay()
    with transaction.atomic():
        on_the_way.begin(writing(table, columns=["word"], rows=rows()))
        on_the_way.finish()


@pytest.mark.parametrize("attempt", [broken_off, torn])
def test_what_is_called_off_leaves_nothing_and_the_connection_goes_on(table, attempt):
    with pytest.raises(ZeroDivisionError):
        attempt(table)
    assert arrived(table) == []
