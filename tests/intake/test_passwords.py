"""Files with a password and files that were cut off are told apart from damaged ones."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from gongzhi.core.terms import Problem
from gongzhi.intake import compound
from gongzhi.intake.gate import inspect
from gongzhi.intake.kinds import Kind
from gongzhi.papers.reading import read_file
from gongzhi.words import say
from intake.old_office import compound_file
from real_input import real_input

FIRST_RECORD = struct.pack("<HH", 0x0809, 16) + b"\0" * 16
PASSWORD_RECORD = struct.pack("<HH", 0x002F, 6) + b"\0" * 6
# an empty page behind the standard security handler; nobody knows the password
LOCKED_PDF = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj
trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>
startxref
0
%%%%EOF""" % (b"11" * 32, b"22" * 32)


def workbook(records: bytes) -> bytes:
    return compound_file({"Workbook": records.ljust(5000, b"\0")})


def document(flags: int) -> bytes:
    start = b"\xec\xa5" + b"\0" * 9 + bytes([flags])
    return compound_file({"WordDocument": start.ljust(5000, b"\0"), "1Table": b"\0" * 5000})


def told(content: bytes) -> str:
    answer = inspect(content)
    assert isinstance(answer, Problem)
    return say(answer.what, "zh")


def test_an_old_workbook_with_a_password_is_told_so() -> None:
    assert told(workbook(FIRST_RECORD + PASSWORD_RECORD)) == "文件设了密码"


def test_an_old_workbook_without_one_is_let_in() -> None:
    assert inspect(workbook(FIRST_RECORD)) is Kind.XLS


def test_an_old_document_with_a_password_is_told_so() -> None:
    assert told(document(0x01)) == "文件设了密码"


def test_an_old_document_without_one_is_let_in() -> None:
    assert inspect(document(0x02)) is Kind.DOC


def test_a_pdf_with_a_password_is_told_so() -> None:
    [problem] = read_file("a.pdf", LOCKED_PDF).problems

    assert say(problem.what, "zh") == "文件设了密码"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("made", [lambda: workbook(FIRST_RECORD), lambda: document(0x02)])
def test_a_compound_file_that_was_cut_off_is_incomplete(
    made: Callable[[], bytes], share: float
) -> None:
    content = made()

    assert told(content[: int(len(content) * share)]) == "文件不完整，可能没有传完"


def test_a_pdf_without_its_end_is_incomplete() -> None:
    assert told(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>") == "文件不完整，可能没有传完"


def test_published_old_files_are_whole_and_open() -> None:
    folder: Path = real_input("forms")
    paths = [*folder.glob("*.xls"), *folder.glob("*.doc")]

    assert paths
    assert all(inspect(path.read_bytes()) in {Kind.XLS, Kind.DOC} for path in paths)


def test_a_directory_that_runs_in_a_circle_is_read_to_its_end() -> None:
    content = bytearray(workbook(FIRST_RECORD))
    at = 512 + 4  # the allocation table's entry of the directory's only sector: itself
    content[at : at + 4] = struct.pack("<I", 1)

    assert "Workbook" in compound.names(bytes(content))
