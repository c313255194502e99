"""Backups of the whole test database, put back as they were: what an old dump leaves."""

from django.db import connection, transaction
from psycopg import sql

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT LIKE 'django\\_%'
    AND c.relname NOT LIKE 'procrastinate\\_%'
"""
Backup = dict[str, bytes]


def back_up() -> Backup:
    """Every row of every table but the queue's, whose keys hold at once, in whatever order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLES)
        return {table: _copied(cursor.cursor, table) for (table,) in cursor.fetchall()}


def _copied(cursor, table: str) -> bytes:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with cursor.copy(statement) as copy:
        return b"".join(bytes(chunk) for chunk in copy)


def restore(backup: Backup) -> None:
    """Put everything back, over what is there; all that happened since is forgotten."""
    names = sql.SQL(", ").join(map(sql.Identifier, backup))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        for table, rows in backup.items():
            statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with cursor.cursor.copy(statement) as copy:
                copy.write(rows)
