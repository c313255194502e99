"""Photos that are kept as evidence: what the camera wrote into them is gone, the picture is not."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.terms import Problem
from gongzhi.intake.pictures import PNG, cleaned, media_type, without_metadata
from gongzhi.intake.screening import ScreenedFile, screened

PLACE = b"GPS 30.5928N 114.3055E"


def segment(marker: int, held: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(held) + 2) + held


def exif(way_up: int, *, order: str = ">") -> bytes:
    mark = b"MM\x00\x2a" if order == ">" else b"II\x2a\x00"
    entry = struct.pack(f"{order}HHIHH", 274, 3, 1, way_up, 0)
    place = struct.pack(f"{order}HHII", 0x8825, 4, 1, 100)
    table = struct.pack(f"{order}IH", 8, 2) + entry + place + bytes(4) + PLACE
    return b"Exif\x00\x00" + mark + table


TABLES = segment(0xDB, bytes(65)) + segment(0xC0, bytes(15)) + segment(0xC4, bytes(20))
SCAN = segment(0xDA, bytes(10)) + b"\x12\xff\x00\x34\xff\xd0\x56" + b"\xff\xd9"


def photo(*before: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(before) + TABLES + SCAN + after


def chunk(name: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))


HEAD, PIXELS, LAST = chunk(b"IHDR", bytes(13)), chunk(b"IDAT", b"x" * 9), chunk(b"IEND", b"")


def test_a_photo_does_not_say_where_it_was_taken():
    taken = photo(
        segment(0xE0, b"JFIF\x00" + bytes(9)),
        segment(0xE1, exif(1)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE),
        segment(0xED, b"Photoshop 3.0\x00" + PLACE),
        segment(0xFE, PLACE),
        after=PLACE,
    )
    assert without_metadata("a.jpg", taken) == photo()


@pytest.mark.parametrize("order", [">", "<"])
def test_of_what_the_camera_wrote_only_the_way_up_is_kept(order):
    kept = without_metadata("a.jpg", photo(segment(0xE1, exif(6, order=order))))
    assert PLACE not in kept
    assert without_metadata("a.jpg", kept) == kept
    assert b"Exif\x00\x00MM\x00\x2a" in kept
    assert struct.pack(">HHIHH", 274, 3, 1, 6, 0) in kept


def test_the_colours_of_a_photo_stay():
    adobe = segment(0xEE, b"Adobe" + bytes(7))
    assert without_metadata("a.jpg", photo(adobe)) == photo(adobe)


def test_a_screenshot_keeps_its_pixels_and_loses_its_texts():
    texts = (
        chunk(b"tEXt", b"Author\x00" + PLACE) + chunk(b"eXIf", exif(1)) + chunk(b"tIME", bytes(7))
    )
    shot = PNG + HEAD + texts + PIXELS + LAST + PLACE
    assert without_metadata("a.png", shot) == PNG + HEAD + PIXELS + LAST


@given(st.integers(3, len(photo()) - 1))
def test_half_a_photo_is_none(length):
    assert without_metadata("a.jpg", photo()[:length]) == b""


@given(st.binary(max_size=200))
def test_whatever_follows_the_mark_is_a_whole_picture_or_none(rest):
    for mark in (b"\xff\xd8\xff", PNG):
        kept = without_metadata("a", mark + rest)
        assert kept == b"" or without_metadata("a", kept) == kept


def test_a_photo_is_cleaned_in_the_limited_child_and_kept():
    kept = screened("现场.jpg", photo(segment(0xE1, exif(1))))
    assert isinstance(kept, ScreenedFile)
    assert (kept.content, str(kept.kind)) == (photo(), "picture")
    assert media_type(kept.content) == "image/jpeg"
    assert kept.notes, "its sender is told that nobody looked at it"


@pytest.mark.parametrize("content", [b"GIF89a" + bytes(40), b"II*\x00" + bytes(40), photo()[:60]])
def test_other_pictures_and_broken_ones_are_told(content):
    assert isinstance(screened("a.gif", content), Problem)
    assert isinstance(cleaned("a.gif", content), Problem)
