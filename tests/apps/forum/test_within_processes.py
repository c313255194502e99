"""Questions to the market and joint projects within a process: shown there, done in its phase."""

from datetime import date, timedelta

import pytest

import city_hall
from apps.forum import firms
from apps.forum.test_processes import started
from gongzhi.core.charter import VISITOR, Refused
from gongzhi.forum.actions import joint, market
from gongzhi.forum.attached import attached_to
from gongzhi.forum.models import JointProject, MarketQuestion, Process
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def in_phase(process: Process, code: str) -> date:
    """Go to the first day of a phase; its last day."""
    phase = next(each for each in process.dates() if each.code == code)
    move_business_date(to=phase.opens_on)
    return phase.closes_on


def question(unit, due_on: date, *, item: str = "组件") -> MarketQuestion:
    asked = market.Asked(item=item, unit="元/瓦", purpose="核定补贴", due_on=due_on)
    return market.ask_market(by=unit.officer, project=unit.project, asked=asked)


def quoted(question: MarketQuestion, region) -> None:
    by = firms.firm(1, within=region)
    firms.quote(by, question, "2.5", valid_until=business_date() + 90 * DAY)


def begun(unit) -> JointProject:
    return joint.start_joint_project(
        by=unit.officer, project=unit.project, title="一起做", purpose="做成", does="牵头"
    )


def shown(process: Process) -> dict[str, int]:
    return {each.kind: each.count for each in attached_to(VISITOR, process)}


def test_a_question_asked_while_a_process_consults_belongs_to_it(disclosed, region):
    process = started(disclosed)
    last = in_phase(process, "consulting")
    within = question(disclosed, last)
    assert within.process == process
    assert shown(process) == {"market_question": 1}
    quoted(within, region)


def test_a_question_that_runs_longer_than_the_phase_stands_alone(disclosed, region):
    process = started(disclosed)
    before = question(disclosed, business_date() + DAY, item="支架")
    last = in_phase(process, "consulting")
    longer = question(disclosed, last + DAY)
    assert before.process is longer.process is None
    move_business_date(to=last + DAY)
    quoted(longer, region)


def test_5_16_once_the_phase_is_over_nobody_quotes_any_more(disclosed, region):
    process = started(disclosed)
    last = in_phase(process, "consulting")
    within = question(disclosed, last)
    move_business_date(to=last + DAY)
    with pytest.raises(Refused) as refused:
        quoted(within, region)
    assert refused.value.clauses == ("5.16",)
    assert not within.quotes.exists()


def test_a_joint_project_keeps_to_the_phase_that_coordinates_it(disclosed, region):
    process = started(disclosed, template="joint")
    last = in_phase(process, "coordinating")
    together = begun(disclosed)
    assert together.process == process
    assert shown(process) == {"joint_project": 1}
    joint.join_joint_project(by=firms.firm(1, within=region), joint=together, does="出料")
    move_business_date(to=last + DAY)
    with pytest.raises(Refused) as refused:
        joint.join_joint_project(by=firms.firm(2, within=region), joint=together, does="出力")
    assert refused.value.clauses == ("5.16",)


def test_a_joint_project_of_no_process_is_bound_to_no_phase(disclosed, region):
    started(disclosed, template="joint")  # its papers are only being published
    together = begun(disclosed)
    assert together.process is None
    joint.join_joint_project(by=firms.firm(1, within=region), joint=together, does="出料")
