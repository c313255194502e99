"""What is suggested while a goal is written, in which order, and why."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.strategies import WORDS
from gongzhi.core.goals import (
    Aspect,
    ClosedProject,
    DraftIndicator,
    Past,
    similar,
    suggest,
    taken_over,
)
from gongzhi.core.goals.likeness import alike, shared_words
from gongzhi.rules.indicators import load_library
from gongzhi.words import say

LIBRARY = tuple(load_library().values())
BUS = ClosedProject(
    code="530000251T01",
    name="公交优先道建设",
    year=2025,
    functional="2140199",
    grade="良",
    lessons=("管线迁改没有提前报批，晚了两个月",),
    indicators=(
        DraftIndicator(
            name="公交专用道里程",
            level1="产出指标",
            level2="数量指标",
            target="≥12公里",
            weight=Decimal(20),
            history=(Past(year=2025, target=Decimal(12), result=Decimal(10)),),
        ),
    ),
)
texts = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS)).map("".join))


def names(found):
    return [each.indicator.name for each in found]


def test_the_library_s_own_class_and_words_come_first():
    found = suggest(words="全县小学课后服务补助", functional="2050202", library=LIBRARY)
    assert found[0].entry.code == "205-after-school-coverage"
    assert [say(reason, "zh") for reason in found[0].reasons] == [
        "同属功能分类 205",
        "都提到：课后服务",
    ]
    assert say(found[0].reasons[0], "en") == "same functional class 205"


def test_what_is_on_the_goal_already_is_not_suggested_again():
    have = [taken_over(load_library()["205-after-school-coverage"])]
    by_name = [DraftIndicator(name="课后服务 覆盖率")]
    for written in (have, by_name):
        found = suggest(words="课后服务", functional="205", library=LIBRARY, have=written)
        assert "课后服务覆盖率" not in names(found)


def test_kinds_that_the_goal_lacks_come_earlier():
    have = [taken_over(load_library()["205-after-school-coverage"])]
    found = suggest(words="", functional="205", library=LIBRARY, have=have)
    assert Aspect.QUANTITY not in {each.indicator.aspect for each in found[:4]}
    assert "还没有" in say(found[0].reasons[-1], "zh")


def test_the_first_suggestions_are_not_all_of_one_kind():
    found = suggest(words="", functional="208", library=LIBRARY)
    assert len({each.indicator.aspect for each in found[:6]}) >= 4


def test_a_similar_closed_project_lends_its_indicators_with_what_became_of_them():
    found = suggest(words="城东公交优先道", functional="2140101", library=LIBRARY, past=[BUS])
    [lent] = [each for each in found if each.project is BUS]
    assert say(lent.reasons[0], "zh") == "“公交优先道建设”（2025 年）用过：目标 12，实际 10"
    assert lent.indicator.weight is None


def test_a_similar_project_brings_its_lessons():
    [near] = similar(words="城东公交优先道", functional="2140101", closed=[BUS])
    assert near.project.lessons == ("管线迁改没有提前报批，晚了两个月",)
    assert say(near.reasons[1], "zh") == "都提到：公交优先道"


def test_another_subject_is_not_similar():
    assert similar(words="乡镇卫生院设备购置", functional="2100302", closed=[BUS]) == ()


def test_shared_words_are_whole_words():
    assert shared_words("水库除险加固工程", "小型水库除险") == ("水库除险",)
    assert shared_words("Rural road upkeep", "upkeep of village roads") == ("upkeep",)


@settings(max_examples=40, deadline=None)
@given(texts, st.sampled_from(["", "2", "205", "2140101", "x"]))
def test_any_text_has_the_same_suggestions_every_time(words, functional):
    once = suggest(words=words, functional=functional, library=LIBRARY, past=[BUS])
    again = suggest(words=words, functional=functional, library=LIBRARY[::-1], past=[BUS])
    assert once == again
    assert all(each.reasons for each in once)
    assert len(set(names(once))) == len(once)


@given(texts, texts)
def test_likeness_is_symmetric_and_whole_only_for_equals(one, other):
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert alike(one, one) in (0, 1)
