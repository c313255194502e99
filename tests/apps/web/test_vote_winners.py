"""What won a vote leads to a draft of the next year's budget, and the draft leads back to it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from apps.cycle.papered import plan
from apps.forum.voted import cast, closed, opened
from gongzhi.cycle.actions import goals
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.models import VoteProposal
from gongzhi.forum.winners import plan_of_winner
from verified import signed_in

pytestmark = pytest.mark.django_db
WORDS = {
    "zh-hans": ("由居民投票选出", "居民投票选出", "还没有列为候选", "预算草案的候选"),
    "en": ("Chosen by residents", "Chosen by vote", "Not yet a candidate", "Candidate for"),
}


@pytest.fixture(autouse=True)
def demo(settings):
    """Days can be moved only in a demo."""
    settings.DEMO = True


def won(unit, **changed) -> VoteProposal:
    polling = opened(unit, **changed)
    for number in range(25):
        cast(polling, number, 1)
    closed(polling)
    return VoteProposal.objects.with_facts().get(vote=polling.vote, number=1)


def read(client: Client, name: str, pk: object, *, language: str = "zh-hans") -> str:
    client.cookies["django_language"] = language
    answer = client.get(reverse(name, args=[pk]))
    assert answer.status_code == 200, name
    return answer.content.decode()


def adopted(unit, winner: VoteProposal) -> Project:
    officer = signed_in(unit.officer_office)
    page = read(officer, "vote-proposal", winner.pk)
    assert 'id="adopt_winner"' in page
    sent = {"key": "adopt", "code": "QP-1"}
    answer = officer.post(reverse("adopt_winner", args=[winner.pk]), sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Project.objects.get(code="QP-1")


def drafted(unit, winner: VoteProposal, project: Project, *, budget: Decimal) -> GoalVersion:
    begun = plan_of_winner(winner, project).goal
    lines = plan(begun.year or 0).goal.indicators
    return goals.draft_goals(
        by=unit.officer,
        project=project,
        fiscal_year=begun.year or 0,
        plan=GoalPlan(goal=replace(begun, indicators=lines, budget=budget)),
        pack=city_hall.PACK,
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_winner_leads_to_the_draft_budget_and_back(unit, region, client, language):
    behind, badge, not_yet, candidate = WORDS[language]
    bureau = signed_in(city_hall.budget_office(within=region))
    officer = signed_in(unit.officer_office)
    winner = won(unit, use="draft_budget", pool="2027 年预算草案")
    assert not_yet in read(client, "vote-result", winner.vote_id, language=language)
    project = adopted(unit, winner)
    editor = read(officer, "drafting-goals", project.pk, language=language)
    assert winner.text in editor
    assert behind in editor
    version = drafted(unit, winner, project, budget=winner.cost_yuan + 5)
    goals.submit_goals(by=unit.reviewer, version=version)
    bureau.cookies["django_language"] = language
    listed = bureau.get(reverse("goals") + f"?year={version.fiscal_year}").content.decode()
    assert badge in listed
    told = read(bureau, "goal-version", version.pk, language=language)
    assert behind in told
    assert reverse("vote-result", args=[winner.vote_id]) in told
    assert 'state watch">' in told.partition('id="won-in"')[2].partition("</p>")[0]
    assert behind in read(officer, "project", project.pk, language=language)
    assert behind in read(officer, "project-goals", project.pk, language=language)
    seen = read(bureau, "vote-result", winner.vote_id, language=language)
    assert reverse("goal-version", args=[version.pk]) in seen
    outside = read(client, "vote-result", winner.vote_id, language=language)
    assert candidate in outside
    assert reverse("goal-version", args=[version.pk]) not in outside, "a draft isn't public"


def test_inside_an_approved_sum_a_winner_is_a_project_at_once(unit, client):
    winner = won(unit)
    project = adopted(unit, winner)
    assert "已列为项目" in read(client, "vote-proposal", winner.pk)
    assert reverse("project", args=[project.pk]) not in read(client, "vote-proposal", winner.pk)
    assert plan_of_winner(winner, project).goal.year == winner.vote.closes_on.year


def test_a_project_that_no_vote_chose_says_nothing_of_votes(unit):
    officer = signed_in(unit.officer_office)
    assert 'id="won-in"' not in read(officer, "project", unit.project.pk)
    assert 'id="won-in"' not in read(officer, "drafting-goals", unit.project.pk)
