"""How rows cross from the limited child to its parent: compressed CSV behind an index in JSON.

One list of 200,000 rows is 5 MB so; the parent unpacks it row by row and may begin again.
"""

import csv
import io
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongzhi.core.terms import Problem
from gongzhi.intake.listing import Row, Sheet
from gongzhi.intake.record import problem_as_record, problem_from_record

LENGTH_BYTES = 8
FLUSH_CHARACTERS = 256 * 1024
PIECE_BYTES = 64 * 1024


class Packed:
    """A sheet that is being packed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._packer = zlib.compressobj(1)
        self._pieces: list[bytes] = []
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text)

    def add(self, number: int, cells: Sequence[str]) -> None:
        """One more row."""
        self._writer.writerow([number, *cells])
        if self._text.tell() > FLUSH_CHARACTERS:
            self._flush()

    def content(self) -> bytes:
        """All rows; none can be added after."""
        self._flush()
        self._pieces.append(self._packer.flush())
        return b"".join(self._pieces)

    def _flush(self) -> None:
        self._pieces.append(self._packer.compress(self._text.getvalue().encode("utf-8", "replace")))
        self._text.seek(0)
        self._text.truncate()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The rows of a packed sheet, from the first again at every call."""

    content: bytes

    def __call__(self) -> Iterator[Row]:
        """Each row."""
        for number, *cells in csv.reader(self._lines()):
            yield int(number), cells

    def _lines(self) -> Iterator[str]:
        unpacker, rest = zlib.decompressobj(), b""
        for at in range(0, len(self.content), PIECE_BYTES):
            piece = unpacker.decompress(self.content[at : at + PIECE_BYTES])
            *lines, rest = (rest + piece).split(b"\n")
            yield from (line.decode() + "\n" for line in lines)


def answered(sheets: Sequence[Packed], *, problem: Problem | None = None) -> bytes:
    """The child's answer: sheets, or why there are none."""
    contents = [sheet.content() for sheet in sheets]
    index = {
        "problem": problem_as_record(problem) if problem else None,
        "sheets": [
            [sheet.name, len(content)] for sheet, content in zip(sheets, contents, strict=True)
        ],
    }
    head = json.dumps(index).encode()
    return b"".join([len(head).to_bytes(LENGTH_BYTES, "big"), head, *contents])


def sheets_of(answer: bytes) -> tuple[Sheet, ...] | Problem:
    """What the parent makes of the answer."""
    start = LENGTH_BYTES + int.from_bytes(answer[:LENGTH_BYTES], "big")
    index = json.loads(answer[LENGTH_BYTES:start])
    if index["problem"]:
        return problem_from_record(index["problem"])
    sheets = []
    for name, length in index["sheets"]:
        sheets.append(Sheet(name=name, rows=Unpacked(answer[start : start + length])))
        start += length
    return tuple(sheets)
