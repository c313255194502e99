"""A resident's remark on a phone moves a target of the budget, and everybody sees which."""

import re
from decimal import Decimal

from playwright.sync_api import expect

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.cycle.actions import goals
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import FormVersion, GoalVersion, Project
from gongzhi.forum.actions.answers import note_changes
from journeys.beside import apart, member
from journeys.conftest import Come
from journeys.reader import Reader, follow

PHONE, YEAR = 360, 2027
RESIDENT, OFFICER, REVIEWER, BUREAU = "shimin", "qingping", "qingping-shencha", "caizheng"
WHY, DONE = "五月的登记比计划多，十二月以前不止一万八。", "登记比计划多百分之三，钱不增加。"
NOT_DONE = "今年的钱只够现有的人手。"


def test_a_remark_on_a_phone_moves_a_target_and_everybody_sees_which(come: Come) -> None:
    version = apart(promised)
    resident = come(width=PHONE, scripts=False, office=RESIDENT)
    address = said(resident, version, asked="18500")
    assert resident.sideways() == 0

    officer = come(width=PHONE, office=OFFICER)
    page = officer.page
    page.goto(address)
    page.locator("#adopt_suggestion [name=reason]").fill(DONE)
    follow(page.locator("#adopt_suggestion .actions > button"))
    expect(page.locator("#changed")).to_contain_text("调整办理中")
    approved(come)
    apart(note_changes)

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
    version = apart(promised)
    resident = come(width=PHONE, office=RESIDENT)
    address = said(resident, version, asked="99999")
    page = come(width=PHONE, office=OFFICER).page
    page.goto(address)
    box = page.locator("#answer_voice")
    box.locator("[name=outcome][value=declined]").check()
    box.locator("[name=reason]").fill(NOT_DONE)
    follow(box.locator(".actions > button"))
    page = come(width=PHONE, scripts=False).page
    page.goto(address)
    expect(page.locator("#answered")).to_contain_text(NOT_DONE)
    expect(page.locator("#answered")).to_contain_text("财政所绩效管理岗")
    expect(page.locator("#changed")).to_contain_text("没有改变数字")


def said(resident: Reader, version: GoalVersion, *, asked: str) -> str:
    """Three steps from the indicator's row; where the voice then stands."""
    page = resident.open(f"/goals/{version.pk}/")
    follow(page.locator("#indicators a", has_text="提意见").first)
    page.locator("[name=asked]").fill(asked)
    page.locator("[name=text]").fill(f"{WHY}{asked}")
    follow(page.locator("#submit_voice .actions > button"))
    expect(page.locator("main")).to_contain_text(f"≥{asked}")
    follow(page.locator("form#submit_voice .actions > button"))
    expect(page.locator("h1")).to_contain_text(asked)
    return page.url.partition("#")[0]


def approved(come: Come) -> None:
    """Another in the unit hands the adjustment in, the bureau approves it."""
    made = GoalVersion.objects.exclude(replaces=None).latest("pk")
    page = come(office=REVIEWER).open(f"/goals/{made.pk}/")
    follow(page.locator("form#submit_goals .actions > button"))
    page = come(office=BUREAU).open(f"/goals/{made.pk}/")
    page.locator("form#approve_goals [name=document_number]").fill("〔2027〕7号（演示，虚构）")
    follow(page.locator("form#approve_goals .actions > button"))


def promised() -> GoalVersion:
    """Approved goals of a disclosed project of the street office."""
    known = FormVersion.objects.current().filter(project__unit__code="YH-301")
    project: Project = known.first().project
    stands = GoalVersion.objects.in_force().filter(project=project, fiscal_year=YEAR).first()
    if stands is not None:
        return stands
    line = DraftIndicator(
        name="服务人次数",
        level1="产出指标",
        level2="数量指标",
        target="≥18000",
        measure="人次",
        weight=Decimal(100),
    )
    goal = DraftGoal(project=project.name, year=YEAR, text="开出三类服务", indicators=(line,))
    draft = goals.draft_goals(
        by=member(OFFICER),
        project=project,
        fiscal_year=YEAR,
        plan=GoalPlan(goal=goal),
        pack="mof-2020-10",
    )
    handed_in = goals.submit_goals(by=member(REVIEWER), version=draft)
    return goals.approve_goals(
        by=member(BUREAU), version=handed_in, document_number="〔2027〕1号（演示，虚构）"
    )
