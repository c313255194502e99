"""What a log is measured beside: a hash chain whose last row is locked, and a plain insert.

The chain is what an audit table usually does: each deed's transaction locks the last row, hashes it
with its own entry, and holds the lock until it has committed.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Sequence

import psycopg

WRITERS = 8
TABLES = """
DROP TABLE IF EXISTS bench_chain, bench_tip, bench_plain;
CREATE TABLE bench_chain (number bigint PRIMARY KEY, entry bytea, hash bytea);
CREATE TABLE bench_tip (number bigint, hash bytea);
INSERT INTO bench_tip VALUES (0, '');
CREATE TABLE bench_plain (number bigserial PRIMARY KEY, entry bytea);
"""
Write = Callable[[psycopg.Connection, Sequence[bytes]], None]


def make_tables(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(TABLES)


def drop_tables(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("DROP TABLE bench_chain, bench_tip, bench_plain")


def chained(connection: psycopg.Connection, entries: Sequence[bytes]) -> None:
    """The entries of one transaction at the end of the chain."""
    with connection.transaction():
        number, tip = connection.execute("SELECT number, hash FROM bench_tip FOR UPDATE").fetchone()
        rows = []
        for entry in entries:
            number, tip = number + 1, hashlib.sha256(tip + entry).digest()
            rows.append((number, entry, tip))
        _copy(connection, "COPY bench_chain (number, entry, hash) FROM STDIN (FORMAT BINARY)", rows)
        connection.execute("UPDATE bench_tip SET number = %s, hash = %s", [number, tip])


def plain(connection: psycopg.Connection, entries: Sequence[bytes]) -> None:
    """The same entries in a table, with nothing that proves them."""
    with connection.transaction():
        rows = [(entry,) for entry in entries]
        _copy(connection, "COPY bench_plain (entry) FROM STDIN (FORMAT BINARY)", rows)


def _copy(connection: psycopg.Connection, statement: str, rows: Sequence[tuple]) -> None:
    types = {1: ["bytea"], 2: ["uuid", "bytea"], 3: ["int8", "bytea", "bytea"]}
    with connection.cursor().copy(statement) as copy:
        copy.set_types(types[len(rows[0])])
        for row in rows:
            copy.write_row(row)


def queued(connection: psycopg.Connection, rows: Sequence[tuple]) -> None:
    """Leaves into the queue of the log, as one transaction of a deed leaves them."""
    with connection.transaction():
        _copy(connection, "COPY trust_pendingleaf (id, entry) FROM STDIN (FORMAT BINARY)", rows)


def written_by_many(
    address: str, write: Callable[[psycopg.Connection], None], seconds: float
) -> int:
    """Let eight connections write at once, a transaction each time; how many there were."""
    until = time.monotonic() + seconds
    counts = [0] * WRITERS

    def writer(place: int) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            while time.monotonic() < until:
                write(connection)
                counts[place] += 1

    threads = [threading.Thread(target=writer, args=(place,)) for place in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)
