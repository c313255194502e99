"""Who connects to the embedded PostgreSQL as whom.

The administrator only makes the other three. The owner owns tables and changes their shape;
the app reads and writes rows and can alter no table; the reader only reads.
"""

import pwd

import psycopg
from psycopg import sql

ADMINISTRATOR = "postgres"
OWNER = "gongzhi_owner"
APP = "gongzhi_app"
READER = "gongzhi_reader"
ROLES = (ADMINISTRATOR, OWNER, APP, READER)
DATABASE = "gongzhi"

GRANTS = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app}, {reader};
GRANT USAGE ON SCHEMA public TO {app}, {reader};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
    GRANT SELECT ON TABLES TO {reader};
"""


def peer_rules(*uids: int) -> tuple[str, str]:
    """pg_hba.conf and pg_ident.conf: these users of the machine and its root, by the socket."""
    names = sorted({pwd.getpwuid(uid).pw_name for uid in (0, *uids)})
    lines = [f'gongzhi "{name}" {role}' for name in names for role in ROLES]
    return "local all all peer map=gongzhi\n", "\n".join(lines) + "\n"


def create_database(address: str, *, inside: str) -> None:
    """Make the roles and the database where they are missing."""
    with psycopg.connect(address, autocommit=True) as connection:
        for role in (OWNER, APP, READER):
            if not exists(connection, query="SELECT 1 FROM pg_roles WHERE rolname = %s", name=role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not exists(connection, query=known, name=DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )
    grant(inside)


def exists(connection: psycopg.Connection, *, query: str, name: str) -> bool:
    """Whether the query finds something of that name."""
    return connection.execute(query, (name,)).fetchone() is not None


def grant(inside: str) -> None:
    """What the app and the reader may do with the owner's tables, present and future."""
    with psycopg.connect(inside, autocommit=True) as connection:
        connection.execute(
            sql.SQL(GRANTS).format(
                database=sql.Identifier(DATABASE),
                owner=sql.Identifier(OWNER),
                app=sql.Identifier(APP),
                reader=sql.Identifier(READER),
            )
        )
