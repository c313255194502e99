"""Office files that are made to hurt, built in code; the answers to them stand in the tests."""

import struct
import zipfile
from functools import cache
from io import BytesIO

END = b"PK\x05\x06"
MEGABYTE = 1024 * 1024


def office_file(parts: dict[str, bytes], *, kind: str = "word") -> bytes:
    """An archive with these parts and what makes it look like a docx (or, kind "xl", an xlsx)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in (
            {"[Content_Types].xml": b"<Types/>", f"{kind}/a.xml": b"<a/>"} | parts
        ).items():
            archive.writestr(name, content)
    return out.getvalue()


@cache
def bomb() -> bytes:
    """A gigabyte of nothing in about as many kilobytes."""
    return office_file({"word/media.bin": bytes(1024 * MEGABYTE)})


def understated(content: bytes, *, count: int) -> bytes:
    """The archive with an end record that announces fewer entries than there are."""
    at = content.rfind(END)
    return content[: at + 8] + struct.pack("<HH", count, count) + content[at + 12 :]


def with_large_end(content: bytes, *, announced: int | None = None) -> bytes:
    """The archive with the end records for large archives, as Java's exporters write them.

    announced: what the common end record says instead, of the entries and of their bytes.
    """
    at = content.rfind(END)
    count, size, start = struct.unpack_from("<HII", content, at + 10)
    large = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    pointer = struct.pack("<4sIQI", b"PK\6\7", 0, at, 1)
    less = (announced or count, announced or count, (announced or 0) * 60 or size, start)
    return content[:at] + large + pointer + END + struct.pack("<HHHHIIH", 0, 0, *less, 0)
