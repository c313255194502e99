"""Proofs over forty records, to be checked, damaged and shown."""

from core.ledger.signers import LOG, WITNESSES
from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.merkle import inclusion_spans, leaf_hash, root_of
from gongzhi.core.ledger.note import Note
from gongzhi.core.ledger.proof import Proof

RECORDS = [b'{"public":{"number":%d},"v":1}' % number for number in range(40)]
HASHES = [leaf_hash(record) for record in RECORDS]
COSIGNED_AT = 1_790_000_000


def made_proof(index, *, size, log=LOG, origin=None, cosigners="", extra=None):
    """The proof of a record in the tree of the first `size` records."""
    checkpoint = Checkpoint(origin=origin or log.name, size=size, root=root_of(HASHES[:size]))
    note = Note(checkpoint.text).signed(log)
    for letter in cosigners:
        note = note.signed(WITNESSES[letter], at=COSIGNED_AT)
    path = tuple(root_of(HASHES[start:end]) for start, end in inclusion_spans(index, size=size))
    return Proof(index=index, path=path, checkpoint=note.content, extra=extra)
