"""School money between districts, in a browser: the curve, a changed number, whom to learn from."""

import pytest
from playwright.sync_api import expect

from journeys.conftest import Come

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("scripts", [True, False])
def test_school_money_per_head_and_per_need_and_with_a_changed_number(come: Come, scripts: bool):
    reader = come(width=360, scripts=scripts)
    page = reader.open("/data/equity/?example=schools")
    expect(page.locator("#by-heads li").first).to_contain_text("倍")
    expect(page.locator("#by-need")).to_contain_text("雾岭镇")
    before = page.locator("#by-heads table").first.inner_text()
    table = page.locator("#table")
    lines = table.input_value().splitlines()
    name, district, was, _now, *rest = lines[-1].split(",")
    table.fill("\n".join([*lines[:-1], ",".join([name, district, was, "900000", *rest])]))
    page.locator("#ask button.primary").click()
    expect(page.locator("#by-heads h2")).to_be_visible()
    assert page.locator("#by-heads table").first.inner_text() != before
    assert reader.sideways() == 0
    assert reader.noticed() == []


def test_a_bad_number_is_told_with_its_place_and_the_table_is_kept(come: Come):
    reader = come()
    page = reader.open("/data/equity/")
    page.locator("#table").fill("学校,经费,学生数\n甲,很多,5\n")
    page.locator("#ask button.primary").click()
    expect(page.locator(".error-summary")).to_contain_text("第 2 行第 2 列")
    assert "很多" in page.locator("#table").input_value()


def test_hospitals_and_from_whom_to_learn(come: Come):
    reader = come(width=360)
    page = reader.open("/data/efficiency/?example=hospitals")
    expect(page.locator("#result")).to_contain_text("可以学习")
    page.locator("#orientation").select_option("output")
    page.locator("#ask button.primary").click()
    expect(page.locator("#result")).to_contain_text("产出可以多")
    assert reader.sideways() == 0
