"""Score sheets: laws of their totals, and what facts compute under a frame."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.scoring.frame import EvaluatedFacts, computed_lines
from gongzhi.core.scoring.points import Basis
from gongzhi.core.scoring.sheet import Mark, Origin, Sheet, problems_of, score_sheet
from gongzhi.core.terms import Form, FormType, Indicator
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.words import say

PACK = load_packs()["mof-2020-10"]
FRAME = load_evaluation("mof-2020-10").frames["project"]
FORM = Form(
    form_type=FormType.SELF_EVALUATION,
    layout="x",
    indicators=(
        Indicator(
            level1="产出指标", level2="数量指标", target_text="10公里", actual_text="8公里",
            weight=Decimal(20),
        ),
        Indicator(
            level1="产出指标", level2="质量指标", target_text="100%", actual_text="100%",
            weight=Decimal(20),
        ),
    ),
)  # fmt: skip
FACTS = EvaluatedFacts(
    budget=Decimal(1000), received=Decimal(800), executed=Decimal(600), form=FORM
)


@st.composite
def sheets(draw):
    marks = [
        Mark(line=line.code, points=Decimal(draw(st.integers(0, int(line.weight * 100)))) / 100)
        for line in FRAME.lines
    ]
    return Sheet(frame=FRAME, marks=tuple(marks))


@given(sheets())
def test_a_total_is_what_its_lines_and_headings_make(sheet):
    score = score_sheet(sheet, pack=PACK)
    assert score.total == sum(mark.points for mark in sheet.marks)
    assert score.total == sum(score.by_level1.values())
    assert score.total + sum(line.deducted for line in score.lines) == FRAME.full
    assert score.grade == PACK.grade(score.total)


@given(sheets())
def test_every_deduction_without_a_reason_is_told_and_no_other_line(sheet):
    told = {problem.line for problem in problems_of(sheet)}
    assert told == {line.line.code for line in score_sheet(sheet, pack=PACK).lines if line.deducted}


def test_a_full_evaluation_divides_by_the_money_received():
    found = computed_lines(FRAME, facts=FACTS, pack=PACK)
    assert found["received"].points == Decimal("2.4")  # 800 ÷ 1000 × 3
    assert found["executed"].points == Decimal("3")  # 600 ÷ 800 × 4, not 600 ÷ 1000
    assert found["executed"].arithmetic == "600 ÷ 800 × 4 = 3"


def test_results_are_taken_from_the_self_evaluation():
    found = computed_lines(FRAME, facts=FACTS, pack=PACK)
    assert found["quantity"].points == Decimal(8)  # 16 of 20
    assert found["quantity"].arithmetic == "16 ÷ 20 × 10 = 8"
    assert found["quality"].points == Decimal(10)
    assert found["timeliness"].basis is Basis.OPEN


def test_what_isnt_known_stays_open():
    found = computed_lines(FRAME, facts=EvaluatedFacts(), pack=PACK)
    assert {each.basis for each in found.values()} == {Basis.OPEN}
    assert all(say(each.said, "en") != each.said.text for each in found.values())


def test_more_than_all_the_money_earns_no_more_than_the_weight():
    facts = EvaluatedFacts(budget=Decimal(10), received=Decimal(12), executed=Decimal(15))
    found = computed_lines(FRAME, facts=facts, pack=PACK)
    assert (found["received"].points, found["executed"].points) == (3, 4)


def test_what_was_computed_stays_beside_what_a_person_gave():
    computed = computed_lines(FRAME, facts=FACTS, pack=PACK)
    marks = (Mark(line="quantity", points=Decimal(7), reason="现场少一公里"),)
    score = score_sheet(Sheet(frame=FRAME, marks=marks, computed=computed), pack=PACK)
    line = next(each for each in score.lines if each.line.code == "quantity")
    assert (line.origin, line.points, line.computed.points) == (Origin.OVERRIDDEN, 7, 8)


def test_marks_that_stand_nowhere_or_twice_are_told():
    twice = Mark(line="goals", points=Decimal(4))
    sheet = Sheet(frame=FRAME, marks=(twice, twice, Mark(line="nobody", points=Decimal(1))))
    told = [say(each.said, "zh") for each in problems_of(sheet) if each.line in ("goals", "nobody")]
    assert told == ["这一行打了两次分", "评价指标体系中没有这一行"]
