"""From a decision to next year's goals and back: begun by the unit, told on every page between."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from apps.cycle import monitored
from apps.cycle.evaluated import YEAR, bureau_of
from apps.cycle.papered import drafted
from apps.cycle.test_results import BUDGET, NEXT
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.actions import goals
from gongzhi.cycle.actions.results import Decided, decide_result, propose_results
from gongzhi.cycle.auditing import KINDS, version_faults
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import GoalVersion
from gongzhi.parties.models import Deed, Office
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
OF_GOALS = next(each for each in KINDS if "approve_goals" in each.verbs)


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def judged(unit, bureau):
    """A project with goals that were approved, which spent 70 % of its budget."""
    version = goals.submit_goals(by=unit.reviewer, version=drafted(unit, YEAR))
    goals.approve_goals(by=bureau.first, version=version, document_number="某财绩〔1〕号")
    monitored.fund(unit, BUDGET, year=YEAR)
    monitored.pay(unit, date(YEAR, 11, 3), BUDGET * Decimal("0.7"))
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def decision(judged, bureau, region):
    """As much as was proposed: less than this year's."""
    (proposal,) = propose_results(
        by=bureau.first, region=region, fiscal_year=NEXT, projects=[judged.project]
    )
    return decide_result(
        by=bureau.second, proposal=proposal, decided=Decided(amount=proposal.result)
    )


def browser(member) -> VerifiedClient:
    return signed_in(Office.objects.get(pk=member.office))


def page(client, name, *args, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def kept(judged) -> GoalVersion:
    """The draft that the unit keeps of what the page begins with."""
    officer = browser(judged.officer)
    text = page(officer, "drafting-decided", judged.organisation.pk)
    state = text.partition('name="state" value="')[2].partition('"')[0]
    address = reverse("draft_budget", args=[judged.organisation.pk])
    assert officer.post(address, {"state": state, "row": "0", "key": "k"}).status_code == 302
    return GoalVersion.objects.get(fiscal_year=NEXT)


def test_a_unit_begins_next_years_goals_with_the_money_decided(judged, decision):
    officer = browser(judged.officer)
    listed = page(officer, "goals", query=f"?unit={judged.organisation.pk}")
    assert f"按决定起草 {NEXT} 年的绩效目标" in listed
    version = kept(judged)
    plan, before = (
        goal_from_record(each.record).goal
        for each in (version, GoalVersion.objects.get(fiscal_year=YEAR))
    )
    assert version.decision == decision
    assert (plan.year, plan.budget) == (NEXT, decision.amount)
    assert [line.target for line in plan.indicators] == [line.target for line in before.indicators]
    assert plan.indicators[0].history[-1].year == YEAR
    deed = Deed.objects.filter(verb="draft_budget").last()
    assert deed.public["by_decision"] == [str(decision.pk)]


def test_from_both_ends_one_finds_the_other(judged, decision, bureau, client):
    version = kept(judged)
    proposal = reverse("result-proposal", args=[decision.proposal_id])
    address = reverse("goal-version", args=[version.pk])
    own = page(browser(judged.officer), "goal-version", version.pk)
    assert f"{proposal}#decision" in own
    assert "与决定一致" in own
    assert address not in client.get(proposal).content.decode(), "a draft is the unit's own"
    assert address in browser(judged.officer).get(proposal).content.decode()

    goals.submit_goals(by=judged.reviewer, version=version)
    version.refresh_from_db()
    goals.approve_goals(by=bureau.first, version=version, document_number="某财绩〔2〕号")

    assert address in client.get(proposal).content.decode()
    chain = page(client, "project-results", judged.project.pk)
    assert address in chain
    assert "与决定一致" in chain
    budget = page(client, "project-budget", judged.project.pk, query=f"?year={NEXT}")
    assert f"{proposal}#decision" in budget


def test_who_takes_the_decision_off_approved_goals_is_found(judged, decision, bureau):
    version = kept(judged)
    goals.submit_goals(by=judged.reviewer, version=version)
    version.refresh_from_db()
    goals.approve_goals(by=bureau.first, version=version, document_number="某财绩〔2〕号")
    assert list(version_faults(OF_GOALS)) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cycle_goalversion DISABLE TRIGGER USER")
    GoalVersion.objects.filter(pk=version.pk).update(decision=None)
    (fault,) = version_faults(OF_GOALS)
    assert fault.values["field"] == "by_decision"


def test_goals_for_other_money_than_decided_say_so(judged, decision, bureau, client):
    version = drafted(judged, NEXT)
    assert version.decision == decision
    goals.submit_goals(by=judged.reviewer, version=version)
    version.refresh_from_db()
    goals.approve_goals(by=bureau.first, version=version, document_number="某财绩〔2〕号")
    assert "与决定相差" in page(client, "goal-version", version.pk)
    assert "与决定相差" in page(client, "project-results", judged.project.pk)


def test_the_editor_begins_with_what_was_decided(judged, decision):
    text = page(browser(judged.officer), "drafting-goals", judged.project.pk)
    assert decision.amount < BUDGET
    assert str(decision.amount).removesuffix(".00") in text.replace(",", "")
    assert f'value="{NEXT}"' in text


def test_nothing_begins_where_nothing_is_decided_or_goals_are_under_review(judged, bureau, region):
    officer = browser(judged.officer)
    assert "没有等着起草的决定" in page(officer, "drafting-decided", judged.organisation.pk)
    goals.submit_goals(by=judged.reviewer, version=drafted(judged, NEXT))
    (proposal,) = propose_results(
        by=bureau.first, region=region, fiscal_year=NEXT, projects=[judged.project]
    )
    decide_result(by=bureau.second, proposal=proposal, decided=Decided(amount=proposal.result))
    assert "没有等着起草的决定" in page(officer, "drafting-decided", judged.organisation.pk)
    asked = officer.get(
        reverse("drafting-decided", args=[judged.organisation.pk]), {"fiscal_year": "nonsense"}
    )
    assert asked.status_code == 200


def test_whoever_may_not_read_a_decision_begins_with_none(judged, decision, other):
    stranger = browser(other.officer)
    text = page(stranger, "drafting-decided", judged.organisation.pk)
    assert 'name="state"' not in text or 'name="row"' not in text
    assert GoalVersion.objects.visible_to(VISITOR).filter(fiscal_year=NEXT).count() == 0
