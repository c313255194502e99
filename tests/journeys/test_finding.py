"""Finding by keyboard, and what a printed list shows."""

import pytest

from journeys.conftest import Come


def test_a_key_leads_to_the_search_and_words_to_what_is_called_so(come: Come):
    reader = come()
    reader.open("/")
    reader.page.keyboard.press("Control+/")
    reader.page.keyboard.type("满意度")
    reader.page.keyboard.press("Enter")

    assert reader.page.locator("main mark").first.inner_text() == "满意度"


def test_on_a_narrow_screen_a_link_leads_to_the_search(come: Come):
    reader = come()
    reader.page.set_viewport_size({"width": 360, "height": 800})
    reader.open("/")

    assert reader.page.locator("#search-all").is_hidden()
    reader.page.locator(".search-link").click()
    assert reader.page.locator("#search-words").is_visible()


@pytest.mark.parametrize(
    "path", ["/forms/?finding=certain", "/goals/", "/projects/", "/monitoring/"]
)
def test_p01_a_printed_list_says_what_it_is_of_and_where_it_comes_from(come: Come, path: str):
    reader = come()
    reader.open(path)
    reader.page.emulate_media(media="print")
    page = reader.page

    assert page.locator(".printed-from").is_visible()
    assert page.locator("main p.print-only").last.is_visible()
    for chrome in ("header.top", ".demo-bar", "main form", ".pager a", ".rights-here"):
        for part in page.locator(chrome).all():
            assert part.is_hidden(), chrome
