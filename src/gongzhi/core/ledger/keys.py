"""Who signs notes and how their keys are written (C2SP signed-note, Signatures)."""

import hashlib
import re
from dataclasses import dataclass, field
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gongzhi.core.ledger.cosignature import cosigned_message, read_cosignature, write_cosignature
from gongzhi.core.ledger.encoding import has_control_characters, read_base64, write_base64
from gongzhi.core.ledger.rejected import Reason, RejectedError

KEY_BYTES = 32
PRIVATE_MARK = "PRIVATE+KEY+"
_SPACE = re.compile(r"\s")


class KeyKind(IntEnum):
    """The signature type byte (signed-note, Signature types)."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


def is_key_name(name: str) -> bool:
    """Whether a key may have the name (signed-note, Format)."""
    return bool(name) and "+" not in name and not _SPACE.search(name)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name of who holds it."""

    name: str
    kind: KeyKind
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ LF ‖ type ‖ public key)."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]

    @property
    def text(self) -> str:
        """The key as people hand it on (signed-note, Verifier keys)."""
        return f"{self.name}+{self.key_id.hex()}+{write_base64(bytes([self.kind]) + self.public)}"

    def moment_of(self, signature: bytes, *, text: str) -> int | None:
        """Check a signature of the text; the moment a cosignature states, else None."""
        try:
            at, signature, message = self._opened(signature, text)
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (ValueError, InvalidSignature) as error:
            raise RejectedError(Reason.SIGNATURE, self.name) from error
        return at

    def _opened(self, signature: bytes, text: str) -> tuple[int | None, bytes, bytes]:
        if self.kind is KeyKind.ED25519:
            return None, signature, text.encode()
        at, signature = read_cosignature(signature)
        return at, signature, cosigned_message(text, at=at)


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with the name of who holds it."""

    name: str
    kind: KeyKind
    secret: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The key that checks what this one signs."""
        return VerifierKey(self.name, self.kind, self._key().public_key().public_bytes_raw())

    @property
    def text(self) -> str:
        """The key as its file holds it: PRIVATE+KEY+name+id+base64(type ‖ seed)."""
        key_id = self.verifier.key_id.hex()
        return (
            f"{PRIVATE_MARK}{self.name}+{key_id}+{write_base64(bytes([self.kind]) + self.secret)}"
        )

    def signature_of(self, text: str, *, at: int | None = None) -> bytes:
        """The signature of a note's text; a cosignature states its moment."""
        if self.kind is KeyKind.ED25519:
            return self._key().sign(text.encode())
        assert at is not None, "a cosignature states when"
        return write_cosignature(self._key().sign(cosigned_message(text, at=at)), at=at)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)


def read_verifier_key(text: str) -> VerifierKey:
    """The key of its text form; its id must be that of its name and bytes."""
    name, key_id, kind, public = _parts(text)
    key = VerifierKey(name, kind, public)
    if key.key_id.hex() != key_id:
        raise RejectedError(Reason.KEY, text)
    return key


def read_signer(text: str) -> Signer:
    """The private key of its text form; a rejection never repeats it."""
    if not text.startswith(PRIVATE_MARK):
        raise RejectedError(Reason.KEY, PRIVATE_MARK)
    try:
        name, key_id, kind, secret = _parts(text.removeprefix(PRIVATE_MARK))
    except RejectedError:
        raise RejectedError(Reason.KEY, PRIVATE_MARK) from None
    signer = Signer(name, kind, secret)
    if signer.verifier.key_id.hex() != key_id:
        raise RejectedError(Reason.KEY, PRIVATE_MARK)
    return signer


def _parts(text: str) -> tuple[str, str, KeyKind, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        content = read_base64(encoded)
        kind = KeyKind(content[0])
    except (ValueError, IndexError) as error:
        raise RejectedError(Reason.KEY, text) from error
    if not is_key_name(name) or has_control_characters(name) or len(content) != 1 + KEY_BYTES:
        raise RejectedError(Reason.KEY, text)
    return name, key_id, kind, content[1:]
