"""A resident's remark on a phone moves a target of the budget, and everybody sees which."""

import re

from playwright.sync_api import expect

from gongzhi.cycle.models import FormVersion, GoalVersion
from journeys.beside import apart
from journeys.conftest import Come
from journeys.reader import follow
from journeys.speaking import (
    OFFICE,
    OFFICER,
    PHONE,
    RESIDENT,
    YEAR,
    adopted,
    answered,
    approved,
    indicator,
    promised,
    suggested,
)

WHY, DONE = "五月的登记比计划多，十二月以前不止一万八。", "登记比计划多百分之三，钱不增加。"
NOT_DONE = "今年的钱只够现有的人手。"


def test_a_remark_on_a_phone_moves_a_target_and_everybody_sees_which(come: Come) -> None:
    version = apart(served)
    resident = come(width=PHONE, scripts=False, office=RESIDENT)
    address = suggested(resident, version, asked="18500", why=WHY)
    assert resident.sideways() == 0

    adopted(come(width=PHONE, office=OFFICER), address, reason=DONE)
    approved(come)

    visitor = come(width=PHONE)
    page = visitor.page
    page.goto(address)
    expect(page.locator("#changed")).to_contain_text("≥18500")
    expect(page.locator("#changed")).to_contain_text("已改变")
    assert visitor.sideways() == 0
    assert visitor.axe() == []
    follow(page.locator("#changed a[href*='/goals/']").first)
    expect(page.locator("#indicators")).to_contain_text(re.compile("因意见 №.+ 而改"))


def test_a_remark_that_is_not_adopted_is_refused_with_a_reason_by_a_named_office(
    come: Come,
) -> None:
    version = apart(served)
    resident = come(width=PHONE, office=RESIDENT)
    address = suggested(resident, version, asked="99999", why=f"{WHY}99999")
    officer = come(width=PHONE, office=OFFICER)
    answered(officer, address, outcome="declined", reason=NOT_DONE)
    page = come(width=PHONE, scripts=False).page
    page.goto(address)
    expect(page.locator("#answered")).to_contain_text(NOT_DONE)
    expect(page.locator("#answered")).to_contain_text(OFFICE)
    expect(page.locator("#changed")).to_contain_text("没有改变数字")


def served() -> GoalVersion:
    """Approved goals of a disclosed project of the street office."""
    known = FormVersion.objects.current().filter(project__unit__code="YH-301")
    first = known.first()
    assert first is not None, "the street office disclosed its forms"
    stands = GoalVersion.objects.in_force().filter(project=first.project, fiscal_year=YEAR).first()
    return stands or promised(
        first.project, indicator("服务人次数", target="≥18000", measure="人次")
    )
