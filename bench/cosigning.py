"""How long a deed waits until a quorum of witnesses stands for it.

    ./run bench cosigning

The worker and five witnesses run as programs of their own on this machine, as installations run
them; the policy asks for four. Measured from the commit of a deed's transaction until a checkpoint
that covers it has its quorum, with all witnesses there, with one away, and with one that takes the
connection and never answers. No peer is measured: nothing else cosigns this log.
"""

import contextlib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, table

from gongzhi.witness.store import Store, Watched

HOST = "127.0.0.1"
NAMES = ("finance", "department", "social", "enterprises", "citizens")
DEEDS = 60
SPREAD_S = 0.37  # deeds come at every moment of the second between two checkpoints
FIELDS = {
    "v": 1,
    "verb": "publish_form",
    "party": "bench",
    "clause": ["4.2"],
    "charter": "1",
    "on": "form:1",
    "business_date": "2026-01-01",
    "claimed_at": "2026-01-01T00:00:00+00:00",
    "public": {},
}


def main() -> None:
    print(fingerprint(), "\n")
    rows = []
    with contextlib.ExitStack() as stack:
        home, _ = stack.enter_context(installation())
        addresses = {name: stack.enter_context(witness(home, name)) for name in NAMES}
        admit(home, addresses)
        stack.enter_context(program("work"))
        rows.append(line("all five", waits()))
        move("citizens", f"http://{HOST}:9")
        rows.append(line("one away", waits()))
        with mute() as address:
            move("citizens", address)
            rows.append(line("one hangs", waits()))
    print(table(["witnesses", "deeds", "p50 s", "p95 s", "longest s"], rows))


@contextlib.contextmanager
def program(*arguments: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "gongzhi", *arguments])
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def witness(home: Path, name: str) -> Iterator[str]:
    """A witness as a program of its own; its address once it answers."""
    folder = home / "witnesses" / name
    key = import_string("gongzhi.trust.keys.installation_signer")().verifier
    Store(folder).found(f"{name}.example", (Watched(key=key),))
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    with program("witness", "serve", "--home", str(folder), "--port", str(port)):
        until(lambda: answers(port))
        yield f"http://{HOST}:{port}"


@contextlib.contextmanager
def mute() -> Iterator[str]:
    """A server that takes connections and says nothing."""
    with socket.create_server((HOST, 0)) as listener:
        yield f"http://{HOST}:{listener.getsockname()[1]}"


def answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=1).close()
    except OSError:
        return False
    return True


def admit(home: Path, addresses: dict[str, str]) -> None:
    candidate = import_string("gongzhi.trust.witnesses.Candidate")
    for name, address in addresses.items():
        key = Store(home / "witnesses" / name).signer().verifier.text
        change("admit", candidate(key=key, operator=name, address=address))
    change("ask_for", 4)


def move(name: str, address: str) -> None:
    change("move", f"{name}.example", address=address)


def change(verb: str, *given: object, **named: object) -> None:
    with transaction.atomic(), import_string("gongzhi.trust.witnesses.changing_policy")():
        import_string(f"gongzhi.trust.witnesses.{verb}")(
            *given, deed=uuid4(), at=timezone.now(), **named
        )


def waits() -> list[float]:
    """How long each deed waited for its quorum, in seconds; the first ones warm up."""
    return [wait() for _ in range(DEEDS + 3)][3:]


def wait() -> float:
    time.sleep(SPREAD_S)
    leave = import_string("gongzhi.trust.appending.leave")
    with transaction.atomic():
        leaf = leave(FIELDS).pk
    began = time.perf_counter()
    until(lambda: is_anchored(leaf))
    return time.perf_counter() - began


def is_anchored(leaf: object) -> bool:
    index = import_string("gongzhi.trust.proofs.index_of")(leaf)
    anchored = import_string("gongzhi.trust.cosignatures.last_anchored")
    return index is not None and anchored(covering=index + 1) is not None


def until(is_so: Callable[[], bool], *, wait_s_max: float = 60) -> None:
    end = time.monotonic() + wait_s_max
    while not is_so():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def line(name: str, waited: list[float]) -> list[str]:
    p95 = statistics.quantiles(waited, n=20)[-1]
    figures = (statistics.median(waited), p95, max(waited))
    return [name, str(len(waited)), *(f"{figure:.2f}" for figure in figures)]


if __name__ == "__main__":
    main()
