"""Witnesses as real servers on this machine, admitted by the log under test."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from gongzhi.core.ledger.keys import VerifierKey
from gongzhi.trust import witnesses
from gongzhi.trust.keys import installation_signer
from gongzhi.trust.witnesses import Candidate, changing_policy
from gongzhi.witness.hosting import HOST, server
from gongzhi.witness.store import Store, Watched

LETTERS = "abcde"
GONE = f"http://{HOST}:9/nobody"


class Watchers:
    """Five witnesses of the installation's log, hosted in one server of this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        log = Watched(key=installation_signer().verifier)
        for letter in LETTERS:
            self.store(letter).found(f"{letter}.example", (log,))
        self.server = server(folder, port=0)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def store(self, letter: str) -> Store:
        return Store(self.folder / letter)

    def key(self, letter: str) -> VerifierKey:
        return self.store(letter).signer().verifier

    def address(self, letter: str) -> str:
        return f"http://{HOST}:{self.server.server_port}/{letter}"

    def candidate(self, letter: str, *, address: str | None = None) -> Candidate:
        own = self.address(letter) if address is None else address
        return Candidate(key=self.key(letter).text, operator=f"{letter} 方", address=own)

    def admit(self, letters: str = LETTERS, *, threshold: int = 4) -> None:
        for letter in letters:
            changed(witnesses.admit, self.candidate(letter))
        if threshold:
            changed(witnesses.ask_for, threshold)

    def lose(self, letters: str) -> None:
        for letter in letters:
            changed(witnesses.move, f"{letter}.example", address=GONE)

    def find(self, letters: str) -> None:
        for letter in letters:
            changed(witnesses.move, f"{letter}.example", address=self.address(letter))

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def changed(change, *given, **named):
    """A change of the policy, as the transaction of a deed makes it."""
    with transaction.atomic(), changing_policy():
        return change(*given, deed=uuid4(), at=timezone.now(), **named)


@contextmanager
def watching(folder: Path) -> Iterator[Watchers]:
    watchers = Watchers(folder)
    try:
        yield watchers
    finally:
        watchers.end()
        shutil.rmtree(folder)


@contextmanager
def listening_only() -> Iterator[str]:
    """A server that takes every connection and never says a word."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        yield f"http://{HOST}:{listener.getsockname()[1]}"
