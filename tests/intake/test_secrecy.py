"""Marked papers are refused whole; papers that merely speak of secrets are read."""

import time
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx
from gongzhi.intake.document import Cell, Document, Table
from gongzhi.intake.secrecy import mark_in, secrecy_of
from gongzhi.papers.reading import read_file
from gongzhi.words import say
from intake.test_hostile_sheets import changed


def with_line(text: str, *, in_header: bool = False) -> bytes:
    document = docx.Document(BytesIO(sample_docx(sample_form("008"))))
    if in_header:
        document.sections[0].header.paragraphs[0].text = text
    else:
        document.paragraphs[0].insert_paragraph_before(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "绝密",
        "机密★10年",
        "秘密 ★ 1年",
        "秘密★",
        "机　密",
        "秘 密 ☆ 长 期",
        "机密10年",
        "机密*3年",
        "编号0012 机密★10年",
        "编号：0012　　密　级：秘密",
        "内 部 资 料",
        "密级：机密",
        "内部资料",
        "内部资料，注意保存",
        "【机密】",
    ],
)
def test_a_mark_is_known_however_it_is_set(line: str) -> None:
    assert mark_in(line) in {"绝密", "机密", "秘密", "内部资料"}


@pytest.mark.parametrize(
    "text",
    [
        "涉密机房改造，确保机密文件安全",
        "保守国家秘密宣传教育",
        "内部资料汇编印刷 200 册",
        "宣传保守国家秘密*3次",
        "密级：绝密/机密/秘密",
        "“绝密★启用前”试卷印制 12 种",
        "印制标有“机密”字样的档案袋",
        "保密",
        "机密性、完整性达标率",
        "内部资料性出版物审批",
        "严守国家秘密 ★ 群众满意",
    ],
)
def test_a_text_that_speaks_of_secrets_is_no_mark(text: str) -> None:
    assert mark_in(text) is None


def refused(name: str, content: bytes) -> bool:
    """Whether the file is refused for its mark: no form, and whom to tell."""
    paper = read_file(name, content)
    hints = [say(problem.hint, "zh") for problem in paper.problems]
    return paper.forms == () and len(hints) == 1 and "保密工作机构" in hints[0]


@pytest.mark.parametrize("in_header", [False, True])
def test_a_marked_paper_is_refused_with_whom_to_tell(in_header: bool) -> None:
    assert refused("a.docx", with_line("机密★10年", in_header=in_header))


def test_a_watermark_is_a_mark() -> None:
    header = "<w:hdr xmlns:w='w' xmlns:v='urn:schemas-microsoft-com:vml'><w:p/>{}</w:hdr>"
    drawn = header.format("<v:shape><v:textpath string='机密'/></v:shape>")
    content = with_line("页眉", in_header=True)
    [name] = [one for one in ZipFile(BytesIO(content)).namelist() if one.startswith("word/header")]

    assert refused("a.docx", changed(content, {name: drawn}))


@pytest.mark.parametrize(
    ("kind", "text", "is_marked"),
    [
        ("docx", "秘密★1年\n编号：12", True),
        ("xlsx", "内部资料", True),
        ("pdf", "秘密", True),
        ("pdf", "保守国家\n秘密\n宣传", False),  # a narrow column breaks lines anywhere
    ],
)
def test_a_cell_that_holds_a_mark_marks_the_paper(kind: str, text: str, is_marked: bool) -> None:
    table = Table(number=1, cells=(Cell(row=0, column=0, text=text),))

    assert bool(secrecy_of(Document(name="a", kind=kind, blocks=(table,)))) == is_marked


def test_a_paper_that_speaks_of_secrets_is_read() -> None:
    assert read_file("a.docx", with_line("保守国家秘密宣传教育")).forms


@pytest.mark.parametrize("piece", ["机", "机 ", " ", "密 级", "秘密 ", "★", "(", "内 部 ", "\n"])
def test_s39_no_text_keeps_the_search_busy(piece: str) -> None:
    text = f"机{piece * (100_000 // len(piece))}"

    started = time.process_time()
    mark_in(text)
    mark_in(text[1:])

    assert time.process_time() - started < 0.1
