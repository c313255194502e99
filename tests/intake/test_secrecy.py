"""Marked papers are refused whole; papers that merely speak of secrets are read."""

from io import BytesIO

import docx
import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx
from gongzhi.papers.reading import read_file
from gongzhi.words import say


def with_line(text: str, *, in_header: bool = False) -> bytes:
    document = docx.Document(BytesIO(sample_docx(sample_form("008"))))
    if in_header:
        document.sections[0].header.paragraphs[0].text = text
    else:
        document.paragraphs[0].insert_paragraph_before(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("in_header", [False, True])
@pytest.mark.parametrize(
    "mark",
    [
        "绝密",
        "机密★10年",
        "秘密 ★ 1年",
        "秘密★",
        "密级：机密",
        "内部资料",
        "内部资料，注意保存",
        "【机密】",
    ],
)
def test_a_marked_paper_is_refused_with_whom_to_tell(mark: str, in_header: bool) -> None:
    paper = read_file("a.docx", with_line(mark, in_header=in_header))

    [problem] = paper.problems
    assert paper.forms == ()
    assert "不能在这里处理" in say(problem.what, "zh")
    assert "保密工作机构" in say(problem.hint, "zh")


@pytest.mark.parametrize(
    "text",
    [
        "涉密机房改造，确保机密文件安全",
        "保守国家秘密宣传教育",
        "内部资料汇编印刷 200 册",
        "秘密"[:1],
    ],
)
def test_a_paper_that_speaks_of_secrets_is_read(text: str) -> None:
    assert read_file("a.docx", with_line(text)).forms
