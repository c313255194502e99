"""How the formats write bytes and numbers; one form only, so that no byte can vary unseen."""

import re
from base64 import b64decode, b64encode
from binascii import Error

from gongzhi.core.ledger.merkle import HASH_BYTES

NUMBER_MAX = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f]")


def write_base64(content: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return b64encode(content).decode()


def read_base64(text: str) -> bytes:
    """The bytes of standard base64; ValueError unless it is their one way of being written."""
    try:
        content = b64decode(text, validate=True)
    except Error as error:
        raise ValueError("not base64") from error
    if write_base64(content) != text:
        raise ValueError("not the one base64 of its bytes")
    return content


def is_hash(value: object) -> bool:
    """Whether a value of JSON is a text that writes 32 bytes."""
    try:
        return isinstance(value, str) and len(read_base64(value)) == HASH_BYTES
    except ValueError:
        return False


def read_decimal(text: str) -> int:
    """An ASCII decimal without leading zeroes, up to 2^63 - 1; else ValueError."""
    if not _DECIMAL.fullmatch(text) or int(text) > NUMBER_MAX:
        raise ValueError("not a decimal")
    return int(text)


def has_control_characters(text: str) -> bool:
    """Whether there is an ASCII control character besides newline (signed-note, Format)."""
    return bool(_UNSEEN.search(text))
