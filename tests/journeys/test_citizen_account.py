"""A citizen opens an account by telephone, with the demo's inbox page (2.9, 5.13; WCAG 3.3.8)."""

import pytest

from journeys.accounts import ask_for_code, code_for, enter
from journeys.conftest import Come
from journeys.reader import follow


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


def test_a_citizen_registers_by_telephone_and_chooses_a_name(come: Come, scripts: bool):
    telephone = f"1390000{1000 + scripts}"
    citizen = come(scripts=scripts, width=360)
    page = citizen.page

    ask_for_code(citizen, "139")
    assert "写得不对" in page.inner_text(".error-summary")
    assert page.input_value("#address") == "139"
    if scripts:
        assert citizen.axe() == []
    assert citizen.sideways() == 0

    ask_for_code(citizen, telephone)
    assert f"139****{1000 + scripts}" in page.inner_text("main")
    assert page.get_attribute("#code", "autocomplete") == "one-time-code"
    code = code_for(come)
    enter(citizen, "000000" if code != "000000" else "111111")
    assert "验证码不对" in page.inner_text(".error-summary")
    if scripts:
        assert citizen.axe() == []
    assert citizen.sideways() == 0

    enter(citizen, code)
    assert page.inner_text("h1") == "公开名称"
    page.fill("#name", "官方发布")
    follow(page.get_by_role("button", name="选定"))
    assert "有关单位" in page.inner_text(".error-summary")
    if scripts:
        assert citizen.axe() == []
    name = f"河边的人{int(scripts)}"
    page.fill("#name", name)
    follow(page.get_by_role("button", name="选定"))

    assert "公开名称已选定" in page.inner_text("main")
    assert name in page.inner_text("#public-name")
    assert page.locator("#assurance .kept").count() == 1
    if scripts:
        assert citizen.axe() == []
    assert citizen.sideways() == 0

    again = come(scripts=scripts)
    ask_for_code(again, telephone)
    enter(again, code_for(come))
    again.open("/account/")
    assert name in again.page.inner_text("#public-name")
    assert not [*citizen.faults, *again.faults]
