"""A witness in a folder of its own."""

from pathlib import Path

import pytest

from gongzhi.core.ledger.keys import read_verifier_key
from gongzhi.witness.store import Store, Watched
from gongzhi.witness.witness import Witness
from witness.logs import Log

NOON = 1_790_000_000


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def store(tmp_path: Path, log: Log) -> Store:
    made = Store(tmp_path / "witness")
    made.found("witness.example.org", (Watched(key=read_verifier_key(log.key)),))
    return made


@pytest.fixture
def witness(store: Store) -> Witness:
    return Witness(store, clock=lambda: NOON)
