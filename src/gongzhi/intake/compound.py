"""The directory of a compound file (doc, xls, encrypted packages): [MS-CFB], sections 2.2–2.6."""

import struct
from collections.abc import Iterator
from itertools import takewhile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_BYTES = 512
ENTRY_BYTES = 128
SMALL_BYTES = 4096  # smaller streams share sectors; none that intake asks for is that small
FREE = 0xFFFFFFFF
NO_MORE = 0xFFFFFFFA  # sector numbers from here on mean "end" or "none"


def names(content: bytes) -> frozenset[str]:
    """The names of the streams and storages; empty where the directory cannot be read."""
    return frozenset(name for name, _, _ in _entries(content))


def is_cut(content: bytes) -> bool:
    """Whether sectors in use lie beyond the end: the file was not carried over whole."""
    size = 1 << min(int.from_bytes(content[30:32], "little"), 16)
    used = [at for at, following in enumerate(_allocation(content)) if following != FREE]
    return not used or (used[-1] + 1) * size >= len(content)


def stream(content: bytes, name: str) -> bytes:
    """The bytes of a stream that has sectors of its own; empty if there is none."""
    table = _allocation(content)
    for entry, sector, size in _entries(content):
        if entry == name and size >= SMALL_BYTES:
            return b"".join(_sector(content, at) for at in _chain(table, sector))[:size]
    return b""


def _entries(content: bytes) -> Iterator[tuple[str, int, int]]:
    for sector in _chain(_allocation(content), _number(content, 48)):
        block = _sector(content, sector)
        for at in range(0, len(block) - ENTRY_BYTES + 1, ENTRY_BYTES):
            entry = block[at : at + ENTRY_BYTES]
            length = int.from_bytes(entry[64:66], "little")
            if 2 <= length <= 64:
                name = entry[: length - 2].decode("utf-16-le", "replace")
                yield name, _number(entry, 116), _number(entry, 120)


def _chain(table: list[int], sector: int) -> Iterator[int]:
    """The sectors of a stream, each once: a damaged chain may run in a circle."""
    seen: set[int] = set()
    while sector < NO_MORE and sector not in seen:
        seen.add(sector)
        yield sector
        sector = table[sector] if sector < len(table) else NO_MORE


def _allocation(content: bytes) -> list[int]:
    """The allocation table: for each sector the one that follows it in its stream."""
    table: list[int] = []
    for sector in _table_sectors(content):
        table += _numbers(_sector(content, sector))
    return table


def _table_sectors(content: bytes) -> Iterator[int]:
    """The sectors that hold the table: 109 in the header, the others in sectors of their own."""
    yield from _until_end(_numbers(content[76:HEADER_BYTES]))
    seen: set[int] = set()
    sector = _number(content, 68)
    while sector < NO_MORE and sector not in seen:
        seen.add(sector)
        numbers = _numbers(_sector(content, sector))
        yield from _until_end(numbers[:-1])
        sector = numbers[-1] if numbers else NO_MORE


def _until_end(numbers: list[int]) -> Iterator[int]:
    return takewhile(lambda number: number < NO_MORE, numbers)


def _numbers(block: bytes) -> list[int]:
    count = len(block) // 4
    return list(struct.unpack(f"<{count}I", block[: count * 4]))


def _sector(content: bytes, number: int) -> bytes:
    size = 1 << min(int.from_bytes(content[30:32], "little"), 16)
    return content[(number + 1) * size : (number + 2) * size] if size >= 64 else b""


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4].ljust(4, b"\xff"), "little")
