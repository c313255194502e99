"""A binary workbook (xlsb) for tests: one sheet of texts and figures, no more than a reader needs.

Records as in [MS-XLSB], 2.1.4: a number and a length of seven bits a byte, then what it says.
"""

import io
import struct
from collections.abc import Iterable, Sequence
from zipfile import ZipFile

BOOK_BEGINS, BOOK_SAYS, BOOK_ENDS = 0x83, 0x99, 0x84
SHEETS_BEGIN, SHEET_LISTED, SHEETS_END = 0x8F, 0x9C, 0x90
SHEET_BEGINS, SIZE, ROWS_BEGIN, ROWS_END, SHEET_ENDS = 0x81, 0x94, 0x91, 0x92, 0x82
ROW, FIGURE, TEXT = 0, 5, 6
STYLES_BEGIN, FORMATS, LOOKS, STYLES_END = 0x116, 0x267, 0x269, 0x117
NO_LOOKS = ((STYLES_BEGIN, b""), (FORMATS, bytes(4)), (LOOKS, bytes(4)), (STYLES_END, b""))
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsb_of(rows: Sequence[Sequence[str | float]], *, sheet: str = "表") -> bytes:
    """The workbook; it has a part of looks, as programs write it."""
    listed = struct.pack("<II", 0, 1) + _text("rId1") + _text(sheet)
    book = [(BOOK_BEGINS, b""), (BOOK_SAYS, bytes(8)), (SHEETS_BEGIN, b""), (SHEET_LISTED, listed)]
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", _part([*book, (SHEETS_END, b""), (BOOK_ENDS, b"")]))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            _relations(("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")),
        )
        archive.writestr("xl/styles.bin", _part(NO_LOOKS))
        archive.writestr("xl/worksheets/sheet1.bin", _part(_sheet(rows)))
    return out.getvalue()


def _sheet(rows: Sequence[Sequence[str | float]]) -> Iterable[tuple[int, bytes]]:
    yield SHEET_BEGINS, b""
    yield SIZE, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    yield ROWS_BEGIN, b""
    for down, cells in enumerate(rows):
        yield ROW, struct.pack("<I", down) + bytes(13)
        for across, cell in enumerate(cells):
            place = struct.pack("<II", across, 0)
            if isinstance(cell, str):
                yield TEXT, place + _text(cell)
            else:
                yield FIGURE, place + struct.pack("<d", cell)
    yield ROWS_END, b""
    yield SHEET_ENDS, b""


def _part(records: Iterable[tuple[int, bytes]]) -> bytes:
    return b"".join(_sevens(kind) + _sevens(len(says)) + says for kind, says in records)


def _sevens(number: int) -> bytes:
    """A number, its lowest seven bits first; what goes on has its highest bit set."""
    lowest, rest = number & 0x7F, number >> 7
    return bytes([lowest | 0x80]) + _sevens(rest) if rest else bytes([lowest])


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(*parts: tuple[str, str]) -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{part}"/>'
        for number, (kind, part) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(each)}</Relationships>'
