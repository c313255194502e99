"""The shape of the database: changed by its owner only, and only when there is news."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said
from gongzhi.web.database import database

DEMO_MARK = "gongzhi demo"


def bring_up_to_date(*, owner: str) -> None:
    """Apply the migrations that the database lacks, as the owner of its tables."""
    with connected(owner):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)


@contextmanager
def connected(address: str) -> Iterator[None]:
    """Django's connection goes to that address, and afterwards where it went before."""
    usual = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(database(address))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


def owner_address() -> str:
    """The address for changes of shape: DATABASE_OWNER_URL, else DATABASE_URL."""
    address = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if not address:
        raise CannotRun(
            Said("请设置 DATABASE_URL，例如 postgresql://gongzhi@db.example.org/gongzhi")
        )
    return address


def is_demo(address: str) -> bool:
    """Whether a demo has been grown in the database; refuses one that holds anything else."""
    with psycopg.connect(address) as session:
        if mark_of(session) == DEMO_MARK:
            return True
        query = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        if session.execute(query).fetchone() != (0,):
            raise CannotRun(
                Said("DATABASE_URL 指向的数据库不是空的，演示不会写进去；请换一个空数据库")
            )
    return False


def mark_as_demo(address: str) -> None:
    """Let the database itself say that it holds a demo."""
    with psycopg.connect(address, autocommit=True) as session:
        name = sql.Identifier(session.info.dbname)
        session.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, DEMO_MARK))


def mark_of(session: psycopg.Connection) -> str | None:
    """What the database says about itself."""
    row = session.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = current_database()"
    ).fetchone()
    return row[0] if row else None
