"""The pictures of the README, made anew when asked: --pictures docs/images."""

from pathlib import Path

import pytest

from gongzhi.city.forms import sample_form
from journeys.conftest import Come
from journeys.papers import paper

SIZE = {"width": 1280, "height": 1560}  # down to the scored lines
SHOWN = "document.querySelector('.one-form h2').scrollIntoView()"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_readme_shows_a_corrected_form(
    come: Come, request: pytest.FixtureRequest, language: str
):
    reader = come(language=language)
    page = reader.check(paper(sample_form("008"), name="营养餐补助自评表.docx"))
    page.set_viewport_size(SIZE)
    page.evaluate(SHOWN)
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if folder := request.config.getoption("--pictures"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, f"result.{language}.png").write_bytes(picture)
