"""The community centre, by several people in several browsers: needs, a figure, answers, a panel.

A need that residents share, a figure that a social organisation moves, another that is refused in
time, a survey by link, a panel by lot; and whoever passes by sees what became of which.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

import city_hall
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions import register_project
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.actions.panel_seats import volunteer_for_panel
from gongzhi.forum.models import Panel, Process, Survey
from gongzhi.forum.panel_solving import solve
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Office
from gongzhi.trust.sequencing import sign_all
from journeys.accounts import newest, registered
from journeys.beside import apart, main, send
from journeys.conftest import Come
from journeys.reader import Reader, Site, follow
from journeys.speaking import (
    OFFICE,
    OFFICER,
    PHONE,
    RESIDENT,
    adopted,
    answered,
    approved,
    indicator,
    promised,
    submitted,
    suggested,
)

SOCIETY, WIDER_PHONE = "shezu", 390
NEED = "老人助餐点要走得到，七百米以内"
WHY_NEED = "我妈八十二，走不了一公里。助餐点放在一楼临街，轮椅能进。"
ALIKE = "助餐点要让老人走得到"
BRINGS = "每周三名助餐志愿者，轮椅六台。"
NEED_ANSWERED = "助餐点设在一楼临街，九月一起开。"
DONE, NOT_DONE = "按社会组织的走访，85%做得到，钱不增加。", "今年的人手只够三项服务，99%做不到。"
ACCOUNT = "满意度的目标从70%提到85%；99%没有采纳，理由见答复。"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def goals(site: Site) -> GoalVersion:
    """The centre's approved goals: seventy of a hundred satisfied."""

    def settled() -> GoalVersion:
        officer, reviewer = (
            Office.objects.with_facts().get(person__username=name)
            for name in (OFFICER, "qingping-shencha")
        )
        street = officer.organisation
        project = register_project(
            by=SYSTEM, unit=street, code="990100-centre", name="社区综合服务中心"
        )
        unit = city_hall.Unit(
            organisation=street,
            officer_office=officer,
            reviewer_office=reviewer,
            project=project,
        )
        city_hall.published(unit)
        return promised(project, indicator("居民满意度", target="≥70", measure="%"))

    return apart(settled)


def test_a_need_of_the_neighbourhood_is_shared_and_answered(come: Come, goals: GoalVersion) -> None:
    officer = come(office=OFFICER)
    process = started(officer, goals.project)
    resident = come(office=RESIDENT, width=PHONE, scripts=False)
    need = needed(resident, process)
    neighbour = registered(come, "13900002001", name="槐树下的人", width=WIDER_PHONE)
    supported(neighbour, process)

    society = come(office=SOCIETY)
    society.page.goto(need)
    assert "1 人附议" in society.page.inner_text("#supports")
    send(society, "offer_resources", text=BRINGS)
    answered(officer, need, outcome="adopted", reason=NEED_ANSWERED)

    told = resident.page
    told.goto(need)
    assert BRINGS in told.inner_text("#said")
    assert NEED_ANSWERED in told.inner_text("#answered")
    assert OFFICE in told.inner_text("#answered")
    told.goto(process)
    assert NEED in told.inner_text("#goings")
    nothing_wrong(officer, resident, neighbour, society)


def test_one_figure_of_the_centre_moves_another_is_refused_and_everybody_sees_which(
    come: Come, goals: GoalVersion
) -> None:
    officer, society = come(office=OFFICER), come(office=SOCIETY)
    process = started(officer, goals.project)
    resident = come(office=RESIDENT, width=PHONE, scripts=False)
    moved = suggested(society, goals, asked="85", why="走访两千户，八成五说得出满意在哪里。")
    refused = suggested(resident, goals, asked="99", why="就要做到人人满意。")
    adopted(officer, moved, reason=DONE)
    answered(officer, refused, outcome="declined", reason=NOT_DONE)
    approved(come)
    officer.page.goto(process)
    send(officer, "conclude_process", account=ACCOUNT)

    visitor = come(width=WIDER_PHONE)
    seen_by_all(visitor, process)
    nothing_wrong(officer, society, resident, visitor)


