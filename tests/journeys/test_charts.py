"""Charts say the same three times (W04), and pages stay light (W09)."""

import pytest

from journeys.conftest import Come
from journeys.pages import PAGES

KB = 1024
LIGHT, WITH_CHARTS = 300 * KB, 700 * KB
REQUESTS_MOST = 16  # the demo's own style sheet among them
HAS_CHARTS = {"forms", "components", "equity", "efficiency"}


@pytest.mark.parametrize("name", sorted(HAS_CHARTS))
@pytest.mark.parametrize("scripts", [True, False])
def test_w04_a_chart_has_its_sentence_and_its_table(come: Come, name: str, scripts: bool):
    reader = come(scripts=scripts)
    PAGES[name].go(reader)
    charts = reader.page.locator("figure.chart")
    assert charts.count() > 0
    for chart in charts.all():
        assert len(chart.locator("figcaption p").inner_text()) > 10
        assert chart.locator("table tbody tr").count() > 0
        assert chart.locator(".chart-canvas").is_visible() is scripts
        if not chart.locator("table").is_visible():
            chart.locator("summary").click()  # a long one is folded, and opens without scripts
        assert chart.locator("table").is_visible()


def test_a_chart_follows_its_theme_and_its_box(come: Come):
    reader = come(theme="dark", width=1280)
    page = reader.open("/forms/")
    canvas = page.locator(".chart-canvas canvas").first
    wide = canvas.bounding_box()["width"]
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_function(
        "before => document.querySelector('.chart-canvas canvas').clientWidth < before", arg=wide
    )
    assert reader.sideways() == 0
    assert reader.noticed() == []


@pytest.mark.parametrize("name", ["home", "check", "result", "forms", "project", "ledger-entry"])
def test_w09_a_page_is_light(come: Come, name: str):
    reader = come()
    sizes: list[int] = []
    reader.page.on("requestfinished", lambda request: sizes.append(_weight(request)))
    PAGES[name].go(reader)
    reader.page.wait_for_load_state("networkidle")
    visits = 2 if name == "result" else 1  # the result comes after the page that asks
    assert sum(sizes) <= (WITH_CHARTS if name in HAS_CHARTS else LIGHT) * visits
    assert len(sizes) <= REQUESTS_MOST * visits


def _weight(request) -> int:
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
