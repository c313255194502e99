"""Score sheets as papers: the marks in them, and what fits no line of the frame."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.official import ScoreLine, ScorePaper, marks_in, score_lines
from gongzhi.core.scoring.frame import Frame, FrameLine, HowScored
from gongzhi.core.scoring.points import Basis, certainly
from gongzhi.core.scoring.sheet import Mark, Sheet, score_sheet
from gongzhi.core.terms import Said, Text, Where
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation

PLACE = Where(sheet="评分")


def word(text: str) -> Text:
    return Text(zh=text, en=text)


def line(code: str, name: str, *, heading: str = "决策", weight: int = 10) -> FrameLine:
    return FrameLine(
        code=code,
        level1=word(heading),
        level2=word("项目立项"),
        name=word(name),
        weight=Decimal(weight),
        how=HowScored.JUDGED,
        criterion=word("按材料判断"),
        evidence=word("批复"),
    )


FRAME = Frame(
    code="project",
    title=word("项目"),
    source=word("自定"),
    verified=False,
    lines=(
        line("grounds", "立项依据"),
        line("rules", "制度"),
        line("late", "制度", heading="过程"),
    ),
)
PAPER = ScorePaper(
    lines=(
        ScoreLine(
            level1="决策", level2="项目立项", name="立项依据", points=Decimal(8), reason="缺"
        ),
        ScoreLine(level1="过程", level2="项目立项", name="制度", points=Decimal(7)),
    )
)


def problems(paper: ScorePaper) -> list[tuple[str, int | None]]:
    read = marks_in(paper, frame=FRAME, where=PLACE)
    return [(each.what.text, each.where.indicator) for each in read.problems]


def test_marks_are_found_by_headings_and_name():
    read = marks_in(PAPER, frame=FRAME, where=PLACE)
    assert read.marks == (
        Mark(line="grounds", points=Decimal(8), reason="缺"),
        Mark(line="late", points=Decimal(7)),
    )
    assert [each.what.text for each in read.problems] == ["表里没有“{name}”这一行，原来填的不变"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (ScoreLine(name="别的", points=Decimal(1)), "评价指标体系中没有“{name}”，没有读入"),
        (ScoreLine(name="制度", points=Decimal(1)), "评价指标体系中没有“{name}”，没有读入"),
        (PAPER.lines[0], "“{name}”出现了两次，只读入前面的一次"),
        (
            ScoreLine(level1="决策", level2="项目立项", name="制度", reason="还要看"),
            "“{name}”只写了理由，没有得分，没有读入",
        ),
    ],
)  # fmt: skip
def test_what_fits_no_line_is_told_and_the_rest_is_kept(changed, told):
    paper = replace(PAPER, lines=(*PAPER.lines, changed))
    assert (told, 2) in problems(paper)
    kept = marks_in(paper, frame=FRAME, where=PLACE).marks
    assert kept == marks_in(PAPER, frame=FRAME, where=PLACE).marks


def test_a_weight_that_was_changed_is_told():
    first = replace(PAPER.lines[0], weight=Decimal(20))
    told = problems(replace(PAPER, lines=(first, PAPER.lines[1])))
    assert told[0] == ("“{name}”的分值写成 {stated}，体系中是 {weight}", 0)


def test_a_line_moved_by_hand_is_still_found():
    turned = replace(PAPER, lines=PAPER.lines[::-1])
    marks = marks_in(turned, frame=FRAME, where=PLACE).marks
    assert {mark.line for mark in marks} == {"grounds", "late"}


PROJECT = load_evaluation("mof-2020-10").frames["project"]
given_points = st.lists(
    st.none() | st.integers(0, 100), min_size=len(PROJECT.lines), max_size=len(PROJECT.lines)
)


@given(shares=given_points, reason=st.sampled_from(["", "材料不全", "=1+1"]))
def test_the_marks_of_a_sheet_are_those_of_its_paper(shares, reason):
    marks = tuple(
        Mark(line=each.code, points=(each.weight * share / 100).quantize(Decimal("0.01")),
             reason=reason)
        for each, share in zip(PROJECT.lines, shares, strict=True)
        if share is not None
    )  # fmt: skip
    score = score_sheet(Sheet(frame=PROJECT, marks=marks), pack=load_packs()["mof-2020-10"])
    read = marks_in(ScorePaper(lines=score_lines(score)), frame=PROJECT, where=PLACE)
    assert read.marks == marks
    assert read.problems == ()


def test_a_total_is_the_sum_and_there_is_none_while_points_are_missing():
    assert PAPER.total == 15
    assert replace(PAPER, lines=(*PAPER.lines, ScoreLine(name="空"))).total is None
    assert ScorePaper().total is None


def test_what_facts_gave_stands_beside_what_a_person_gives():
    earned = certainly(
        Decimal(4), basis=Basis.COMPUTED, said=Said("算出"), arithmetic="0.4 × 10 = 4"
    )
    sheet = Sheet(
        frame=FRAME,
        marks=(Mark(line="grounds", points=Decimal(6), reason="另有凭证"),),
        computed={"grounds": earned},
    )
    first = score_lines(score_sheet(sheet, pack=load_packs()["mof-2020-10"]))[0]
    assert (first.computed, first.points, first.reason) == (Decimal(4), Decimal(6), "另有凭证")
