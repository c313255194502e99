"""A database administrator who may do anything: no trigger, constraint or right is in the way.

Inside a test's transaction, which is undone.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import sql

CONSTRAINTS = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE conrelid::regclass::text LIKE 'trust\\_%' AND contype IN ('f', 'c', 'u')
ORDER BY contype DESC
"""
TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relname LIKE 'trust\\_%' AND relkind = 'r'"


def by_sql(statement: str | sql.Composed, *values: object) -> int:
    """Run a statement; how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def take_all_rights() -> None:
    """Switch off whatever guards the log's tables, until the transaction is undone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(CONSTRAINTS)
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def alter(table: str, column: str, value: object, *, at: Mapping[str, object]) -> None:
    """Give one row another value."""
    change = sql.SQL("UPDATE {} SET {} = %s WHERE {}")
    statement = change.format(sql.Identifier(table), sql.Identifier(column), _where(at))
    assert by_sql(statement, value, *at.values()) == 1


def delete(table: str, *, at: Mapping[str, object]) -> None:
    """Delete one row."""
    statement = sql.SQL("DELETE FROM {} WHERE {}").format(sql.Identifier(table), _where(at))
    assert by_sql(statement, *at.values()) == 1


def _where(at: Mapping[str, object]) -> sql.Composed:
    matches = [sql.SQL("{} = %s").format(sql.Identifier(column)) for column in at]
    return sql.SQL(" AND ").join(matches)


@contextmanager
def undone() -> Iterator[None]:
    """Do something and undo it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