def nothing_wrong(*readers: Reader) -> None:
    """No page is wider than its screen, and no browser noticed anything."""
    assert [reader.sideways() for reader in readers] == [0] * len(readers)
    assert [fault for reader in readers for fault in reader.noticed()] == []


def started(officer: Reader, project: Project) -> str:
    """Three clicks from the project; people may speak from today on."""
    page = officer.open(f"/projects/{project.pk}/")
    follow(page.locator("#participation a", has_text="发起参与过程"))
    follow(page.locator("#templates a", has_text="收集需求"))
    follow(page.locator("#start_process button.primary"))
    process = Process.objects.filter(project=project).latest("pk")
    page = officer.open(f"/participation/processes/{process.pk}/")
    page.locator("#move_phases summary").click()
    today = business_date()
    for name, day in (("opens_1", today - DAY), ("closes_1", today - DAY), ("opens_2", today)):
        page.fill(f"#move_phases [name={name}]", day.isoformat())
    send(officer, "move_phases", reason="材料上周已经贴在公告栏。")
    expect(page.locator("#now")).to_contain_text("收集需求和建议")
    return page.url


def needed(resident: Reader, process: str) -> str:
    """A need from a phone without scripts; where it then stands."""
    wrote(resident, process, title=NEED, text=WHY_NEED)
    return submitted(resident, NEED)


def wrote(reader: Reader, process: str, *, title: str, text: str) -> None:
    page = reader.page
    page.goto(process)
    follow(page.locator("a.button", has_text="提意见"))
    send(reader, "submit_voice", kind="need", title=title, text=text)


def supported(neighbour: Reader, process: str) -> None:
    """Somebody who writes the same is shown the other's, and stands behind it instead."""
    page = neighbour.page
    page.goto(process)
    follow(page.locator("a.button", has_text="提意见"))
    page.check("#submit_voice [name=kind][value=need]")
    page.fill("#title", ALIKE)
    page.locator("#text").press_sequentially("我妈走不了一公里，助餐点放在一楼。")
    alike = page.locator("#similar a", has_text=NEED)
    expect(alike).to_be_visible()
    follow(alike)
    send(neighbour, "support_voice")
    expect(page.locator("#withdraw_support")).to_be_visible()


def seen_by_all(visitor: Reader, process: str) -> None:
    """Whoever passes by sees on the process's page what came of which, and on the goal by whom."""
    page = visitor.page
    page.goto(process)
    assert ACCOUNT in page.inner_text("#effect")
    assert visitor.axe() == []
    follow(page.locator("a", has_text="说了什么，做了什么"))
    told = main(visitor)
    assert "改变了 1 个数字" in told
    assert "≥85" in told
    assert NOT_DONE in told
    assert OFFICE in told
    assert "逾期" not in told
    follow(page.locator(".told-line a[href*='/goals/']").first)
    expect(page.locator("#indicators")).to_contain_text(re.compile("因意见 №.+ 而改"))
    assert "≥85" in page.inner_text("#indicators")


def test_the_centres_survey_is_answered_by_link_once_and_small_cells_are_withheld(
    come: Come, goals: GoalVersion
) -> None:
    officer = come(office=OFFICER)
    address = asked(officer, goals.project)
    send(officer, "invite_respondents", addresses="13900003001")
    link = newest(come, rf"https?://\S+{address}answering/\S+")
    person = come(width=WIDER_PHONE, scripts=False)
    page = person.page
    page.goto(link)
    page.check("input[name=q1][value='4']")
    page.check("input[name=q2][value='3']")
    follow(page.locator("#answer_survey button.primary"))
    assert "收到了" in page.inner_text("h1")
    assert person.sideways() == 0
    page.goto(link)
    assert page.locator("#answer_survey").count() == 0, "a link is used once"

    officer.open(address)
    assert "1 人已经回答" in officer.page.inner_text("#progress")
    send(officer, "close_survey")
    send(officer, "publish_survey_result")
    page = come(width=PHONE).open(address)
    assert "不公布任何数字" in page.inner_text("#result")


