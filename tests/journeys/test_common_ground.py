"""Several people on a topic: statements, stances, one that is hidden, and the map for everybody."""

from datetime import timedelta
from uuid import UUID, uuid4

from playwright.sync_api import expect

from apps.forum.talks import citizen
from gongzhi.forum.actions import topics
from gongzhi.forum.actions.opinion_maps import draw_due_maps
from gongzhi.forum.actions.topics import Opening
from gongzhi.forum.models import Stance, Statement, TallyPart, Topic
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation
from gongzhi.parties.people import counts_as
from journeys.beside import apart, main, member, send
from journeys.conftest import Come
from journeys.reader import follow
from journeys.speaking import OFFICER, PHONE, RESIDENT

QUESTION = "三楼活动室先给谁用？"
SAID = ("周末给孩子", "工作日给老人", "晚上给上班的人", "开放预约", "按楼栋轮流", "周末不开放",
        "收一点清洁费", "不收费", "延长到九点")  # fmt: skip
OWN = "先听三楼邻居的"
UNFIT = "车位便宜卖，加我"
CAMPS = ((1, -1, 1, 1, -1, -1, 1, -1, 1), (-1, 1, -1, 1, 1, 1, -1, 1, -1))


def asked() -> Topic:
    opening = Opening(question=QUESTION, closes_on=business_date() + timedelta(days=30))
    owner = Organisation.objects.get(code="YH-301")
    topic = topics.open_topic(by=member(OFFICER), owner=owner, opening=opening)
    neighbour = citizen(7001)
    for text in (*SAID, UNFIT):
        topics.submit_statement(by=neighbour, topic=topic, text=text)
    return topic


def many_answer(topic: Topic, *, like: str) -> None:
    """Thirty more people in two camps; somebody of the first leaves out a statement each."""
    rows = list(Statement.objects.filter(topic=topic, text__in=SAID).order_by("pk"))
    for number in range(30):
        who = uuid4()
        for at, row in enumerate(rows):
            if at != number % len(rows):
                value = CAMPS[number >= 18][at]
                Stance.objects.create(statement=row, who=who, value=value)
                TallyPart.objects.create(statement=row, agree=value == 1, disagree=value == -1)
    mine = UUID(counts_as(member(like)))
    for at, row in enumerate(rows):
        Stance.objects.get_or_create(statement=row, who=mine, defaults={"value": CAMPS[0][at]})
    draw_due_maps()


def test_several_people_a_hidden_statement_and_the_map_for_everybody(come: Come) -> None:
    topic = apart(asked)
    address = f"/participation/topics/{topic.pk}/"
    resident = come(width=PHONE, scripts=False, office=RESIDENT)
    page = resident.open(f"{address}groups/")
    expect(page.locator("main")).to_contain_text("才有地图")

    page = resident.open(address)
    follow(page.locator("#take_stance button.agree"))
    expect(page.locator("#statements")).to_contain_text("我的态度")
    page.locator("#submit_statement summary").click()
    page.locator("#submit_statement [name=text]").fill(OWN)
    follow(page.locator("#submit_statement button"))

    officer = come(office=OFFICER)
    page = officer.open(address)
    follow(page.locator("#statements li", has_text=UNFIT).locator("a", has_text="举报"))
    send(officer, "hide_post", category="advertising", reason="推销车位")

    apart(lambda: many_answer(topic, like=RESIDENT))
    visitor = come(width=PHONE)
    page = visitor.open(f"{address}groups/")
    expect(page.locator("#summary")).to_contain_text("分成 2 组")
    expect(page.locator("#united")).to_contain_text("开放预约")
    expect(page.locator("#groups h3")).to_have_count(2)
    expect(page.locator("#minority")).to_contain_text("第 2 组")
    expect(page.locator("#ordered li")).to_have_count(len(SAID) + 1)
    assert UNFIT not in main(visitor)
    assert "我的位置" not in main(visitor)
    assert visitor.sideways() == 0
    assert visitor.axe() == []

    page = resident.open(f"{address}groups/")
    expect(page.locator("#summary")).to_contain_text("您离第 1 组最近")
    expect(page.locator("#opinions table")).to_be_visible()
    assert resident.sideways() == 0
