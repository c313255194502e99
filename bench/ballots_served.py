"""Ballots over HTTP at a steady rate, beside a plain endpoint with one unique insert (P13).

Both stand on the same server with as many processes and threads, each for as long. What is told is
the processor time of the server's processes and of the database's, for each vote that was taken.
"""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import psycopg
from measuring import family

HOST, CALLERS, TICKS, MS = "127.0.0.1", 8, os.sysconf("SC_CLK_TCK"), 1000
START_S_MAX, WARM = 60, 40
SITE = "from gongzhi.cli.serving import serve; serve(host={host!r}, port={port}, processes={many})"
COOKIE = "a" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={COOKIE}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What came of so many seconds: how long each took, what wasn't taken, processor by vote."""

    taken: list[float]
    lost: int
    web_ms: float
    database_ms: float

    @property
    def all_ms(self) -> float:
        """Processor for each vote, of server and database."""
        return self.web_ms + self.database_ms

    @property
    def p95_ms(self) -> float:
        """How long 95 of 100 took at most."""
        return quantiles(self.taken, n=20)[-1] * MS if len(self.taken) > 1 else 0.0


def site(home: Path, *, processes: int, rate: int, seconds: int, body: Callable[[int], str],
         path: str) -> Served:  # fmt: skip
    """Ballots cast at the site."""
    port = free_port()
    command = [sys.executable, "-c", SITE.format(host=HOST, port=port, many=processes)]
    with program(command, port=port) as server:
        return steadily(home, server, port=port, rate=rate, seconds=seconds, body=body, path=path)


def plain(home: Path, owner: str, *, processes: int, rate: int, seconds: int) -> Served:
    """As many inserts at the plain endpoint."""
    with psycopg.connect(owner, autocommit=True) as one:
        one.execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (who text UNIQUE, said bytea)")
    port = free_port()
    script = str(Path(__file__).with_name("plain_insert.py"))
    command = [sys.executable, script, str(port), str(processes)]
    with program(command, port=port, DATABASE_URL=owner) as server:
        return steadily(
            home, server, port=port, rate=rate, seconds=seconds, path="/insert",
            body=lambda number: urlencode({"who": number, "said": "x" * 600}),
        )  # fmt: skip


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def program(command: list[str], *, port: int, **environment: str) -> Iterator[int]:
    """A server as a program of its own, once it takes connections; its process."""
    folder = str(Path(__file__).parent)
    paths = os.pathsep.join([folder, os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths, **environment})
    try:
        until = time.monotonic() + START_S_MAX
        while not takes(port) and time.monotonic() < until:
            time.sleep(0.1)
        assert process.poll() is None, "the server has ended"
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def takes(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False


def steadily(
    home: Path, server: int, *, port: int, rate: int, seconds: int, path: str,
    body: Callable[[int], str],
) -> Served:  # fmt: skip
    """So many a second, each at its moment, from callers that keep their connections."""
    post_all(range(WARM), port=port, path=path, body=body, rate=rate)
    database = int(next(home.rglob("postmaster.pid")).read_text().split()[0])
    before = ticks(server), ticks(database)
    numbers = range(WARM, WARM + rate * seconds)
    taken, lost = post_all(numbers, port=port, path=path, body=body, rate=rate)
    web, stored = ticks(server) - before[0], ticks(database) - before[1]
    each = MS / TICKS / max(1, len(taken))
    return Served(taken=taken, lost=lost, web_ms=web * each, database_ms=stored * each)


def ticks(root: int) -> int:
    """The processor time of a program and its descendants, ended ones too."""
    found = 0
    for pid in family(root):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            found += sum(map(int, fields[11:15]))
    return found


def post_all(
    numbers: range, *, port: int, path: str, body: Callable[[int], str], rate: int
) -> tuple[list[float], int]:
    """How long each took, from its moment on, and how many weren't taken."""
    taken: list[float] = []
    lost: list[int] = []
    begun = time.perf_counter()

    def call(first: int) -> None:
        line = http.client.HTTPConnection(HOST, port, timeout=30)
        for at in range(first, len(numbers), CALLERS):
            due = begun + at / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            line.request("POST", path, body(numbers[at]), FORM)
            answer = line.getresponse()
            answer.read()
            took = time.perf_counter() - due
            taken.append(took) if answer.status == http.HTTPStatus.OK else lost.append(at)
        line.close()

    callers = [threading.Thread(target=call, args=(first,)) for first in range(CALLERS)]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    return taken, len(lost)
