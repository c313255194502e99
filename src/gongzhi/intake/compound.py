"""The directory of a compound file (doc, xls, encrypted packages): [MS-CFB], sections 2.2–2.6."""

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_BYTES = 512
ENTRY_BYTES = 128
NO_MORE = 0xFFFFFFFA  # sector numbers from here on mean "end" or "none"


def names(content: bytes) -> frozenset[str]:
    """The names of the streams and storages; empty where the directory cannot be read."""
    return frozenset(name for name, _, _ in _entries(content))


def start_of(content: bytes, name: str, *, count: int) -> bytes:
    """The first bytes of a stream, as far as they lie in one sector of their own."""
    for entry, sector, size in _entries(content):
        if entry == name and size >= 4096:  # smaller ones share sectors; they are never asked for
            return _sector(content, sector)[:count]
    return b""


def _entries(content: bytes) -> Iterator[tuple[str, int, int]]:
    for sector in _chain(content, _number(content, 48)):
        block = _sector(content, sector)
        for at in range(0, len(block) - ENTRY_BYTES + 1, ENTRY_BYTES):
            entry = block[at : at + ENTRY_BYTES]
            length = int.from_bytes(entry[64:66], "little")
            if 2 <= length <= 64:
                name = entry[: length - 2].decode("utf-16-le", "replace")
                yield name, _number(entry, 116), _number(entry, 120)


def _chain(content: bytes, sector: int) -> Iterator[int]:
    """The sectors of the directory, each once: a damaged chain may run in a circle."""
    table = _allocation(content)
    seen: set[int] = set()
    while sector < NO_MORE and sector not in seen and len(seen) < 4096:
        seen.add(sector)
        yield sector
        sector = table[sector] if sector < len(table) else NO_MORE


def _allocation(content: bytes) -> list[int]:
    """The allocation table as far as the header names it: 109 sectors, 7 MB at 512 bytes."""
    table: list[int] = []
    for at in range(76, HEADER_BYTES, 4):
        sector = _number(content, at)
        if sector >= NO_MORE:
            break
        block = _sector(content, sector)
        table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return table


def _sector(content: bytes, number: int) -> bytes:
    size = 1 << min(int.from_bytes(content[30:32], "little"), 16)
    return content[(number + 1) * size : (number + 2) * size] if size >= 64 else b""


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4].ljust(4, b"\xff"), "little")
