"""The community centre's votes: what is told is what everybody may do, and what is counted."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

import pytest

import city_hall
from city_hall import Unit
from gongzhi.city.citizens import NOWHERE, citizen_called
from gongzhi.city.invented.voted import ToldVote, load_voted
from gongzhi.city.living.happenings import in_order
from gongzhi.city.living.voting import Voting, vote_of
from gongzhi.connectors.pabulib import read_pabulib
from gongzhi.core.balance.voting import count, method_for
from gongzhi.core.charter import SYSTEM, VISITOR, Member
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import FormVersion, GoalVersion, Project
from gongzhi.forum.models import Ballot, BallotReceipt, BoxKeeper, VoteProposal
from gongzhi.parties.actions.setting_up import move_business_date, register_organisation
from gongzhi.parties.answer_links import AnswerLink
from gongzhi.parties.models import Deed, Office
from gongzhi.parties.subject_keys import SubjectKey
from verified import verified

pytestmark = pytest.mark.django_db
FUND, NEXT = load_voted()
WON = {"fund": [2, 5, 4], "next": [2, 5, 8, 3, 9]}


@dataclass
class Town:
    """The unit that holds the votes, and those of other houses who look on or propose."""

    unit: Unit
    others: dict[str, Office] = field(default_factory=dict)
    bureau: Office | None = None

    @property
    def organisations(self):
        return {FUND.holder: self.unit.organisation}

    @property
    def budget(self) -> Member:
        return verified(self.bureau)

    def member(self, code: str, role: str) -> Member:
        if code == FUND.holder:
            return self.unit.reviewer if role == "reviewer" else self.unit.officer
        return verified(self.others[code])

    def anybody(self, code: str) -> Member:
        return self.member(code, "")


@pytest.fixture
def town(unit, region, settings) -> Town:
    settings.DEMO = True
    kinds = {"YH-401": "congress", "YH-501": "social", "YH-502": "enterprise"}
    town = Town(unit, bureau=city_hall.budget_office(within=region))
    for code, kind in kinds.items():
        house = register_organisation(by=SYSTEM, region=region, code=code, name=code, kind=kind)
        town.others[code] = city_hall.office(house, "officer", "officer")
    Project.objects.filter(pk=unit.project.pk).update(code=FUND.project)
    unit.organisation.code = FUND.holder
    unit.organisation.save()
    citizen_called(username="shimin", name="某人")
    return town


def live(town: Town, told: ToldVote) -> None:
    """All that is told of a vote, each on its day; every step could be taken."""
    happenings = in_order(Voting(people=town, told=(told,)).happenings())
    missed = []
    for on, of_day in groupby(happenings, key=lambda each: each.on):
        move_business_date(to=on)
        missed += [each.do.args for each in of_day if not each.do()]
    lost = len(told.proposals) - len(WON[told.key])
    assert len(missed) == lost, "only what lost can't be adopted"


@pytest.mark.parametrize("told", load_voted(), ids=lambda told: told.key)
def test_s56_a_vote_goes_as_it_is_told_and_is_counted_again_from_its_file(town, told):
    live(town, told)
    vote = vote_of(told)
    assert [each["project"] for each in vote.result.outcome["rounds"]] == WON[told.key]
    named = {each.by.username for each in told.cast if each.by}
    linked = sum(each.count for each in told.cast if each.by is None)
    assert vote.result.ballots == linked + len(named) + len(told.papers.filled)
    assert vote.result.spoilt == 0
    assert "Said(" not in str(vote.result.outcome), "sentences inside sentences are kept as such"
    read = read_pabulib(vote.result.file.encode()).vote
    again = count(read.election, method_for(read.election.kind))
    assert [int(each) for each in again.selected] == WON[told.key]
    assert any(
        set(other["selected"]) != set(WON[told.key])
        for other in vote.result.outcome["others"].values()
    )


def test_no_ballot_in_the_log_leads_to_a_resident(town):
    live(town, FUND)
    vote = vote_of(FUND)
    assert not Ballot.objects.filter(vote=vote).exists()
    assert not SubjectKey.objects.filter(subject=f"voters:{vote.pk}").exists()
    assert not BoxKeeper.objects.exclude(share=None, released=None).exists()
    assert not Deed.objects.filter(verb__in=["cast_ballot", "ask_for_ballot"]).exists()
    assert BallotReceipt.objects.filter(vote=vote).count() == vote.result.ballots
    said = [str(each) for each in Deed.objects.values_list("public", flat=True)]
    assert not any(NOWHERE in each for each in said)
    links = AnswerLink.objects.filter(about=vote.thing().name)
    assert not set(links.values_list("contact", flat=True)) & set(_digests(vote))


def _digests(vote) -> list[str]:
    return list(vote.receipts.values_list("digest", flat=True))


def test_winners_of_the_next_year_are_drafted_and_approved_with_the_cost_on_the_ballot(town):
    live(town, NEXT)
    for number in WON["next"]:
        winner = VoteProposal.objects.get(vote=vote_of(NEXT), number=number)
        version = GoalVersion.objects.get(project=winner.became, stage="approved")
        assert version.fiscal_year == 2027
        plan = goal_from_record(version.record)
        assert plan.goal.budget == winner.cost_yuan == sum(plan.money_by_month)
        assert plan.goal.text == winner.text
    assert vote_of(NEXT).budget_yuan >= Decimal(vote_of(NEXT).result.outcome["cost"])


def test_inside_the_fund_winners_are_projects_at_once_and_can_be_followed(town):
    live(town, FUND)
    became = {each.became.code for each in VoteProposal.objects.filter(stage="won")}
    assert became == {f"{FUND.codes}{number:02}" for number in WON["fund"]}
    for number in WON["fund"]:
        winner = VoteProposal.objects.get(vote=vote_of(FUND), number=number)
        version = GoalVersion.objects.get(project=winner.became, stage="approved")
        assert version.fiscal_year == vote_of(FUND).closes_on.year
        plan = goal_from_record(version.record)
        assert plan.goal.budget == winner.cost_yuan == sum(plan.money_by_month)
        assert not any(plan.money_by_month[: FUND.budgeting.approved_on.month - 1])
        assert plan.goal.text == winner.text
        assert Project.objects.visible_to(VISITOR).filter(pk=winner.became_id).exists()
        read = winner.became.readings.values_list("indicator", flat=True)
        assert set(read) == {line.key for line in plan.goal.indicators}
        assert FormVersion.objects.filter(project=winner.became, stage="published").exists()
