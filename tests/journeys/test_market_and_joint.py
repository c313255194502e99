"""Solar roofs and the flood: several people, each in a browser of their own, on one matter."""

from datetime import timedelta
from decimal import Decimal

import pytest

import city_hall
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import market
from gongzhi.forum.market_quotes import Offered
from gongzhi.forum.models import JointProject, MarketQuestion, QuoteOpening
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office, Organisation
from journeys.beside import apart, main, send
from journeys.conftest import Come
from journeys.reader import follow
from verified import verified

PRICES = ("2.31", "2.44", "2.58", "2.90")
OWN = "2.5217"


@pytest.fixture
def project(come: Come) -> Project:
    """A disclosed project of the economic bureau."""
    office = Office.objects.get(person__username="jingfa")
    found: Project | None = Project.objects.filter(
        unit=office.organisation, stage="disclosed", joint_projects=None
    ).first()
    assert found is not None, "the city has disclosed projects"
    return found


def test_whoever_sets_the_goal_sees_a_range_and_a_firm_its_own_figure(come: Come, project: Project):
    unit, firm, anybody = come(office="jingfa"), come(office="qiye", width=390), come()
    due = business_date() + timedelta(days=10)
    page = f"/participation/market/projects/{project.pk}/"
    unit.open(page)
    send(
        unit,
        "ask_market",
        item="屋顶光伏系统",
        unit="元/瓦",
        purpose="核定补贴标准",
        due_on=due.isoformat(),
    )
    question = MarketQuestion.objects.get(project=project)
    address = f"/participation/market/questions/{question.pk}/"

    firm.open(address)
    send(
        firm,
        "submit_cost_quote",
        price=OWN,
        basis="上季度签约均价",
        valid_until=(due + timedelta(days=90)).isoformat(),
    )
    assert OWN in main(firm)
    assert firm.sideways() == 0
    apart(lambda: others(question, valid=due + timedelta(days=90)))
    firm.open(page)
    send(firm, "give_market_opinion", verdict="high", text="同类结算价低一成")

    apart(lambda: over(question))
    unit.open(address)
    assert OWN not in unit.page.content()
    follow(unit.page.locator("#publish_market_range button"))
    assert "参考了 5 家独立企业" in main(unit)
    unit.open(page)
    label = unit.page.locator("#rest_on_market option").first.text_content() or ""
    send(unit, "rest_on_market", range=label, figure="补贴标准", text="按区间的下端核定")

    anybody.open(page)
    told = main(anybody)
    assert "参考了 5 家企业的区间" in told
    assert "偏高" in told
    assert not any(price in anybody.page.content() for price in (*PRICES, OWN))
    firm.open(address)
    assert "计入第 1 次区间" in main(firm)
    assert QuoteOpening.objects.filter(range__question=question).count() == 5


def over(question: MarketQuestion) -> None:
    """The time for quotes is over today."""
    MarketQuestion.objects.filter(pk=question.pk).update(due_on=business_date())


def others(question: MarketQuestion, *, valid) -> None:
    """Four more firms, which have no browser."""
    region = question.asked_by.region
    for number, price in enumerate(PRICES):
        body = city_hall.unit(f"market-{number}", within=region, kind="enterprise")
        market.submit_cost_quote(
            by=verified(body.officer_office),
            question=question,
            offered=Offered(price=Decimal(price), basis="合同"),
            valid_until=valid,
        )


def test_three_parties_carry_a_project_and_a_missing_lorry_is_seen(come: Come, project: Project):
    lead, firm = come(office="jingfa"), come(office="qiye")
    society = come(office="shezu", width=390)
    soon = (business_date() + timedelta(days=30)).isoformat()
    lead.open(f"/participation/joint/projects/{project.pk}/")
    send(lead, "start_joint_project", title="一起重建", purpose="年底前搬回家", does="牵头出资")
    joint = JointProject.objects.get(project=project)
    board = f"/participation/joint/{joint.pk}/"
    for reader, does in ((firm, "平价供材料"), (society, "清淤和搬家")):
        reader.open(board)
        send(reader, "join_joint_project", does=does)

    lead.open(board)
    send(lead, "state_need", item="水泥", quantity="100", unit="吨", due_on=soon)
    firm.open(board)
    send(firm, "offer_supply", quantity="80", worth="28800", worth_basis="出厂价")
    offer = joint.offers.get()
    lead.open(board)
    send(lead, f"accept_offer-{offer.pk}", quantity="90")
    assert "不能接受更多" in lead.page.inner_text(".error-summary")
    send(lead, f"accept_offer-{offer.pk}", quantity="80")
    firm.open(board)
    send(firm, f"confirm_delivery-{offer.pk}", quantity="80")
    lead.open(board)
    send(lead, f"confirm_delivery-{offer.pk}", quantity="60", note="少到一车")
    assert "两边不一致" in main(lead)

    own = Organisation.objects.get(offices__person__username="shezu")
    send(lead, "set_joint_task", organisation=own.name, text="清两条街", due_on=soon)
    task = joint.tasks.get()
    society.open("/desk/")
    assert "清两条街" in main(society)
    society.open(board)
    send(society, f"report_joint_task-{task.pk}", text="清完了")
    today = business_date().isoformat()
    send(society, "log_volunteers", day=today, people="20", hours="80", work="清淤")
    assert "20 人 80 小时" in main(society)
    assert society.sideways() == 0
    receiver = Organisation.objects.get(pk=joint.lead_id).name
    society.page.locator("#pledge_contribution summary").click()
    society.page.locator("#pledge_contribution [name=raised]").check()
    send(society, "pledge_contribution", receiver=receiver, amount="5000", purpose="被褥")
    assert "没有登记有效的公开募捐资格" in main(society)
    assert not joint.contributions.exists()
