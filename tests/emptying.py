"""Empties the test database after a test that wrote to it in earnest.

Django truncates its three hundred tables and then founds its permissions anew; few hold a row.
"""

import psycopg
from django.db import connection
from psycopg import sql

# What migrating left there, and each test finds.
KEPT = {"auth_permission", "django_content_type"}
FILLED = """
SELECT name FROM unnest(%s::text[]) AS name
WHERE pg_relation_size(to_regclass(quote_ident(name))) > 0
"""


def empty(administrator: str) -> None:
    """Delete all rows; neither triggers nor foreign keys are asked."""
    names = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    with psycopg.connect(administrator) as session:
        session.execute("SET LOCAL session_replication_role = replica")
        for (name,) in session.execute(FILLED, [names]).fetchall():
            session.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
