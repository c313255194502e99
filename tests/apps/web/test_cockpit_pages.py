"""The desk of a unit, of a department, of the bureau; the late list inside; the deputies' page."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.readings import open_collection
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Aim, Alert, AlertStep, BudgetAct, Profile
from gongzhi.cycle.tasks import follow_up
from gongzhi.intake.lists import open_list
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Office
from verified import VerifiedClient, signed_in, verified

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 20)


@pytest.fixture
def unit(settings) -> city_hall.Unit:
    """A unit under a department; its money runs far ahead of its goals."""
    settings.DEMO = True
    move_business_date(to=AUGUST)
    unit = city_hall.unit("1", within=city_hall.region())
    department = city_hall.unit("2", within=unit.organisation.region)
    unit.organisation.parent = department.organisation
    unit.organisation.save()
    follow(unit)
    return unit


def follow(unit: city_hall.Unit) -> None:
    """Promise, pay and read, then look."""
    monitored.disclose(unit)
    monitored.promise(unit)
    monitored.fund(unit)
    for month in range(1, 9):
        monitored.pay(unit, date(2026, month, 15), monitored.BUDGET / 10, payee="某公司")
    monitored.read_months(unit, "km", [5, 10, 15, 20, 25, 30, 35])


def looked() -> None:
    watch_projects(year=monitored.YEAR)
    follow_up(business_date())


@pytest.fixture
def budget_office(unit: city_hall.Unit) -> Office:
    return city_hall.budget_office(within=unit.organisation.region)


@pytest.fixture
def bureau(budget_office: Office) -> VerifiedClient:
    return signed_in(budget_office)


def department_of(unit: city_hall.Unit) -> VerifiedClient:
    return signed_in(Office.objects.get(organisation=unit.organisation.parent, title="officer"))


def elsewhere(unit: city_hall.Unit, kind: str) -> VerifiedClient:
    there = city_hall.unit(f"7{kind}", within=unit.organisation.region, kind=kind)
    return signed_in(there.officer_office)


def page(client: Client, route: str = "desk", **asked: str) -> str:
    answer = client.get(reverse(route), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def late_alert(unit: city_hall.Unit) -> Alert:
    looked()
    alert = Alert.objects.get(project=unit.project)
    move_business_date(to=date(2026, 10, 30))
    return alert


def test_a_unit_sees_its_curves_its_projects_and_what_is_due(unit):
    looked()

    text = page(signed_in(unit.officer_office))

    assert "答复预警" in text
    assert 'id="own-money"' in text
    assert unit.project.name in text.partition('id="projects"')[2]
    assert 'id="all"' not in text, "it oversees nobody"


def test_the_bureau_sees_what_to_decide_who_is_late_and_all_of_them(unit, bureau):
    late_alert(unit)

    text = page(bureau)

    assert 'id="all"' in text
    late = text.partition('id="late"')[2]
    assert unit.organisation.name in late
    assert "逾期" in late
    assert unit.project.name in text.partition('id="strays"')[2]
    assert "没有上年数据" in text


def test_what_waits_is_narrowed_by_kind_and_the_kind_stays_when_nothing_is_left(unit, bureau):
    alert = late_alert(unit)
    AlertStep.objects.create(alert=alert, verb="propose_suspension", done_on=AUGUST)
    Alert.objects.filter(pk=alert.pk).update(stage="unanswered")

    assert unit.project.name in page(bureau, what="decide_suspension")
    assert bureau.get(reverse("desk"), {"what": "approve_goals"}).status_code == 200
    assert bureau.get(reverse("desk"), {"what": "person__password"}).status_code == 400


def test_the_late_list_shows_each_reader_their_own_units(unit, bureau):
    other = city_hall.unit("3", within=unit.organisation.region)
    follow(other)
    looked()
    move_business_date(to=date(2026, 10, 30))

    both = page(bureau, "late")
    assert unit.project.name in both
    assert other.project.name in both
    narrowed = page(bureau, "late", unit=str(unit.organisation.pk), what="answer_alert")
    assert other.project.name not in narrowed.partition('class="plain-list"')[2]

    of_department = page(department_of(unit), "late")
    assert unit.project.name in of_department
    assert other.project.name not in of_department

    for kind in ("congress", "audit"):
        assert unit.project.name in page(elsewhere(unit, kind), "late")
    for kind in ("social", "enterprise", "evaluator"):
        assert unit.project.name not in page(elsewhere(unit, kind), "late")


def test_a_call_that_nobody_answered_is_late(unit, budget_office):
    open_collection(
        by=verified(budget_office),
        organisation=budget_office.organisation,
        fiscal_year=2026,
        month=7,
        title="七月填报",
        working_days=3,
    )
    assert "七月填报" not in page(department_of(unit), "late")
    move_business_date(to=date(2026, 9, 30))

    text = page(department_of(unit), "late")

    assert "七月填报" in text
    assert unit.organisation.name in text


def decided(unit: city_hall.Unit, amount: int) -> BudgetAct:
    return BudgetAct.objects.create(
        project=unit.project,
        fiscal_year=2026,
        kind="amendment",
        amount=amount,
        authority="某市人大常委会",
        document_number="某人常〔2026〕7号",
        decided_on=date(2026, 7, 1),
        reason="汛期抢险",
        office=unit.officer_office,
    )


def test_deputies_see_money_promises_changes_and_what_was_stopped(unit):
    aim = Aim.objects.create(code="A1", name="改造老旧管网", kind="livelihood")
    Profile.objects.create(project=unit.project, aim=aim, described_on=AUGUST)
    decided(unit, 200_000)
    looked()
    alert = Alert.objects.get()
    AlertStep.objects.create(
        alert=alert, verb="answer_alert", choice="cancel", reason="不再需要", done_on=AUGUST
    )
    deputy = elsewhere(unit, "congress")

    text = page(deputy, "deputies")

    departments, _, rest = text.partition('id="aims"')
    assert unit.organisation.parent.name in departments
    aims, _, rest = rest.partition('id="changes"')
    assert "改造老旧管网" in aims
    changed, _, halted = rest.partition('id="stopped"')
    assert "某市人大常委会 某人常〔2026〕7号" in changed
    assert "200,000.00" in changed
    assert "不再需要" in halted
    assert f"about=project:{unit.project.pk}" in text, "it may ask"


def test_a_year_that_has_only_begun_leaves_the_one_before_in_sight(unit, bureau):
    looked()
    move_business_date(to=date(2027, 1, 15))

    own = page(signed_in(unit.officer_office)).partition('id="projects"')[2]
    assert f">{unit.project.name}</a>" in own
    assert "还没有" not in own.partition("</table>")[0], "its goals are those of the year before"
    deputy = elsewhere(unit, "congress")
    assert unit.organisation.parent.name in page(deputy, "deputies").partition('id="aims"')[0]
    assert unit.project.name in page(bureau).partition('id="strays"')[2]


def test_what_others_see_of_it_is_what_is_public(unit, client):
    decided(unit, 200_000)
    hidden = city_hall.unit("4", within=unit.organisation.region)
    monitored.fund(hidden, Decimal(77))
    looked()

    for reader in (client, elsewhere(unit, "social")):
        text = page(reader, "deputies")
        assert unit.organisation.parent.name in text
        assert hidden.organisation.name not in text
        assert "about=project:" not in text


def test_the_page_for_deputies_is_kept_as_a_workbook(unit, client):
    decided(unit, 200_000)
    looked()

    book = open_list("a.xlsx", client.get(reverse("deputies"), {"as": "xlsx"}).content)

    cells = [str(cell) for sheet in book.sheets for _, row in sheet.rows() for cell in row]
    assert "某人常〔2026〕7号" in cells
    assert len(book.sheets) == 4


def test_p05_more_projects_cost_no_more_questions(unit, bureau):
    looked()

    def asked() -> list[int]:
        counts = []
        for route in ("desk", "late", "deputies"):
            with CaptureQueriesContext(connection) as queries:
                page(bureau, route)
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    for number in range(4):
        other = city_hall.unit(f"5{number}", within=unit.organisation.region)
        other.organisation.parent = unit.organisation.parent
        other.organisation.save()
        follow(other)
    looked()
    asked()  # the bar counts anew after deeds
    assert asked() == few


@pytest.mark.parametrize(("route", "most"), [("desk", 45), ("monitoring", 29), ("alerts", 12)])
def test_p05_a_page_of_many_pictures_asks_few_questions(
    unit, bureau, django_assert_max_num_queries, route, most
):
    late_alert(unit)
    page(bureau, route)

    with django_assert_max_num_queries(most):
        page(bureau, route)


@pytest.mark.parametrize("route", ["desk", "monitoring"])
def test_what_waits_is_asked_once_for_a_page_and_the_bar_above_it(unit, bureau, route):
    late_alert(unit)
    with CaptureQueriesContext(connection) as captured:
        page(bureau, route)
    asked = [query["sql"] for query in captured if 'FROM "cycle_derivedfinding"' in query["sql"]]
    assert len(asked) == 1
