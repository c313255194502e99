"""What of a checkpoint would be written into a block chain of others, should somebody want that.

A statement names a checkpoint; its SHA-256 is the 32 bytes that a transaction carries. Nothing here
talks to a chain: whoever anchors keeps the statement beside what their chain says of the
transaction (docs/explanation/log-and-blockchain.md).
"""

import hashlib
from base64 import b64encode

from gongzhi.core.ledger.checkpoint import Checkpoint

FORMAT = "gongzhi/anchor@v1"


def statement_of(checkpoint: Checkpoint) -> str:
    """The four lines that name a checkpoint: format, origin, size, root."""
    root = b64encode(checkpoint.root).decode()
    return f"{FORMAT}\norigin {checkpoint.origin}\nsize {checkpoint.size}\nroot {root}\n"


def payload_of(statement: str) -> bytes:
    """The 32 bytes for the transaction; they give nothing away and name one checkpoint alone."""
    return hashlib.sha256(statement.encode()).digest()
