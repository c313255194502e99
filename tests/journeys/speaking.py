"""A voice from an indicator to the figure that it moves: each step of it in somebody's browser."""

from decimal import Decimal

from playwright.sync_api import expect

from gongzhi.core.goals import DraftGoal, DraftIndicator
from gongzhi.cycle.actions import goals
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.actions.answers import note_changes
from journeys.beside import apart, member
from journeys.conftest import Come
from journeys.reader import Reader, follow

PHONE, YEAR = 360, 2027
RESIDENT, OFFICER, REVIEWER, BUREAU = "shimin", "qingping", "qingping-shencha", "caizheng"
OFFICE = "财政所绩效管理岗"  # of the officer, as the site names it


def promised(project: Project, line: DraftIndicator) -> GoalVersion:
    """Approved goals of a project of the street office."""
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


def indicator(name: str, *, target: str, measure: str) -> DraftIndicator:
    """An indicator that all the weight lies on."""
    return DraftIndicator(
        name=name,
        level1="产出指标",
        level2="数量指标",
        target=target,
        measure=measure,
        weight=Decimal(100),
    )


def suggested(reader: Reader, version: GoalVersion, *, asked: str, why: str) -> str:
    """Three steps from the indicator's row; where the voice then stands."""
    page = reader.open(f"/goals/{version.pk}/")
    follow(page.locator("#indicators a", has_text="提意见").first)
    page.locator("[name=asked]").fill(asked)
    page.locator("[name=text]").fill(why)
    follow(page.locator("#submit_voice .actions > button"))
    expect(page.locator("main")).to_contain_text(f"≥{asked}")
    return submitted(reader, asked)


def submitted(reader: Reader, title: str) -> str:
    """The last step: what was looked at is handed in."""
    page = reader.page
    follow(page.locator("form#submit_voice .actions > button"))
    expect(page.locator("h1")).to_contain_text(title)
    return page.url.partition("#")[0]


def adopted(officer: Reader, address: str, *, reason: str) -> None:
    """The unit adopts it, which makes an adjustment."""
    page = officer.page
    page.goto(address)
    page.locator("#adopt_suggestion [name=reason]").fill(reason)
    follow(page.locator("#adopt_suggestion .actions > button"))
    expect(page.locator("#changed")).to_contain_text("调整办理中")


def answered(officer: Reader, address: str, *, outcome: str, reason: str) -> None:
    """The unit answers otherwise than by an adjustment."""
    page = officer.page
    page.goto(address)
    box = page.locator("#answer_voice")
    box.locator(f"[name=outcome][value={outcome}]").check()
    box.locator("[name=reason]").fill(reason)
    follow(box.locator(".actions > button"))


def approved(come: Come) -> None:
    """Another in the unit hands the adjustment in, the bureau approves it; the voice learns it."""
    made = GoalVersion.objects.exclude(replaces=None).latest("pk")
    page = come(office=REVIEWER).open(f"/goals/{made.pk}/")
    follow(page.locator("form#submit_goals .actions > button"))
    page = come(office=BUREAU).open(f"/goals/{made.pk}/")
    page.locator("form#approve_goals [name=document_number]").fill("〔2027〕7号（演示，虚构）")
    follow(page.locator("form#approve_goals .actions > button"))
    apart(note_changes)
