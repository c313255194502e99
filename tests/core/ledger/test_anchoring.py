"""What of a checkpoint would be written into a chain of others."""

import hashlib

from gongzhi.core.ledger.anchoring import payload_of, statement_of
from gongzhi.core.ledger.checkpoint import Checkpoint


def test_a_statement_names_one_checkpoint_and_its_digest_is_the_payload():
    checkpoint = Checkpoint(origin="log.example", size=3, root=bytes(32))

    statement = statement_of(checkpoint)

    assert statement.splitlines() == [
        "gongzhi/anchor@v1",
        "origin log.example",
        "size 3",
        f"root {'A' * 43}=",
    ]
    assert payload_of(statement) == hashlib.sha256(statement.encode()).digest()


def test_another_size_is_another_payload():
    one, other = (Checkpoint(origin="a", size=size, root=bytes(32)) for size in (1, 2))

    assert payload_of(statement_of(one)) != payload_of(statement_of(other))
