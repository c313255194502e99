"""Every page in both languages on wide and narrow screens: W01, W02, W05, W06, W10, S33."""

import pytest

from journeys.conftest import Come
from journeys.pages import PAGES

WIDE, NARROW, SMALLEST = 1280, 360, 320
HEIGHT = 800
# Axe takes most of the time: each language and each width once, all four when the full numbers
# are asked for.
EXAMINED = {"zh": WIDE, "en": NARROW}


@pytest.mark.parametrize("language", EXAMINED)
@pytest.mark.parametrize("name", PAGES)
def test_w01_w05_w10_s33_a_page_is_whole(come: Come, name: str, language: str, deep: bool):
    destination = PAGES[name]
    reader = come(language=language, office=destination.office)
    destination.go(reader)
    for width in (WIDE, NARROW):
        reader.page.set_viewport_size({"width": width, "height": HEIGHT})
        assert reader.sideways() == 0
        if deep or width == EXAMINED[language]:
            assert reader.axe() == []
    assert reader.noticed() == []


@pytest.mark.parametrize("name", PAGES)
def test_w02_w05_w06_a_page_is_well_formed_and_fits_at_320_pixels_in_large_text(
    come: Come, name: str
):
    destination = PAGES[name]
    reader = come(office=destination.office)
    destination.go(reader)
    assert reader.malformed() == []
    found = reader.htmlcs()
    assert found == [], "\n".join(found)

    reader.read_in("large")
    reader.page.set_viewport_size({"width": SMALLEST, "height": HEIGHT})
    destination.go(reader)
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
