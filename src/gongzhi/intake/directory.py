"""The directory of a zip file, walked before anything else is asked of it.

Its end says how many entries there are and how long they are; whoever believes that reads as many
as somebody likes. So the entries are counted, up to a limit (APPNOTE 4.3.12, 4.3.14–4.3.16).
"""

import struct

ENTRY_MARK, ENTRY_BYTES = b"PK\x01\x02", 46
END_MARK, END_BYTES = b"PK\x05\x06", 22
# the end for large archives, and what points to it; some exporters write both for any size
LARGE_END_MARK, LARGE_END_BYTES = b"PK\x06\x06", 56
LARGE_POINTER_MARK, LARGE_POINTER_BYTES = b"PK\x06\x07", 20
COMMENT_BYTES_MAX = 65_535


def entry_count(content: bytes, *, most: int) -> int | None:
    """How many entries there are, counted up to one more than `most`; None: no whole directory."""
    found = _extent(content)
    if found is None:
        return None
    at, end = found
    count = 0
    while at < end and count <= most:
        if not content.startswith(ENTRY_MARK, at) or at + ENTRY_BYTES > end:
            return None
        at += ENTRY_BYTES + sum(struct.unpack_from("<HHH", content, at + 28))
        count += 1
    return count


def _extent(content: bytes) -> tuple[int, int] | None:
    """Where the directory starts and ends: it lies right before its own end record."""
    end = content.rfind(END_MARK, max(0, len(content) - END_BYTES - COMMENT_BYTES_MAX))
    if end < 0 or len(content) - end < END_BYTES:
        return None
    (size,) = struct.unpack_from("<I", content, end + 12)
    pointer = end - LARGE_POINTER_BYTES
    if pointer >= 0 and content.startswith(LARGE_POINTER_MARK, pointer):
        end = pointer - LARGE_END_BYTES
        (pointed_to,) = struct.unpack_from("<Q", content, pointer + 8)
        if pointed_to != end or not content.startswith(LARGE_END_MARK, max(0, end)):
            return None
        (size,) = struct.unpack_from("<Q", content, end + 40)
    return (end - size, end) if size <= end else None