def asked(officer: Reader, project: Project) -> str:
    """A survey of a sample about the centre, open."""
    page = officer.open(f"/participation/surveys/starting/?project={project.pk}")
    given = {"title": "社区中心满意度", "asked": "20", "population": "900", "method": "等距抽取"}
    for name, value in given.items():
        page.fill(f"#start_survey [name={name}]", value)
    page.check("#start_survey [name=sampled][value=yes]")
    page.fill("#closes_on", (business_date() + 9 * DAY).isoformat())
    for code in ("overall", "age"):
        page.check(f"#start_survey [name=bank][value={code}]")
    follow(page.locator("#start_survey button.primary"))
    survey = Survey.objects.get(project=project)
    officer.open(f"/participation/surveys/{survey.pk}/")
    send(officer, "open_survey")
    return f"/participation/surveys/{survey.pk}/"


def test_the_centres_panel_is_drawn_by_the_log_and_answered(come: Come, goals: GoalVersion) -> None:
    officer = come(office=OFFICER)
    address = announced(officer, goals.project)
    resident = come(office=RESIDENT, width=PHONE, scripts=False)
    resident.open(address)
    send(resident, "volunteer_for_panel", **{"feature-0": "青萍社区"})
    assert "您的编号是" in resident.page.inner_text("#mine")
    apart(lambda: others_volunteer(goals.project))

    officer.open(address)
    send(officer, "close_volunteering")
    apart(lambda: solved_and_sealed(goals.project))
    officer.open(address)
    send(officer, "hold_panel_draw")
    resident.open(address)
    assert "您被抽中了" in resident.page.inner_text("#mine")
    send(resident, "accept_panel_seat")
    said = "价目和菜单贴在门口，每周换一次。"
    send(resident, "submit_panel_opinion", text=said)
    officer.open(address)
    answer = {"outcome": "adopted", "reason": "每周一张贴。", "changed": "服务合同加一条。"}
    send(officer, "answer_panel_opinion", **answer)

    visitor = come(width=WIDER_PHONE)
    told = visitor.open(address).inner_text("main")
    assert "刚才重算了一遍，结果相同" in told
    assert said in told
    assert answer["changed"] in told
    assert "乔立秋" not in told
    assert visitor.sideways() == resident.sideways() == 0
    assert visitor.axe() == []


def announced(officer: Reader, project: Project) -> str:
    """A panel of two about the centre, one from each of two neighbourhoods."""
    officer.open(f"/participation/panels/announcing/?project={project.pk}")
    today = business_date()
    send(
        officer,
        "announce_panel",
        title="社区中心居民监督组",
        text="看钱花得对不对，服务开得好不好。",
        size="2",
        quotas="社区 青萍社区 1 1\n社区 水岸社区 1 1",
        until=(today + DAY).isoformat(),
        meets_on=(today + 9 * DAY).isoformat(),
    )
    return f"/participation/panels/{Panel.objects.get(project=project).pk}/"


def others_volunteer(project: Project) -> None:
    """Two more, who have no browser; then the time to volunteer is over."""
    panel = Panel.objects.with_facts().get(project=project)
    for number in range(2):
        person = register_person(by=SYSTEM, username=f"waterside-{number}", name="某人")
        volunteer_for_panel(
            by=member_of(person, second_factor=True, fresh=True),
            panel=panel,
            features={"社区": "水岸社区"},
        )
    yesterday: date = business_date() - DAY
    Panel.objects.filter(pk=panel.pk).update(until=yesterday)


def solved_and_sealed(project: Project) -> None:
    """What the jobs do: the fairest lottery is published, and the log seals it."""
    solve(Panel.objects.get(project=project).pk)
    sign_all()
