"""A database administrator who may do anything: no trigger, constraint or right is in the way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg import sql

from gongzhi.trust.keys import key_path
from gongzhi.trust.models import Head, PendingLeaf
from gongzhi.trust.proofs import entry_at
from gongzhi.trust.sequencing import sequence

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
    _switch_triggers("DISABLE")


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


@contextmanager
def without_triggers() -> Iterator[None]:
    """Work as a superuser does who switches the log's triggers off; what is done stays."""
    _switch_triggers("DISABLE")
    yield
    _switch_triggers("ENABLE")


def _switch_triggers(switch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")


def by_force(statement: str, *values: object) -> None:
    """Run a statement as a superuser would who switches the triggers off for it."""
    with without_triggers():
        by_sql(statement, *values)


def rewrite(change: Mapping[int, bytes], *, length: int | None = None) -> None:
    """Write history anew with other entries, and compute everything again that follows from it.

    The operator has the log's key and clears away whatever would contradict, here.
    """
    entries = [entry_at(index) for index in range(Head.objects.get().size)]
    for index, entry in change.items():
        entries[index] = entry
    key_path().with_name(key_path().name + ".published").unlink(missing_ok=True)
    with without_triggers():
        for table in ("anchor", "cosignature", "signedcheckpoint", "head", "tile", "bundle"):
            by_sql(sql.SQL("DELETE FROM {}").format(sql.Identifier(f"trust_{table}")))
        by_sql("DELETE FROM trust_logrow")
        by_sql("UPDATE trust_witnesscontact SET size = 0")
    PendingLeaf.objects.bulk_create(PendingLeaf(entry=entry) for entry in entries[:length])
    while sequence():
        pass
