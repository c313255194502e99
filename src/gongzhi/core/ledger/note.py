"""Text with signatures under it (C2SP signed-note)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongzhi.core.ledger.encoding import has_control_characters, read_base64, write_base64
from gongzhi.core.ledger.keys import Signer, VerifierKey, is_key_name
from gongzhi.core.ledger.rejected import Reason, RejectedError

DASH = "\u2014"
KEY_ID_BYTES = 4
SIGNATURES_MAX = 64


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line, not yet checked."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The line as written (signed-note, Signatures)."""
        return f"{DASH} {self.name} {write_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text ending in a newline, and its signatures, not yet checked."""

    text: str
    signatures: tuple[NoteSignature, ...] = ()

    @property
    def content(self) -> str:
        """The note as written (signed-note, Format)."""
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)

    def signed(self, signer: Signer, *, at: int | None = None) -> "Note":
        """The note with one more signature; `at` is the moment of a cosignature."""
        signature = NoteSignature(
            signer.name, signer.verifier.key_id, signer.signature_of(self.text, at=at)
        )
        return replace(self, signatures=(*self.signatures, signature))


@dataclass(frozen=True, slots=True)
class Attestation:
    """A signature that was checked: whose, and when if it says so."""

    key: VerifierKey
    at: int | None


def read_note(content: str) -> Note:
    """The note as its signers wrote it (signed-note, Format); nothing is checked yet."""
    text, blank, lines = content.rpartition("\n\n")
    if not blank or has_control_characters(content) or not lines.endswith("\n"):
        raise RejectedError(Reason.NOTE)
    rows = lines[:-1].split("\n")
    if len(rows) > SIGNATURES_MAX:
        raise RejectedError(Reason.NOTE)
    return Note(text + "\n", tuple(_signature(row) for row in rows))


def _signature(row: str) -> NoteSignature:
    try:
        dash, name, encoded = row.split(" ")
        content = read_base64(encoded)
    except ValueError as error:
        raise RejectedError(Reason.NOTE) from error
    if dash != DASH or not is_key_name(name) or len(content) <= KEY_ID_BYTES:
        raise RejectedError(Reason.NOTE)
    return NoteSignature(name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])


def check_note(note: Note, *, keys: Iterable[VerifierKey]) -> tuple[Attestation, ...]:
    """The signatures of known keys (signed-note, Signatures).

    Unknown keys are ignored; one bad signature of a known key rejects the whole note.
    A key that signed more than once counts once, with its first line.
    """
    known = {(key.name, key.key_id): key for key in keys}
    attested: dict[VerifierKey, Attestation] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key:
            at = key.moment_of(signature.signature, text=note.text)
            attested.setdefault(key, Attestation(key, at))
    return tuple(attested.values())
