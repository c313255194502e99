"""What is refused before anything is opened, and what its sender is told."""

import json
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx, sample_xlsx
from gongzhi.core.terms import Problem
from gongzhi.intake.gate import inspect, notes_on
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.papers.reading import read_file
from gongzhi.words import say
from intake.old_office import compound_file
from real_input import real_input


def zipped(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these parts and what makes it look like a docx."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def refused(content: bytes) -> str:
    answer = inspect(content)
    assert isinstance(answer, Problem)
    assert say(answer.hint, "zh")
    return say(answer.what, "zh")


def test_an_honest_file_is_let_in() -> None:
    assert inspect(sample_docx(sample_form("008"))) is Kind.DOCX
    assert inspect(sample_xlsx(sample_form("008"))) is Kind.XLSX


def test_s40_a_bomb_is_refused_at_once_without_unpacking() -> None:
    bomb = zipped({"word/media.bin": b"\0" * (LIMITS.archive_bytes_max + 1)})
    assert len(bomb) < 2 * MB

    started = time.process_time()
    told = refused(bomb)

    assert time.process_time() - started < 0.05
    assert told == "解开后有 300 MB，超过 300 MB"


def test_s40_a_part_that_shrinks_too_well_is_refused() -> None:
    assert "解开后是原来的" in refused(zipped({"a": b"\0" * (LIMITS.archive_ratio_from_bytes + 1)}))


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "word\\..\\x", "C:x"])
def test_s42_names_that_lead_out_of_the_archive_are_refused(name: str) -> None:
    assert refused(zipped({name: b"x"})) == "压缩包里的路径指向包外"


def test_s42_links_are_refused() -> None:
    out = BytesIO(zipped({}))
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    assert refused(out.getvalue()) == "压缩包里的路径指向包外"


def test_s42_many_entries_are_refused_before_the_directory_is_read() -> None:
    many = zipped({f"word/{number}": b"" for number in range(20_000)})

    started = time.process_time()
    told = refused(many)

    assert time.process_time() - started < 0.05
    assert told == "压缩包里的部件超过 2000 个，不像办公文件"


def test_s42_parts_that_differ_only_in_case_are_refused() -> None:
    assert refused(zipped({"word/Document.xml": b"x"})) == "压缩包里有同名的部件"


@pytest.mark.parametrize(("at", "lie"), [(8, b"\0\0"), (22, b"\7\0\0\0")])
def test_s42_a_part_that_contradicts_the_directory_is_refused(at: int, lie: bytes) -> None:
    content = bytearray(sample_docx(sample_form("008")))
    start = content.find(b"word/document.xml") - 30  # its method and size in front of the part
    content[start + at : start + at + len(lie)] = lie

    assert refused(bytes(content)) == "压缩包的目录与里面的部件不符"


def test_s42_parts_that_share_their_bytes_are_refused() -> None:
    content = bytearray(zipped({"word/a.xml": b"a" * 100, "word/b.xml": b"a" * 100}))
    first, second = content.rfind(b"word/a.xml"), content.rfind(b"word/b.xml")
    content[second - 4 : second] = content[first - 4 : first]  # where it says it begins

    assert refused(bytes(content)) == "压缩包的目录与里面的部件不符"


def test_s42_an_archive_in_the_archive_is_refused() -> None:
    assert refused(zipped({"word/inner.zip": zipped({})})) == "压缩包里还有压缩包"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "文件是空的"),
        (b"x" * (LIMITS.file_bytes_max + 1), "文件超过 20 MB"),
        (b"MZ\x90\x00" + b"\0" * 100, "这是程序，不是绩效表"),
        (b"\x7fELF" + b"\0" * 100, "这是程序，不是绩效表"),
        (b"<?php system($_GET[1]);", "这是程序，不是绩效表"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "这是图片，里面没有文字"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 100, "这是压缩包，不是一份文件"),
        (b"PK\x03\x04" + b"\0" * 100, "文件不完整，可能没有传完"),
        (bytes(range(256)) * 4, "认不出这种文件"),
    ],
)
def test_s45_a_file_is_judged_by_its_content_whatever_its_name(content: bytes, told: str) -> None:
    assert refused(content) == told
    assert say(read_file("自评表.xlsx", content).problems[0].what, "zh") == told


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docm", zipped({"word/vbaProject.bin": b"x"}), Kind.DOCX),
        ("a.xlsm", zipped({"xl/macrosheets/sheet1.xml": b"x"}), Kind.XLSX),
        ("a.xls", compound_file({"Workbook": bytes(4096), "_VBA_PROJECT": b"x"}), Kind.XLS),
        ("a.doc", compound_file({"WordDocument": bytes(4096), "_VBA_PROJECT": b"x"}), Kind.DOC),
    ],
)
def test_s47_macros_are_noted(name: str, content: bytes, kind: Kind) -> None:
    [note] = notes_on(name, content, kind=kind)

    assert say(note.what, "en") == "there are macros in the file"


def test_a_name_that_belies_the_content_is_noted() -> None:
    [note] = notes_on("a.xls", b"<table>", kind=Kind.HTML)

    assert say(note.what, "zh") == "文件名的结尾是 .xls，内容却是 html"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bomb-bzip2.docx", "解开后有 1144 MB，超过 300 MB"),
        ("empty.docx", "文件是空的"),
        ("encrypted-065.xlsx", "文件设了密码"),
        ("scanned-011.pdf", "这个 PDF 没有文字，可能是扫描件"),
        ("truncated-012.docx", "文件不完整，可能没有传完"),
        ("macro-030.xlsm", "文件里有宏"),
        ("html-named-008.xls", "文件名的结尾是 .xls，内容却是 html"),
    ],
)
def test_every_hostile_file_is_answered_as_it_deserves(name: str, told: str) -> None:
    path: Path = real_input("forms") / "hostile" / name

    paper = read_file(name, path.read_bytes())

    assert told in [say(problem.what, "zh") for problem in paper.problems]


@pytest.mark.parametrize("outcome", ["read", "read_with_password", "read_or_needs_ocr", "reject"])
def test_every_hostile_file_has_the_outcome_that_its_sheet_says(outcome: str) -> None:
    folder = real_input("forms") / "hostile"
    for sheet in sorted(folder.glob("*.expected.json")):
        expected = json.loads(sheet.read_text(encoding="utf-8"))
        if expected["outcome"] != outcome:
            continue
        stem = sheet.name.removesuffix(".expected.json")
        [path] = (one for one in folder.glob(f"{stem}.*") if one != sheet)

        paper = read_file(path.name, path.read_bytes())

        projects = [form.project for form in paper.forms]
        assert projects == ([expected["project"]] if outcome == "read" else []), path.name
        assert paper.forms or len(paper.problems) == 1, path.name


def test_every_published_form_passes_the_gate() -> None:
    refused = [
        path.name
        for path in sorted(real_input("forms").iterdir())
        if path.suffix in {".docx", ".doc", ".xlsx", ".xls", ".pdf", ".html"}
        if isinstance(inspect(path.read_bytes()), Problem)
    ]

    assert refused == []
