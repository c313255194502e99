"""Official papers as they are printed: W08. A4, heads on every page, no line cut, pages counted."""

from io import BytesIO

import pdfplumber
import pytest

from gongzhi.papers.forms import PAPERS, as_pdf
from papers.printing import LINES, WORDS, kept, many, printed

A4 = [595, 842]
every_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.layout.title)


@every_paper
def test_w08_many_lines_go_over_pages_whole_below_their_heads(paper):
    with pdfplumber.open(BytesIO(as_pdf(paper, [many(paper)]))) as pdf:
        sides = [sorted((round(page.width), round(page.height))) for page in pdf.pages]
        texts = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert len(texts) > 2
    assert sides == [A4] * len(texts)
    begin, end = WORDS
    for number in range(LINES):
        (page,) = [at for at, text in enumerate(texts) if f"{begin}{number:02}" in text]
        assert f"{end}{number:02}" in texts[page], f"line {number} is cut in two"
    heads = ["".join(column.label.split()) for column in paper.layout.columns]
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页共{len(texts)}页" in text
        if begin in text:
            assert all(head[:2] in text for head in heads)


@every_paper
def test_w08_a_paper_is_printed_as_it_was(paper):
    """Every word in its place, as it was kept when somebody looked at the page."""
    assert printed(paper) == kept(paper).read_text("utf-8"), "look at it: papers/printing.py"
