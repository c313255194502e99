"""Every page in both languages on wide and narrow screens: W01, W02, W05, W06, W10, S33."""

import pytest

from journeys.conftest import Come
from journeys.pages import PAGES
from journeys.reader import Reader

WIDE, NARROW, SMALLEST = 1280, 360, 320
HEIGHT = 800


@pytest.mark.parametrize("name", PAGES)
def test_w01_w02_w05_w06_w10_s33_a_page_is_whole(come: Come, name: str, deep: bool):
    """By one reader: in Chinese, in English, in large letters on the smallest screen."""
    destination = PAGES[name]
    reader = come(office=destination.office)
    destination.go(reader)
    assert reader.malformed() == []
    for width in (WIDE, NARROW):
        put_at(reader, width)
        if deep or width == WIDE:
            assert reader.axe() == []
    assert reader.noticed() == []
    found = reader.htmlcs()
    assert found == [], "\n".join(found)

    reader.read_in("en")
    destination.go(reader)
    assert reader.page.locator("html").get_attribute("lang") == "en"
    for width in (WIDE, NARROW):
        put_at(reader, width)
        if deep or width == NARROW:
            assert reader.axe() == []
    assert reader.noticed() == []

    reader.read_in("zh", size="large")
    reader.page.set_viewport_size({"width": SMALLEST, "height": HEIGHT})
    destination.go(reader)
    assert reader.sideways() == 0


def put_at(reader: Reader, width: int) -> None:
    """Look at the page on a screen so wide, on which it must fit."""
    reader.page.set_viewport_size({"width": width, "height": HEIGHT})
    assert reader.sideways() == 0


@pytest.mark.parametrize("name", ["home", "result", "project-draft", "components"])
@pytest.mark.parametrize("theme", ["contrast", "dark"])
def test_w01_a_page_is_whole_in_other_colours(come: Come, name: str, theme: str):
    destination = PAGES[name]
    reader = come(theme=theme, office=destination.office)
    destination.go(reader)
    assert reader.axe() == []


@pytest.mark.deep
@pytest.mark.parametrize("theme", ["contrast", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_w01_every_page_in_every_theme(
    come: Come, name: str, language: str, width: int, theme: str
):
    destination = PAGES[name]
    reader = come(language=language, width=width, theme=theme, office=destination.office)
    destination.go(reader)
    assert reader.axe() == []
    assert reader.sideways() == 0
