"""Use of results as pages: proposed for many, decided by somebody else, told to everybody."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from apps.cycle.evaluated import YEAR, bureau_of, evaluator
from apps.cycle.test_results import BUDGET, NEXT, concluded
from gongzhi.cycle.models import ResultDecision, ResultProposal, UseAccount
from gongzhi.parties.models import Office
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def judged(unit):
    """A disclosed project that spent 70 % of its budget."""
    city_hall.published(unit)
    monitored.fund(unit, BUDGET, year=YEAR)
    monitored.pay(unit, date(YEAR, 11, 3), BUDGET * Decimal("0.7"))
    unit.project.refresh_from_db()
    return unit


def browser(member) -> VerifiedClient:
    return signed_in(Office.objects.get(pk=member.office))


def page(client, name, *args, status: int = 200, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": name, **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def proposed(bureau, region, judged) -> ResultProposal:
    client = browser(bureau.first)
    given = {"fiscal_year": NEXT, "year": YEAR, "project": judged.project.pk}
    post(client, "propose_results", region.pk, **given)
    return ResultProposal.objects.get()


def test_the_bureau_sees_what_would_be_proposed_and_proposes_it(judged, bureau, region, client):
    office = browser(bureau.first)
    text = page(office, "results", query=f"?year={YEAR}")
    assert judged.project.name in text
    assert "还没有提出建议" in text
    assert "95.00" in text
    row = proposed(bureau, region, judged)
    text = page(office, "results", query=f"?year={YEAR}&state=proposed")
    assert reverse("result-proposal", args=[row.pk]) in text
    assert judged.project.name not in page(client, "results", query=f"?year={YEAR}")
    assert page(client, "result-proposal", row.pk, status=404)


def test_all_of_the_list_is_proposed_at_once(judged, other, bureau, region):
    monitored.fund(other, BUDGET, year=YEAR)
    office = browser(bureau.first)
    post(office, "propose_results", region.pk, fiscal_year=NEXT, year=YEAR, whole="yes")
    assert ResultProposal.objects.count() == 2
    again = {"fiscal_year": NEXT, "year": YEAR, "unit": str(other.organisation.pk), "whole": "yes"}
    office.post(reverse("propose_results", args=[region.pk]), {"key": "again", **again})
    assert ResultProposal.objects.filter(stage="replaced").count() == 1


def test_nothing_chosen_is_said(judged, bureau, region):
    text = post(
        browser(bureau.first), "propose_results", region.pk, status=422,
        fiscal_year=NEXT, year=YEAR,
    )  # fmt: skip
    assert "没有可以提出建议的项目" in text


def test_each_step_of_a_proposal_names_its_sum_and_its_clause(judged, bureau, region):
    row = proposed(bureau, region, judged)
    text = page(browser(bureau.second), "result-proposal", row.pk)
    assert "预算执行率 70%，低于 80%，减基数的 5%" in text
    assert "1000000 × 5% = 50000" in text
    assert "以 1,000,000.00 元为基数，减 50,000.00 元，建议 950,000.00 元" in text
    assert "4.17" in text


def test_a_decision_that_differs_needs_its_reason_and_is_public(judged, bureau, region, client):
    row = proposed(bureau, region, judged)
    office = browser(bureau.second)
    text = post(office, "decide_result", row.pk, status=422, amount="1000000")
    assert "与建议 950000.00 元不一致" in text or "请写明理由" in text
    office.post(
        reverse("decide_result", args=[row.pk]),
        {"key": "with reason", "amount": "1000000", "reason": "合同已签，不能停"},
    )
    text = page(client, "result-proposal", row.pk)
    assert "合同已签，不能停" in text
    assert "与建议不一致" in text
    chain = page(client, "project-results", judged.project.pk)
    assert f"{YEAR} 年 → {NEXT} 年" in chain
    assert "100.00" in chain
    assert "与建议不一致" in page(client, "results", query=f"?year={YEAR}&state=differs")


def test_many_are_decided_as_proposed_by_somebody_else(judged, bureau, region):
    row = proposed(bureau, region, judged)
    own = browser(bureau.first)
    given = {"fiscal_year": NEXT, "year": YEAR, "proposal": row.pk}
    assert own.post(
        reverse("decide_results", args=[region.pk]), {"key": "own", **given}
    ).status_code in (403, 422)
    post(browser(bureau.second), "decide_results", region.pk, **given)
    assert ResultDecision.objects.get().amount == row.result


def test_what_was_adopted_of_a_social_evaluation_is_told(judged, bureau, region, client):
    firm = evaluator("F1", kind="evaluator", within=region)
    society = evaluator("S1", kind="social", within=region)
    concluded(judged, bureau, firm, share="0.78")
    evaluation = concluded(judged, bureau, society, kind="social", share="0.87")
    row = proposed(bureau, region, judged)
    text = page(browser(bureau.second), "result-proposal", row.pk)
    assert "没有社会组织评价时：" in text
    assert "它使建议多了" in text
    post(browser(bureau.second), "decide_result", row.pk, amount=str(row.result))
    told = {
        "evaluation": evaluation.pk,
        "outcome": "partly",
        "adopted": "候诊时间的意见",
        "changed": "候诊时间指标改为20分钟",
        "reason": "取消收费不属于本项目",
    }
    post(browser(bureau.first), "account_for_use", row.pk, **told)
    assert UseAccount.objects.get().evaluation == evaluation
    text = page(client, "result-proposal", row.pk)
    assert "候诊时间指标改为20分钟" in text
    assert "取消收费不属于本项目" in text


def test_a_next_years_budget_leads_back_to_the_finding(judged, bureau, region, client):
    row = proposed(bureau, region, judged)
    post(browser(bureau.second), "decide_result", row.pk, amount=str(row.result))
    monitored.fund(judged, row.result, year=NEXT)
    text = page(client, "project-results", judged.project.pk)
    assert "与决定一致" in text
    budget = page(client, "project-budget", judged.project.pk, query=f"?year={NEXT}")
    assert f"{reverse('project-results', args=[judged.project.pk])}#year-{NEXT}" in budget
