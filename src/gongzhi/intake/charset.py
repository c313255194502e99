"""Bytes of a text file → text: UTF-8, UTF-16, or GB18030, which contains GBK and GB2312."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}
DECLARED_WITHIN = 4096  # bytes; browsers look at 1024, content systems write longer heads


def decoded(content: bytes) -> str | None:
    """The text, or None where the bytes are no text in any of these charsets."""
    for mark, charset in MARKS:
        if content.startswith(mark):
            return _tried(content[len(mark) :], charset)
    for charset in ("utf-8", *_declared(content), "gb18030"):
        text = _tried(content, charset)
        if text is not None:
            return text
    return None


def decoded_somehow(content: bytes) -> str:
    """The text of a page whose bytes are partly broken: a bad place is shown as �."""
    text = decoded(content)
    if text is not None:
        return text
    charset = next(iter(_declared(content)), "gb18030")
    return content.decode(charset, errors="replace")


def _declared(content: bytes) -> list[str]:
    found = DECLARED.search(content[:DECLARED_WITHIN])
    if not found:
        return []
    name = found[1].decode("ascii").lower()
    name = ALIASES.get(name, name)
    try:
        return [codecs.lookup(name).name]
    except LookupError:  # a charset nobody knows: the others are tried
        return []


def _tried(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeDecodeError, LookupError):  # LookupError: a codec that is none of text
        return None
