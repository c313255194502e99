"""Receipts: a voter's proof that a ballot of theirs was counted, and of nothing else.

A receipt is the same however often somebody votes anew, so that nobody who asks to see it learns
whether they did. It is made of the voter's digest in this vote and of no choice; the list that is
published holds digests of receipts in their own order, and ballots are listed apart from it.
"""

import base64
from hashlib import sha256

PURPOSE = b"gongzhi/ballot-receipt@v1\n"
BYTES = 15  # 24 characters
GROUP = 4


def receipt_of(*, vote: str, voter: str) -> str:
    """The receipt of a voter, in groups that can be read out."""
    seed = PURPOSE + f"{vote}\n{voter}".encode()
    text = base64.b32encode(sha256(seed).digest()[:BYTES]).decode()
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def receipt_digest(receipt: str) -> str:
    """What is published of a receipt, by which whoever holds it finds it."""
    return sha256(PURPOSE + tidy_receipt(receipt).encode()).hexdigest()


def tidy_receipt(typed: str) -> str:
    """A receipt as somebody typed it: in capitals, without hyphens, 0 and 1 as letters."""
    plain = "".join(each for each in typed.upper() if each.isalnum())
    return plain.replace("0", "O").replace("1", "I")
