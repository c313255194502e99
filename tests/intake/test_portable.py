"""PDF files that are pictures, or that would do more than be read."""

import os
import zlib

import pytest

from gongzhi.core.terms import Problem
from gongzhi.intake.gate import inspect
from gongzhi.intake.kinds import Kind
from gongzhi.intake.opening import open_document
from gongzhi.papers.reading import read_file
from gongzhi.words import say

RESOURCES = "/MediaBox [0 0 500 800] /Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PICTURE = "<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
SCANNED = "q 500 0 0 800 0 0 cm /I Do Q"
PROGRAM = "PDF 里有脚本、附件或启动程序的动作"


def stream(head: str, content: bytes) -> bytes:
    return f"{head} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def written(text: str) -> str:
    return f"BT /F 12 Tf 50 700 Td ({text}) Tj ET"


def pdf(*pages: str, catalog: str = "", packed: str = "") -> bytes:
    """A PDF with these pages' contents; packed: an object that lies in a compressed stream."""
    first = 5
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    objects: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        FONT.encode(),
        stream(PICTURE, b"\x80"),
    ]
    for at, page in enumerate(pages):
        shown = f"/Contents {first + 2 * at + 1} 0 R {RESOURCES}"
        objects.append(f"<< /Type /Page /Parent 2 0 R {shown} >>".encode())
        objects.append(stream("<<", page.encode()))
    if packed:
        number = len(objects) + 2
        inside = zlib.compress(f"{number} 0 {packed}".encode())
        first_at = len(f"{number} 0 ")
        head = f"<< /Type /ObjStm /N 1 /First {first_at} /Filter /FlateDecode"
        objects.append(stream(head, inside))
    return put_together(objects, is_packed=bool(packed))


def put_together(objects: list[bytes], *, is_packed: bool) -> bytes:
    """The objects and their places, in a table of PDF 1.5 that knows packed ones too."""
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    rows = [b"\0" + bytes(6), *(b"\1" + at.to_bytes(4, "big") + bytes(2) for at in places)]
    if is_packed:
        rows.append(b"\2" + len(objects).to_bytes(4, "big") + bytes(2))
    head = f"<< /Type /XRef /W [1 4 2] /Size {len(rows)} /Root 1 0 R"
    start = len(out)
    out += f"{len(rows)} 0 obj\n".encode() + stream(head, b"".join(rows)) + b"\nendobj\n"
    return out + f"startxref\n{start}\n%%EOF\n".encode()


def told(content: bytes) -> list[str]:
    return [say(problem.what, "zh") for problem in read_file("a.pdf", content).problems]


def test_a_scan_is_called_a_scan() -> None:
    assert told(pdf(SCANNED)) == ["这个 PDF 没有文字，可能是扫描件"]


def test_a_scanner_that_signs_its_pictures_makes_scans_all_the_same() -> None:
    signed = f"{SCANNED} {written('Scanned with CamScanner')}"

    assert told(pdf(signed, signed)) == ["这个 PDF 没有文字，可能是扫描件"]


def test_a_page_that_is_a_picture_is_named_where_others_have_text() -> None:
    [note] = open_document("a.pdf", pdf(written("a" * 50), SCANNED)).notes

    assert note.where.page == 2
    assert say(note.what, "zh") == "这一页是图片，里面的文字没有读"


def test_letters_drawn_as_lines_are_no_text() -> None:
    ruled = "50 500 m 50 700 l S 200 500 m 200 700 l S 50 500 m 200 500 l S 50 700 m 200 700 l S"

    assert "这个 PDF 没有文字，可能是扫描件" in told(pdf(ruled + " 125 500 m 125 700 l S"))


@pytest.mark.parametrize(
    "catalog",
    [
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "/OpenAction << /S /J#61vaScript >>",
        "/OpenAction << /S /Launch /F (calc.exe) >>",
        "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << >> >>] >> >>",
    ],
)
def test_s46_a_pdf_that_acts_is_read_with_a_note(catalog: str) -> None:
    assert PROGRAM in told(pdf(written("a" * 50), catalog=catalog))


def test_s46_an_action_in_a_compressed_stream_is_found() -> None:
    content = pdf(written("a" * 50), packed="<< /S /Launch /F (calc.exe) >>")

    assert b"Launch" not in content
    assert PROGRAM in told(content)


def test_the_noise_of_a_picture_is_no_script() -> None:
    noise = stream("<<", b"/JS " + os.urandom(100) + b" /Launch ")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", noise]

    assert PROGRAM not in told(put_together(objects, is_packed=False))


def test_a_pdf_without_its_end_is_incomplete() -> None:
    answer = inspect(pdf(written("a"))[:-10])

    assert isinstance(answer, Problem)
    assert inspect(pdf(written("a"))) is Kind.PDF
