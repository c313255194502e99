"""Old office files made by hand: a compound file around the streams that a test needs."""

import struct

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM, ROOT = 2, 5


def compound_file(streams: dict[str, bytes]) -> bytes:
    """[MS-CFB], 2.2–2.6; the entries hang in no tree, which readers of names don't miss."""
    directory_sectors = len(streams) // 4 + 1
    places, sectors = {}, 1 + directory_sectors
    for name, content in streams.items():
        places[name] = sectors
        sectors += -(-len(content) // SECTOR)
    assert sectors <= SECTOR // 4, "one sector of allocation table is enough for a test"
    table = [TABLE, *_chain(1, directory_sectors)]
    for name, content in streams.items():
        table += _chain(places[name], -(-len(content) // SECTOR))
    table += [FREE] * (SECTOR // 4 - len(table))
    entries = [_entry("Root Entry", ROOT, child=1, start=END, size=0)]
    entries += [
        _entry(name, STREAM, child=FREE, start=places[name], size=len(content))
        for name, content in streams.items()
    ]
    body = struct.pack("<128I", *table) + _padded(b"".join(entries))
    return _header() + body + b"".join(_padded(content) for content in streams.values())


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END][:count]


def _padded(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % SECTOR)


def _header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    start += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    start += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    return start + struct.pack("<109I", 0, *[FREE] * 108)


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", FREE, FREE, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)[:12]
