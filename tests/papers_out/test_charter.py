"""The charter on official paper: every clause, its sources, and what it is."""

from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.papers.articles import articles_text, number
from gongzhi.papers.charter_docx import charter_docx
from gongzhi.rules.charter import load_charter


def paragraphs(language: str) -> list[str]:
    document = docx.Document(BytesIO(charter_docx(load_charter(), language=language)))
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_holds_every_clause_in_its_own_words(language):
    written = "\n".join(paragraphs(language))

    missing = [
        clause.number
        for clause in load_charter().clauses.values()
        if clause.text.in_language(language) not in written
        or clause.title.in_language(language) not in written
    ]
    assert missing == []


def test_the_paper_says_in_its_title_and_under_it_that_it_is_model_text():
    title, status = paragraphs("zh")[:2]

    assert title == "协同治理工作规则（示范文本）"
    assert "示范文本" in status


def test_a_duty_says_who_owes_it_to_whom_and_until_when():
    lines = paragraphs("zh")

    head = next(n for n, line in enumerate(lines) if line.startswith("第 5.6 条"))
    assert lines[head + 1] == (
        "应办：对评价逐项书面答复；承办：承担项目的单位；对象：社会组织；期限：15 个工作日"
    )


def test_a_source_that_nobody_read_is_named_without_articles():
    unread = [line for line in paragraphs("zh") if "关于全面实施预算绩效管理的意见》（中发" in line]

    assert unread
    assert all("中发〔2018〕34号）（未核对原文）" in line for line in unread)


def test_the_english_paper_speaks_no_chinese_but_document_numbers():
    body = [line for line in paragraphs("en") if not line.startswith("Sources:")]

    assert [line for line in body if any("\u4e00" <= c <= "\u9fff" for c in line)] == []


def test_the_register_lists_every_institution():
    document = docx.Document(BytesIO(charter_docx(load_charter(), language="zh")))

    listed = [row.cells[0].text for row in document.tables[-1].rows][1:]
    assert listed == [i.title.zh for i in load_charter().institutions.values()]


def test_equal_charters_give_equal_papers():
    assert charter_docx(load_charter(), language="zh") == charter_docx(
        load_charter(), language="zh"
    )


@pytest.mark.parametrize(
    ("articles", "english"),
    [
        ("第五十七条", "art. 57"),
        ("第十二条、第二十条、第一百零一条", "arts. 12, 20, 101"),
        ("附件二", "附件二"),
    ],
)
def test_articles_are_numbers_in_english(articles, english):
    assert articles_text(articles, language="en") == english
    assert articles_text(articles, language="zh") == articles


def in_chinese(value: int) -> str:
    """The numeral as laws write it; an oracle of its own."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")


@given(st.integers(min_value=1, max_value=999))
def test_every_numeral_below_a_thousand_is_read(value):
    assert number(in_chinese(value)) == value
