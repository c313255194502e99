"""The library is filtered by a sentence, at once where there is JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Come
from journeys.papers import FAULTY
from journeys.reader import follow


def rows(page: Page) -> int:
    return page.locator("#list tbody tr").count()


def test_a_filter_works_at_once_and_stays_in_the_address(come: Come):
    reader = come()
    page = reader.open("/forms/")
    before = rows(page)
    page.evaluate("window.stayed = true")
    page.locator("select[name=year]").select_option("2022")
    page.wait_for_url(re.compile("year=2022"))
    expect(page.locator("#list tbody tr")).not_to_have_count(before)
    assert page.evaluate("window.stayed")
    assert set(page.locator("#list tbody td:nth-child(3) > span:last-child").all_inner_texts()) == {
        "2022"
    }
    page.locator("select[name=finding]").select_option("certain")
    page.wait_for_url(re.compile("finding=certain"))
    expect(page.locator("#list .state.fault")).to_have_count(rows(page))
    page.go_back()
    expect(page.locator("select[name=finding]")).to_have_value("")
    assert reader.noticed() == []


def test_w10_a_filter_works_without_javascript(come: Come):
    page = come(scripts=False).open("/forms/")
    page.locator("select[name=finding]").select_option("none")
    follow(page.get_by_role("button", name="只看这些"))
    assert "finding=none" in page.url
    assert page.locator("#list .state.fault, #list .state.watch").count() == 0
    assert rows(page) > 0


def test_pages_follow_each_other(come: Come):
    page = come().open("/forms/")
    first = page.locator("#list tbody th a").first.get_attribute("href")
    follow(page.get_by_role("link", name="下一页"))
    assert page.locator("#list tbody th a").first.get_attribute("href") != first
    follow(page.get_by_role("link", name="上一页"))
    assert page.locator("#list tbody th a").first.get_attribute("href") == first


def test_menus_close_by_escape_and_clauses_hide(come: Come):
    page = come().open("/check/")
    page.locator(".display .switcher summary").click()
    assert page.locator(".display .switcher[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".display .switcher[open]").count() == 0
    chip = page.locator(".clause a").first
    chip.focus()
    text = page.locator(".clause-text").first
    expect(text).to_be_visible()
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()


def test_colours_and_size_are_chosen_without_javascript(come: Come):
    page = come(scripts=False).open("/charter/")
    page.locator(".display .switcher summary").click()
    follow(page.get_by_role("button", name="高对比"))
    assert page.locator("html").get_attribute("data-theme") == "contrast"
    follow(page.get_by_role("button", name="大字"))
    assert page.locator("html").get_attribute("data-size") == "large"
    assert page.url.endswith("/charter/")


def test_w06_large_text_has_large_targets(come: Come):
    page = come(size="large").open("/check/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
    low = page.evaluate(
        "[...document.querySelectorAll('main button, main input:not([type=hidden]), .sections a')]"
        ".filter(e => e.getBoundingClientRect().height < 60).map(e => e.outerHTML)"
    )
    assert low == []


@pytest.mark.parametrize("width", [1280, 360])
def test_w01_open_menus_are_whole(come: Come, width: int):
    reader = come(width=width)
    page = reader.open("/")
    for menu in page.locator("details.switcher > summary").all():
        menu.click()
        assert reader.axe() == []
        assert reader.sideways() == 0
        menu.click()  # an open one may lie over the next
    reader.check(FAULTY).locator(".answer > summary").click()
    assert reader.axe() == []
    assert reader.sideways() == 0
