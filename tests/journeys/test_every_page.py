"""Every page in both languages on wide and narrow screens: W01, W02, W05, W10, S33."""

import pytest

from journeys.conftest import Come
from journeys.pages import PAGES

WIDTHS = (1280, 360)
HEIGHT = 800


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_w01_w05_w10_s33_a_page_is_whole(come: Come, name: str, language: str):
    destination = PAGES[name]
    reader = come(language=language, office=destination.office)
    destination.go(reader)
    for width in WIDTHS:
        reader.page.set_viewport_size({"width": width, "height": HEIGHT})
        assert reader.axe() == []
        assert reader.sideways() == 0
    assert reader.noticed() == []


@pytest.mark.parametrize("name", PAGES)
def test_w02_a_page_is_well_formed(come: Come, name: str):
    destination = PAGES[name]
    reader = come(office=destination.office)
    destination.go(reader)
    assert reader.malformed() == []
    found = reader.htmlcs()
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("name", ["home", "result", "project-draft", "components"])
@pytest.mark.parametrize("theme", ["contrast", "dark"])
def test_w01_a_page_is_whole_in_other_colours(come: Come, name: str, theme: str):
    destination = PAGES[name]
    reader = come(theme=theme, office=destination.office)
    destination.go(reader)
    assert reader.axe() == []


@pytest.mark.deep
@pytest.mark.parametrize("theme", ["contrast", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
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


@pytest.mark.parametrize("name", PAGES)
def test_w05_w06_a_page_fits_at_320_pixels_in_large_text(come: Come, name: str):
    destination = PAGES[name]
    reader = come(width=320, size="large", office=destination.office)
    destination.go(reader)
    assert reader.sideways() == 0
