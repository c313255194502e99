"""A log whose fourth entry is a batch, and the proofs of its rows."""

from core.ledger.signers import LOG, WITNESSES
from gongzhi.core.ledger.batch import Batch, Row
from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.merkle import inclusion_spans, leaf_hash, root_of
from gongzhi.core.ledger.note import Note
from gongzhi.core.ledger.proof import Proof
from gongzhi.core.ledger.row_proof import RowProof, Shown
from gongzhi.core.sealed import canonical

COSIGNED_AT = 1_790_000_000
PLACE = 3


def row(number):
    """A payment: its number is public, amount and payee are not."""
    private = {"amount": f"{number}.00", "payee": f"某公司{number}"}
    return Row({"number": number}, private, number.to_bytes(32, "big"))


def entry_over(rows):
    """The entry of a deed that brought these rows."""
    root = root_of([leaf_hash(each.record) for each in rows])
    batch = Batch(kind="payment", size=len(rows), root=root)
    return canonical({"v": 1, "verb": "import_payments", "batch": batch.facts})


def made_row_proof(number, *, rows, show=(), cosigners=""):
    """The proof of a row, showing some of its private fields."""
    hashes = [leaf_hash(each.record) for each in rows]
    spans = inclusion_spans(number, size=len(rows))
    entry = entry_over(rows)
    return RowProof(
        row=number,
        record=rows[number].record,
        path=tuple(root_of(hashes[start:end]) for start, end in spans),
        entry=entry,
        proof=made_entry_proof(entry, cosigners=cosigners).content,
        shown=tuple(Shown.of(rows[number], field) for field in show),
    )


def made_entry_proof(entry, *, cosigners=""):
    """The proof of an entry among six."""
    hashes = [leaf_hash(entry if at == PLACE else b"%d" % at) for at in range(6)]
    note = Note(Checkpoint(origin=LOG.name, size=6, root=root_of(hashes)).text).signed(LOG)
    for letter in cosigners:
        note = note.signed(WITNESSES[letter], at=COSIGNED_AT)
    spans = inclusion_spans(PLACE, size=6)
    path = tuple(root_of(hashes[start:end]) for start, end in spans)
    return Proof(index=PLACE, path=path, checkpoint=note.content)
