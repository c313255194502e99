"""Keys that tests sign with; their seeds are made of words, so they are secret to nobody."""

import hashlib

from gongzhi.core.ledger.keys import KeyKind, Signer


def signer(words, *, name, kind=KeyKind.ED25519):
    return Signer(name, kind, hashlib.sha256(words.encode()).digest())


LOG = signer("the log", name="log.example/yunhe")
OTHER_LOG = signer("another log", name="log.example/other")
WITNESSES = {
    letter: signer(f"witness {letter}", name=f"{letter}.example", kind=KeyKind.COSIGNATURE)
    for letter in "ABCDE"
}
