"""Reports drafted from data: every chapter, figures by name, records that read back equal."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reporting.reported import facts
from gongzhi.core.reporting import Bars, Chapter, Paragraph, Table, drafted, filled, unknown_in
from gongzhi.core.reporting.records import report_as_record, report_from_record
from gongzhi.core.terms import Said, Text
from gongzhi.words import say

WHOLE = facts()


def texts(report, chapter: Chapter) -> str:
    """All that a chapter says, in Chinese."""
    found = []
    for block in report.section(chapter).blocks:
        match block:
            case Paragraph():
                found += [say(each, "zh") for each in block.said]
            case Table():
                found += [
                    say(cell, "zh") if isinstance(cell, Said) else getattr(cell, "zh", cell)
                    for row in block.rows
                    for cell in row
                ]
            case Bars():
                found += [bar.figure for bar in block.bars]
    return "\n".join(found)


def test_every_chapter_of_the_outline_is_there_in_order():
    assert [each.chapter for each in drafted(WHOLE).sections] == list(Chapter)


@pytest.mark.parametrize(
    ("chapter", "told"),
    [
        (Chapter.BASICS, "2026 年预算数 4123.4567 万元。"),
        (Chapter.BASICS, "预算执行率（支出÷到位资金）75%。"),
        (Chapter.BASICS, "年底通车"),
        (Chapter.WORK, "共 2 方评价。"),
        (Chapter.WORK, "问卷 200 份"),
        (Chapter.CONCLUSION, "综合得分 84 分，等级为良。"),
        (Chapter.CONCLUSION, "单位自评 96 分，综合得分低 12 分。"),
        (Chapter.CONCLUSION, "处还没有说明"),
        (Chapter.ANALYSIS, "产出：4 项指标，分值 30 分，平均得 21.5 分。"),
        (Chapter.PROBLEMS, "没有验收报告"),
        (Chapter.ADVICE, "得分不到六成的 1 项指标逐项整改"),
        (Chapter.ANNEX, "验收报告已补"),
        (Chapter.ANNEX, "补看后加一分"),
    ],
)
def test_a_chapter_says_what_the_data_say(chapter, told):
    assert told in texts(drafted(WHOLE), chapter)


def test_the_bars_are_the_shares_of_their_weights():
    bars = [
        block
        for block in drafted(WHOLE).section(Chapter.CONCLUSION).blocks
        if isinstance(block, Bars)
    ]
    assert [bar.share for bar in bars[0].bars] == [
        Decimal("0.85"), Decimal("0.85"), Decimal("0.7167"), Decimal("0.85"),
    ]  # fmt: skip


def test_a_gap_that_was_explained_is_told_with_its_explanation():
    explained = tuple(replace(gap, explained="口径不同") for gap in WHOLE.gaps)
    said = texts(drafted(replace(WHOLE, gaps=explained)), Chapter.CONCLUSION)
    assert "都已说明" in said
    assert "口径不同" in said


def test_the_report_of_one_evaluation_has_its_total_and_no_panel():
    report = drafted(facts(alone=True))
    assert report.figures["综合得分"] == "90"
    assert "各方是否一致" not in texts(report, Chapter.CONCLUSION)


def test_what_is_not_known_is_said_to_be_unknown():
    silent = drafted(facts(silent=True))
    assert "综合得分" not in silent.figures
    assert "还没有得分，不作结论。" in texts(silent, Chapter.CONCLUSION)
    assert "评分表还没有打开。" in texts(silent, Chapter.ANALYSIS)
    poor = drafted(replace(WHOLE, money=replace(WHOLE.money, received=None, executed=None)))
    assert "2026 年到位数不详。" in texts(poor, Chapter.BASICS)
    assert "预算执行率" not in poor.figures


@pytest.mark.parametrize("known", [WHOLE, facts(alone=True), facts(silent=True)])
def test_a_record_reads_back_equal(known):
    report = drafted(known)
    assert report_from_record(report_as_record(report)) == report


def test_equal_facts_make_equal_reports():
    assert drafted(facts()) == drafted(facts())


FIGURES = {"综合得分": "84", "等级": "良"}


def test_figures_in_peoples_words_are_named_and_never_typed():
    text = "综合得分{综合得分}分，等级{ 等级 }；{没有的}"
    assert filled(text, figures=FIGURES) == "综合得分84分，等级良；{没有的}"
    assert unknown_in(text, figures=FIGURES) == ("没有的",)


@given(st.text(max_size=60))
def test_words_without_braces_stay_as_they_are(text):
    plain = re.sub(r"[{}]", "", text)
    assert filled(plain, figures=FIGURES) == plain
    assert unknown_in(plain, figures=FIGURES) == ()


def test_the_names_of_frames_rules_and_headings_are_told_in_the_reader_s_language():
    frame = replace(WHOLE.frame, title=Text(zh="某体系", en="Some frame"))
    named = replace(WHOLE, frame=frame, pack=Text(zh="某规则", en="Some rules"))
    english = "\n".join(
        say(each, "en")
        for section in report_from_record(report_as_record(drafted(named))).sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for each in block.said
    )
    assert "Some frame" in english
    assert "Some rules" in english
    assert "某" not in re.sub("某[局项机]", "", english)
