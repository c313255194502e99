"""The model text with every part in force by itself, so that a test needs no authority first.

It is a third of a megabyte: brought to the test database once, beside the program's tables, and
copied there for each test.
"""

from datetime import date
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql

from gongzhi.parties.charter_texts import as_json, digest_of
from gongzhi.rules.charter import read_texts

KEPT = sql.Identifier("for_tests", "charter_version")
ADDRESS = frozenset({"host", "port", "user", "password", "dbname"})


def keep_rules() -> None:
    """Bring it there; by a connection of its own, for a test's transaction will be undone."""
    row = _first_version()
    fields = row._meta.concrete_fields
    values = [
        each.get_db_prep_save(getattr(row, each.attname), connection=connection) for each in fields
    ]
    wanted = connection.get_connection_params()
    with psycopg.connect(**{key: wanted[key] for key in ADDRESS & wanted.keys()}) as session:
        session.execute("CREATE SCHEMA IF NOT EXISTS for_tests")
        session.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(KEPT))
        session.execute(
            sql.SQL("CREATE TABLE {} AS SELECT {} FROM {} WITH NO DATA").format(
                KEPT, _columns(row), _table(row)
            )
        )
        marks = sql.SQL(", ").join([sql.Placeholder()] * len(values))
        session.execute(sql.SQL("INSERT INTO {} VALUES ({})").format(KEPT, marks), values)


def put_in_force() -> None:
    """Keep it as the first version, in force for as long as anybody can remember."""
    row = apps.get_model("parties", "CharterVersion")()
    copy = sql.SQL("INSERT INTO {} ({}) SELECT * FROM {}").format(_table(row), _columns(row), KEPT)
    with connection.cursor() as cursor:
        cursor.execute(copy)


def _first_version() -> Model:
    texts: dict[str, Any] = as_json(read_texts())
    texts["parts"] = [{**part, "always": True} for part in texts["parts"]]
    return apps.get_model("parties", "CharterVersion")(
        number=1, texts=texts, digest=digest_of(texts), in_force_from=date(2000, 1, 1)
    )


def _table(row: Model) -> sql.Identifier:
    return sql.Identifier(row._meta.db_table)


def _columns(row: Model) -> sql.Composed:
    names = [sql.Identifier(each.column) for each in row._meta.concrete_fields]
    return sql.SQL(", ").join(names)
