"""Photos without what a camera wrote into them: place, time, device, owner.

Nothing is decoded: of a JPEG the segments that draw are kept, of a PNG the chunks that do, byte for
byte. Of the metadata only the way up stays (EXIF tag 274): without it a photo lies on its side.
Formats: ITU-T T.81 annex B, PNG (W3C, 3rd edition) section 5, EXIF 2.3 (TIFF 6.0 tags).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.limited import run_limited

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
MEDIA_TYPES = {JPEG: "image/jpeg", PNG: "image/png"}
NOT_A_PHOTO = Problem(
    where=Where(),
    what=Said("这种图片不收，或者图片已损坏"),
    hint=Said("请用 JPEG 或 PNG 格式的照片或截图"),
)

WORD, LONG = Struct(">H"), Struct(">I")
# Markers of a JPEG: its end, the start of a scan, comments, application data, those with no length.
END, SCAN, COMMENT, ADOBE = 0xD9, 0xDA, 0xFE, 0xEE
APPLICATION = range(0xE0, 0xF0)
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
EXIF = b"Exif\x00\x00"
ORIENTATION, SHORT, SIDEWAYS = 274, 3, range(2, 9)
# Chunks of a PNG that draw, or say how its colours are meant.
DRAWING = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD",
    b"pHYs",
})  # fmt: skip
CHUNK_FRAME = 12  # length, name and checksum around a chunk's data


class NotAPicture(Exception):
    """The bytes end before their picture does, or aren't laid out as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a JPEG: its marker, what it holds, and the coded picture after it."""

    marker: int
    held: bytes
    coded: bytes = b""

    @property
    def whole(self) -> bytes:
        """The segment with its marker and length."""
        head = bytes((0xFF, self.marker))
        if self.marker in BARE or self.marker == END:
            return head
        return head + WORD.pack(len(self.held) + WORD.size) + self.held + self.coded


def media_type(content: bytes) -> str | None:
    """What a photo is to a browser; None for what isn't one that is kept."""
    return next((name for mark, name in MEDIA_TYPES.items() if content.startswith(mark)), None)


def cleaned(name: str, content: bytes) -> bytes | Problem:
    """The photo without its metadata, made in the limited child, or why it isn't kept."""
    if media_type(content) is None:
        return NOT_A_PHOTO
    answer = run_limited("gongzhi.intake.pictures:without_metadata", name, content)
    return answer or NOT_A_PHOTO


def without_metadata(_name: str, content: bytes) -> bytes:
    """The same picture without metadata; nothing for what is no whole picture."""
    try:
        return _png(content) if content.startswith(PNG) else _jpeg(content)
    except (NotAPicture, IndexError):
        return b""


def _jpeg(content: bytes) -> bytes:
    segments = list(_segments(content))
    if not any(each.marker == SCAN for each in segments):
        raise NotAPicture
    up = next((way for each in segments if (way := _way_up(each))), b"")
    return JPEG[:2] + up + b"".join(each.whole for each in segments if _draws(each))


def _draws(segment: Segment) -> bool:
    """Colours need to know of Adobe's transform; all else beside the picture tells of its maker."""
    if segment.marker == ADOBE:
        return segment.held.startswith(b"Adobe")
    return segment.marker not in APPLICATION and segment.marker != COMMENT


def _segments(content: bytes) -> Iterator[Segment]:
    at = 2
    while True:
        if content[at] != 0xFF:
            raise NotAPicture
        marker = content[at + 1]
        if marker == 0xFF:  # filling before a marker
            at += 1
            continue
        at += 2
        if marker in BARE or marker == END:
            yield Segment(marker=marker, held=b"")
            if marker == END:
                return  # whatever hangs on behind the picture stays behind
            continue
        length = _number(WORD, content, at)
        if length < WORD.size:
            raise NotAPicture
        held, at = _cut(content, at + WORD.size, length - WORD.size), at + length
        until = _end_of_coded(content, at) if marker == SCAN else at
        yield Segment(marker=marker, held=held, coded=content[at:until])
        at = until


def _end_of_coded(content: bytes, at: int) -> int:
    """Where the next marker is that isn't part of the coded picture."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise NotAPicture
        follows = content[at + 1]
        if follows not in {0x00, 0xFF} and follows not in BARE:
            return at
        at += 1 if follows == 0xFF else 2


def _way_up(segment: Segment) -> bytes:
    """A segment that says only which way up the photo is; nothing where it stands upright."""
    if segment.marker != APPLICATION[1] or not segment.held.startswith(EXIF):
        return b""
    way = _orientation(segment.held[len(EXIF) :])
    if way not in SIDEWAYS:
        return b""
    entry = WORD.pack(ORIENTATION) + WORD.pack(SHORT) + LONG.pack(1) + WORD.pack(way) + bytes(2)
    table = b"MM\x00\x2a" + LONG.pack(8) + WORD.pack(1) + entry + bytes(4)
    return Segment(marker=APPLICATION[1], held=EXIF + table).whole


def _orientation(table: bytes) -> int:
    """EXIF's first table read for the one tag; 0 where it isn't there or can't be read."""
    order = {b"MM": ">", b"II": "<"}.get(table[:2])
    if order is None:
        return 0
    word, long = Struct(f"{order}H"), Struct(f"{order}I")
    try:
        at = _number(long, table, 4)
        for number in range(_number(word, table, at)):
            entry = at + word.size + number * CHUNK_FRAME
            if _number(word, table, entry) == ORIENTATION:
                return _number(word, table, entry + 8)
    except NotAPicture:
        return 0
    return 0


def _png(content: bytes) -> bytes:
    kept, at, name = [PNG], len(PNG), b""
    while name != b"IEND":
        length = _number(LONG, content, at)
        name = _cut(content, at + LONG.size, 4)
        whole = _cut(content, at, length + CHUNK_FRAME)
        if name in DRAWING:
            kept.append(whole)
        elif name[:1].isupper():
            raise NotAPicture  # a critical chunk that no reader here knows
        at += len(whole)
    return b"".join(kept)


def _number(size: Struct, content: bytes, at: int) -> int:
    number: int = size.unpack(_cut(content, at, size.size))[0]
    return number


def _cut(content: bytes, at: int, length: int) -> bytes:
    part = content[at : at + length]
    if len(part) != length:
        raise NotAPicture
    return part
