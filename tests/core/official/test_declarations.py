"""A drafted goal goes out as a declaration and comes back without losing what the form lacks."""

from dataclasses import replace
from decimal import Decimal

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.core.official import Filler, declaration_of_form, declared, taken_from

GOAL = DraftGoal(
    project="农村公路建设",
    year=2026,
    functional="2140104",
    text="新建农村公路 120 公里",
    budget=Decimal("41234567.89"),
    indicators=(
        DraftIndicator(
            key="a", level1="产出指标", level2="数量指标", name="新建里程", target="≥120",
            measure="公里", source="交通统计", weight=Decimal(20),
        ),
        DraftIndicator(key="b", level1="产出指标", level2="质量指标", name="合格率", target="≥98%"),
    ),
)  # fmt: skip
BY = Filler(code="P1", department="交通运输局", unit="公路管理中心")


def test_a_draft_comes_back_as_it_was():
    assert taken_from(declared(GOAL, by=BY), known=GOAL) == GOAL


def test_a_line_that_was_moved_keeps_its_key_and_what_the_form_has_no_box_for():
    sheet = declared(GOAL, by=BY)
    changed = replace(sheet.indicators[0], level2="质量指标", annual="≥130公里")
    back = taken_from(
        replace(sheet, indicators=(sheet.indicators[1], changed)), known=GOAL
    ).indicators
    assert [line.key for line in back] == ["b", "a"]
    assert (back[1].target, back[1].measure, back[1].source) == ("≥130公里", "", "交通统计")


def test_a_new_line_has_no_key_yet():
    sheet = declared(GOAL, by=BY)
    new = replace(sheet.indicators[0], name="绿化里程")
    assert taken_from(replace(sheet, indicators=(new,)), known=GOAL).indicators[0].key == ""


def test_a_form_of_another_layout_is_a_declaration_too():
    sheet = declared(GOAL, by=BY)
    told = declaration_of_form(sheet.as_form())
    assert (told.project, told.unit, told.annual.total) == (
        "农村公路建设", "公路管理中心", Decimal("41234567.89"),
    )  # fmt: skip
    assert told.indicators == sheet.indicators
