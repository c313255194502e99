"""A file that proves one row of a batch to anyone, offline.

    gongzhi/row-proof@v1
    row <number>
    record <base64 of the row's bytes>
    value <field> <base64 of its salt> <base64 of its canonical value>  (none, one or more)
    <base64 of a hash>                        (from the row's sibling to the root's child)

    entry <base64 of the entry's bytes>
    c2sp.org/tlog-proof@v1
    …

The last part is the entry's own proof, as it is. The batch's root and size stand in the entry and
nowhere else. A verifier goes from the row to the root, and from the entry to those who signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from gongzhi.core.ledger.batch import FIELD, Batch, Row, batch_of, field_salt
from gongzhi.core.ledger.encoding import read_base64, read_decimal, write_base64
from gongzhi.core.ledger.merkle import HASH_BYTES, PATH_HASHES_MAX, includes, leaf_hash
from gongzhi.core.ledger.policy import Policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.rejected import Reason, Rejected, RejectedError
from gongzhi.core.sealed import (
    SALT_BYTES,
    NotCanonicalError,
    Sealable,
    canonical,
    keeps,
    read_canonical,
)

FIRST_LINE = "gongzhi/row-proof@v1"
ROW, RECORD, VALUE, ENTRY = "row ", "record ", "value ", "entry "


@dataclass(frozen=True, slots=True)
class Shown:
    """A private value of the row, shown with the salt of its field."""

    field: str
    salt: bytes
    value: Sealable

    @classmethod
    def of(cls, row: Row, field: str) -> Self:
        """The value of a field as whoever has the row may show it."""
        return cls(field, field_salt(row.secret, field), row.private[field])

    @property
    def line(self) -> str:
        """The value as its line in the file."""
        salt, value = write_base64(self.salt), write_base64(canonical(self.value))
        return f"{VALUE}{self.field} {salt} {value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProof:
    """A row's number and bytes, its path to the batch's root, the entry, and the entry's proof."""

    row: int
    record: bytes
    path: tuple[bytes, ...]
    entry: bytes
    proof: str
    shown: tuple[Shown, ...] = ()

    @property
    def content(self) -> str:
        """The file as written."""
        head = [FIRST_LINE, f"{ROW}{self.row}", RECORD + write_base64(self.record)]
        lines = [*head, *(each.line for each in self.shown), *map(write_base64, self.path)]
        return "\n".join(lines) + f"\n\n{ENTRY}{write_base64(self.entry)}\n{self.proof}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowVerdict:
    """How far the file got, step by step: read, its values, in the batch, in the log.

    It proves the row exactly if there is no fault; what is None wasn't reached.
    """

    read: RowProof | None = None
    values_hold: bool = False
    batch: Batch | None = None
    log: Proven | None = None
    fault: Rejected | None = None


def is_row_proof(content: bytes) -> bool:
    """Whether a file says of itself that it proves a row."""
    return content.startswith(FIRST_LINE.encode())


def read_row_proof(content: bytes) -> RowProof:
    """The row proof of its file; nothing is checked yet."""
    try:
        head, blank, rest = content.decode().partition("\n\n")
        entry, newline, proof = rest.partition("\n")
        first, row, record, *lines = head.split("\n")
        values = [line for line in lines if line.startswith(VALUE)]
        read = RowProof(
            row=read_decimal(_after(ROW, row)),
            record=read_base64(_after(RECORD, record)),
            shown=tuple(map(_shown, values)),
            path=tuple(map(read_base64, lines[len(values) :])),
            entry=read_base64(_after(ENTRY, entry)),
            proof=proof,
        )
    except ValueError as error:
        raise RejectedError(Reason.ROW) from error
    are_hashes = all(len(sibling) == HASH_BYTES for sibling in read.path)
    is_whole = first == FIRST_LINE and bool(blank) and bool(newline)
    if not is_whole or not are_hashes or len(read.path) > PATH_HASHES_MAX:
        raise RejectedError(Reason.ROW)
    return read


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise ValueError(f"no line that starts with {word}")
    return line.removeprefix(word)


def _shown(line: str) -> Shown:
    field, salt, value = line.removeprefix(VALUE).split(" ")
    shown = Shown(field, read_base64(salt), read_canonical(read_base64(value)))
    if not FIELD.fullmatch(field) or len(shown.salt) != SALT_BYTES:
        raise ValueError("a field has a name and a salt of 32 bytes")
    return shown


def row_verdict_on(content: bytes, *, policy: Policy, record: bytes | None = None) -> RowVerdict:
    """Whether the file proves its row in a log which the policy believes, and how far it got.

    A record that somebody has besides stands for the one in the file: that one is then proved.
    """
    try:
        read = read_row_proof(content)
    except RejectedError as error:
        return RowVerdict(fault=error.rejected)
    if record is not None:
        read = replace(read, record=record)
    if unkept := _unkept(read):
        return RowVerdict(read=read, fault=Rejected(Reason.VALUE, unkept))
    batch = _batch(read)
    if batch is None:
        fault = Rejected(Reason.BATCH, str(read.row))
        return RowVerdict(read=read, values_hold=True, fault=fault)
    log = verdict_on(read.proof.encode(), record=read.entry, policy=policy)
    if isinstance(log, Rejected):
        return RowVerdict(read=read, values_hold=True, batch=batch, fault=log)
    return RowVerdict(read=read, values_hold=True, batch=batch, log=log)


def _unkept(read: RowProof) -> str:
    """The first shown field whose promise the row doesn't make."""
    promises = promises_of(read.record)
    for shown in read.shown:
        promised = promises.get(shown.field)
        if not isinstance(promised, str) or not keeps(promised, value=shown.value, salt=shown.salt):
            return shown.field
    return ""


def promises_of(record: bytes) -> Mapping[str, Sealable]:
    """The commitments of a row by field; none where it is no row like ours."""
    try:
        row = read_canonical(record)
    except NotCanonicalError:
        return {}
    promises = row.get("c") if isinstance(row, Mapping) else None
    return promises if isinstance(promises, Mapping) else {}


def _batch(read: RowProof) -> Batch | None:
    """The entry's batch, if the row is in it."""
    try:
        batch = batch_of(read_canonical(read.entry))
    except NotCanonicalError:
        return None
    is_there = batch is not None and includes(
        batch.root, leaf=leaf_hash(read.record), index=read.row, size=batch.size, path=read.path
    )
    return batch if is_there else None
