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

CONNECTING = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {role};
GRANT USAGE ON SCHEMA public TO {role};
"""
WRITING = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
"""
READING = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role};
"""


def peer_rules(*uids: int) -> tuple[str, str]:
    """pg_hba.conf and pg_ident.conf: these users of the machine and its root, by the socket."""
    names = sorted({pwd.getpwuid(uid).pw_name for uid in (0, *uids)})
    lines = [f'gongzhi "{name}" {role}' for name in names for role in ROLES]
    return "local all all peer map=gongzhi\n", "\n".join(lines) + "\n"


def create_database(administrator: str, *, owner: str) -> None:
    """Make the roles and the database where they are missing, and give them their rights."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        for role in (OWNER, APP, READER):
            if not exists(connection, query="SELECT 1 FROM pg_roles WHERE rolname = %s", name=role):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not exists(connection, query=known, name=DATABASE):
            made = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(made.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
    grant(owner, role=APP, rights=WRITING)
    grant(owner, role=READER, rights=READING)


def exists(connection: psycopg.Connection, *, query: str, name: str) -> bool:
    """Whether the query finds something of that name."""
    return connection.execute(query, (name,)).fetchone() is not None


def grant(owner: str, *, role: str, rights: str) -> None:
    """Let a role connect and use the tables that the owner will make from now on."""
    with psycopg.connect(owner, autocommit=True) as connection:
        database = sql.Identifier(connection.info.dbname)
        statements = sql.SQL(CONNECTING + rights)
        connection.execute(statements.format(database=database, role=sql.Identifier(role)))
