"""A witness's word that it saw a checkpoint at a moment (C2SP tlog-cosignature, Ed25519)."""

from gongzhi.core.ledger.encoding import NUMBER_MAX

COSIGNATURE_BYTES = 72


def cosigned_message(text: str, *, at: int) -> bytes:
    """What a witness signs (tlog-cosignature, Ed25519 signed message); `at` in POSIX seconds."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def write_cosignature(signature: bytes, *, at: int) -> bytes:
    """A timestamped_signature (tlog-cosignature, Format)."""
    assert 0 <= at <= NUMBER_MAX, "the timestamp fits"
    return at.to_bytes(8, "big") + signature


def read_cosignature(content: bytes) -> tuple[int, bytes]:
    """Moment and signature of a timestamped_signature; ValueError when it isn't one."""
    at = int.from_bytes(content[:8], "big")
    if len(content) != COSIGNATURE_BYTES or at > NUMBER_MAX:
        raise ValueError("not a timestamped Ed25519 signature")
    return at, content[8:]
