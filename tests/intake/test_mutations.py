"""Files damaged by chance: whatever they have become, the answer is a Paper and we live on."""

import csv
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO

import docx
import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx, sample_xlsx
from gongzhi.core.terms import Paper
from gongzhi.intake.limits import LIMITS
from gongzhi.papers.reading import read_file

Change = Callable[[bytes, random.Random], bytes]


def cells() -> list[list[str]]:
    """The sample form's table, line by line."""
    document = docx.Document(BytesIO(sample_docx(sample_form("008"))))
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def sample_csv() -> bytes:
    out = StringIO()
    csv.writer(out).writerows(cells())
    return out.getvalue().encode("gb18030")


def sample_html() -> bytes:
    rows = ("".join(f"<td colspan=1>{text}</td>" for text in line) for line in cells())
    return f"<meta charset=utf-8><table><tr>{'</tr><tr>'.join(rows)}</tr></table>".encode()


def sample_pdf() -> bytes:
    """One page with a ruled table and a word in each cell, as PDF's oldest readers know it."""
    lines = [f"{x} 500 m {x} 700 l S" for x in range(50, 450, 50)]
    lines += [f"50 {y} m 400 {y} l S" for y in range(500, 701, 20)]
    words = [
        f"1 0 0 1 {x} {y} Tm (a{x}) Tj" for x in range(55, 400, 50) for y in range(505, 700, 20)
    ]
    page = "\n".join([*lines, "BT /F 8 Tf", *words, "ET"])
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    shown = f"/MediaBox [0 0 500 800] /Contents 4 0 R /Resources << /Font << /F {font} >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {shown} >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
    )
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF"
    return f"{text}xref\n0 5\n0000000000 65535 f \n{table}{trailer}".encode()


def flip_bits(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def swap_blocks(content: bytes, chance: random.Random) -> bytes:
    one, two, three = sorted(chance.randrange(len(content)) for _ in range(3))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


def repeat_a_piece(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    piece = content[start : start + chance.choice((10, 200, 4000))]
    return content[:start] + piece * chance.choice((2, 50)) + content[start:]


def put_a_number(content: bytes, chance: random.Random) -> bytes:
    """Some digits become a number that a reader may not expect."""
    places = [at for at, byte in enumerate(content) if 0x30 <= byte <= 0x39]
    at = chance.choice(places) if places else 0
    surprise = chance.choice(
        (b"-1", b"0", b"99999999999999999999", b"1e999", b"NaN", b"4294967295")
    )
    return content[:at] + surprise + content[at + 1 :]


ANYWHERE: tuple[Change, ...] = (flip_bits, cut_off, swap_blocks, repeat_a_piece, put_a_number)


def inside(content: bytes, chance: random.Random) -> bytes:
    """One part of a zip file is damaged, and the zip file is whole again."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = [name for name in old.namelist() if old.getinfo(name).file_size]
        target = chance.choice(names)
        for name in old.namelist():
            part = old.read(name)
            changed = chance.choice(ANYWHERE)(part, chance) if name == target else part
            new.writestr(name, changed, zipfile.ZIP_DEFLATED)
    return out.getvalue()


SAMPLES: dict[str, tuple[Callable[[], bytes], tuple[Change, ...]]] = {
    "a.docx": (lambda: sample_docx(sample_form("008")), (*ANYWHERE, *[inside] * 10)),
    "a.xlsx": (lambda: sample_xlsx(sample_form("008")), (*ANYWHERE, *[inside] * 10)),
    "a.csv": (sample_csv, ANYWHERE),
    "a.html": (sample_html, ANYWHERE),
    "a.pdf": (sample_pdf, ANYWHERE),
}


def damaged(name: str, *, count: int) -> Iterator[bytes]:
    """So many damaged copies of a sample, the same ones in every run."""
    sample, changes = SAMPLES[name]
    content, chance = sample(), random.Random(name)  # noqa: S311 - nothing here is secret
    for _ in range(count):
        yield chance.choice(changes)(content, chance)


def read_all(name: str, *, count: int) -> None:
    for number, content in enumerate(damaged(name, count=count)):
        started = time.monotonic()
        paper = read_file(name, content)

        assert isinstance(paper, Paper), number
        assert paper.forms or paper.problems, number
        assert time.monotonic() - started < LIMITS.child_wall_seconds_max, number


@pytest.mark.parametrize("name", SAMPLES)
def test_the_undamaged_sample_is_read(name: str) -> None:
    paper = read_file(name, SAMPLES[name][0]())

    assert paper.forms or name == "a.pdf"


@pytest.mark.parametrize("name", SAMPLES)
def test_r11_a_damaged_file_is_a_paper(name: str) -> None:
    read_all(name, count=20)


@pytest.mark.deep
@pytest.mark.parametrize("name", SAMPLES)
def test_r11_ten_thousand_damaged_files_are_papers(name: str) -> None:
    read_all(name, count=10_000 // len(SAMPLES))
