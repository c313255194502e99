"""A program that uses the embedded server: adds rows, says so, and waits for its input to end."""

import sys
from pathlib import Path

import psycopg

from gongzhi.cli.postgres import running
from gongzhi.cli.postgres_roles import APP, OWNER

TABLE = "CREATE TABLE IF NOT EXISTS row (id bigint GENERATED ALWAYS AS IDENTITY, text text)"


def main() -> None:
    """Add as many rows as asked for, one transaction each."""
    with running(Path(sys.argv[1])) as server:
        with psycopg.connect(server.url(role=OWNER), autocommit=True) as owner:
            owner.execute("SELECT pg_advisory_lock(1)")
            owner.execute(TABLE)
        with psycopg.connect(server.url(role=APP), autocommit=True) as app:
            for number in range(int(sys.argv[2])):
                app.execute("INSERT INTO row (text) VALUES (%s)", (f"第{number}行",))
        print("ready", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
