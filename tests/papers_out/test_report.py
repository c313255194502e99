"""Evaluation reports as PDF and Word: A4, whole, the chart drawn, equal bytes when unchanged."""

import zipfile
from decimal import Decimal
from io import BytesIO

import docx
import pdfplumber
import pytest

from core.reporting.reported import facts
from gongzhi.core.reporting import Chapter, drafted
from gongzhi.papers.bars import DrawnBar, bars_svg
from gongzhi.papers.report import ReportPaper
from gongzhi.papers.report_docx import report_docx
from gongzhi.papers.report_pdf import report_pdf

PAPER = ReportPaper(
    about="滨江大桥 2026 年",
    notes=("云河市财政局 · 已签发",),
    drafted=drafted(facts()),
    own={Chapter.ADVICE: "建议验收提前。\n综合得分{综合得分}分。"},
)


def pdf_text(content: bytes) -> str:
    with pdfplumber.open(BytesIO(content)) as pdf:
        assert sorted((round(pdf.pages[0].width), round(pdf.pages[0].height))) == [595, 842]
        return "".join(page.extract_text() for page in pdf.pages).replace(" ", "")


def test_w08_the_pdf_has_every_chapter_the_chart_and_peoples_words():
    text = pdf_text(report_pdf(PAPER))
    for chapter in Chapter:
        assert PAPER.heading(chapter) in text
    assert "综合得分84分。" in text
    assert "21.5/30（71.67%）" in text, "the chart's figures are text"
    assert "第1页" in text


def test_the_word_document_has_them_too_with_the_chart_as_an_image():
    content = report_docx(PAPER)
    document = docx.Document(BytesIO(content))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(PAPER.heading(chapter) in said for chapter in Chapter)
    assert "综合得分84分。" in said
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert any(name.startswith("word/media/") for name in packed.namelist())
        assert "71.67%" in packed.read("word/document.xml").decode(), "said for who can't see it"


@pytest.mark.parametrize("write", [report_pdf, report_docx])
def test_equal_reports_are_equal_bytes(write):
    assert write(PAPER) == write(PAPER)


def test_s38_names_in_a_chart_are_text():
    drawing = bars_svg([DrawnBar(label="<script>&", share=Decimal(3), figure='"/><x')])
    assert "<script>" not in drawing
    assert "&lt;script&gt;&amp;" in drawing
    assert 'width="370.0"' in drawing, "no longer than the whole"
