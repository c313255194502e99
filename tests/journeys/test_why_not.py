"""An official finds out why a button is missing: the clause, what is lacking, and whom to ask."""

import pytest

from journeys.conftest import Come
from journeys.reader import Reader, follow

PANEL = "#rights-here"


def opened(reader: Reader) -> str:
    """The panel with its reasons, both unfolded, in words."""
    panel = reader.page.locator(PANEL)
    panel.locator("summary").first.click()
    panel.locator(".why-not > summary").click()
    return panel.inner_text()


def test_an_official_reads_why_a_button_is_missing_and_whom_to_ask(come: Come):
    officer = come(office="jingfa")
    page = officer.open(officer.site.version("012", stage="draft"))
    assert page.get_by_role("button", name="公开这张表").count() == 0

    told = opened(officer)
    assert "公开自评表" in told
    assert "§ 3.3" in told

    follow(page.locator(PANEL).get_by_role("link", name="为什么，找谁：公开自评表"))
    assert "公开自评表：我能不能办？" in page.locator("h1").inner_text()
    assert "§ 3.3" in page.locator(".refusal").first.inner_text()
    assert "岗位角色是公开审查岗" in page.locator("#ways").inner_text()
    assert "公开审查岗办理" in page.locator("#whom").inner_text()


def test_the_panel_leads_to_the_form(come: Come):
    reviewer = come(office="jingfa-shencha")
    page = reviewer.open(reviewer.site.version("012", stage="draft"))
    page.locator(PANEL).locator("summary").first.click()
    page.locator(PANEL).get_by_role("link", name="公开自评表", exact=True).click()
    assert page.url.endswith("#publish_form")
    assert page.get_by_role("button", name="公开这张表").is_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_citizen_sees_one_line_and_all_of_it_without_scripts(come: Come, language: str):
    citizen = come(language=language, width=360, scripts=False)
    page = citizen.open(citizen.site.version("008", stage="published"))
    panel = page.locator(PANEL)
    box = panel.bounding_box()
    assert box is not None
    assert box["height"] <= 60
    panel.locator("summary").first.click()
    assert panel.locator(".why-not > summary").is_visible()


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("zh", 1280),
        ("en", 360),
        pytest.param("zh", 360, marks=pytest.mark.deep),
        pytest.param("en", 1280, marks=pytest.mark.deep),
    ],
)
def test_the_open_panel_and_its_page_are_whole(come: Come, width: int, language: str):
    officer = come(office="jingfa", language=language, width=width)
    officer.open(officer.site.version("012", stage="draft"))
    opened(officer)
    assert officer.axe() == []
    assert officer.sideways() == 0

    officer.page.locator(PANEL).locator(".rights-list a[href*='/why/']").first.click()
    officer.page.wait_for_url("**/charter/why/**")
    assert officer.axe() == []
    assert officer.sideways() == 0
    assert officer.noticed() == []
