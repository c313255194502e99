"""Votes on projects: rules first, lists checked by two, one voter one ballot, what is counted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from apps.forum.voted import (
    LEAST,
    cast,
    citizen,
    closed,
    enrolled,
    go,
    keyer,
    listed,
    opened,
    planned,
    proposed,
    ready,
    started,
    unlocked,
)
from gongzhi.core.participating.voting import BallotKind, BallotRules
from gongzhi.cycle.models import BudgetLine, GoalVersion
from gongzhi.forum import votes_waiting
from gongzhi.forum.actions import ballots, vote_proposals, vote_winners, votes, voting_rolls
from gongzhi.forum.actions.vote_proposals import Checked
from gongzhi.forum.models import (
    Ballot,
    BallotReceipt,
    RollEntry,
    VoteProposal,
    VoteResult,
)
from gongzhi.forum.winners import plan_of_winner, winner_behind
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    """Days can be moved only in a demo."""
    settings.DEMO = True


# ── rules first ──


def test_a_vote_says_all_beforehand_or_is_not_taken(unit):
    today = business_date()
    with pytest.raises(Unsuitable) as wrong:
        started(
            unit,
            title=" ",
            pool="",
            budget_yuan=Decimal(0),
            opens_on=today,
            least=LEAST - 1,
            rule="best",
            ballot=BallotRules(kind=BallotKind.POINTS, most=0),
        )
    assert set(wrong.value.faults) == {
        *("title", "pool", "budget_yuan", "opens_on", "least", "rule", "projects_most", "points"),
    }


def test_nobody_holds_a_vote_for_another(unit, other):
    with pytest.raises(Refused):
        votes.start_vote(by=other.officer, organisation=unit.organisation, planned=planned())


def test_what_was_published_never_changes(unit):
    vote = started(unit)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(vote).objects.update(closes_on=vote.closes_on + timedelta(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        type(vote.method).objects.update(rule="greedy")


# ── proposals ──


def test_two_people_check_and_one_no_refuses(unit):
    vote = started(unit)
    row = proposed(vote, cost=60)
    check = vote_proposals.check_proposal
    cost = Checked(kind="cost", passed=True, reason="市场价", cost_yuan=Decimal(55))
    check(by=unit.officer, proposal=row, checked=cost)
    law = Checked(kind="legality", passed=True, reason="合法")
    with pytest.raises(Unsuitable):
        check(by=unit.officer, proposal=row, checked=law)
    check(by=unit.reviewer, proposal=row, checked=law)
    assert (row.stage, row.cost_yuan, row.asked_yuan) == ("listed", 55, 60)
    other = proposed(vote)
    no = Checked(kind="legality", passed=False, reason="占用消防通道")
    check(by=unit.reviewer, proposal=other, checked=no)
    assert other.stage == "refused"


def test_after_its_last_day_nothing_is_proposed(unit):
    vote = started(unit)
    go(vote.proposals_until + timedelta(days=1))
    member, _ = citizen(1)
    with pytest.raises((Unsuitable, Refused)):
        vote_proposals.propose_project(
            by=member,
            vote=vote,
            proposed=vote_proposals.Proposed(title="亭子", text="公园", cost_yuan=Decimal(3)),
        )
    assert not VoteProposal.objects.exists()


# ── the roll (S56) ──


def test_s56_nobody_changes_the_roll_alone(unit):
    vote = started(unit)
    voting_rolls.change_roll(by=unit.officer, vote=vote, reason="登记册", papers=3)
    assert not RollEntry.objects.standing().exists(), "proposed is not confirmed"
    with pytest.raises(Unsuitable):
        voting_rolls.decide_roll_change(by=unit.officer, vote=vote, confirmed=True)
    voting_rolls.decide_roll_change(by=unit.reviewer, vote=vote, confirmed=True)
    assert RollEntry.objects.standing().count() == 3
    change = vote.roll_changes.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(change).objects.update(decided_by=change.proposed_by)


def test_s56_a_change_turned_down_brings_nobody_and_can_be_proposed_again(unit):
    vote = started(unit)
    name = citizen(1)[1].username
    for confirmed in (False, True):
        voting_rolls.change_roll(by=unit.officer, vote=vote, reason="登记册", added=[name])
        voting_rolls.decide_roll_change(by=unit.reviewer, vote=vote, confirmed=confirmed)
        assert RollEntry.objects.standing().count() == int(confirmed)


def test_nobody_stands_on_the_roll_twice(unit):
    vote = started(unit)
    name = citizen(1)[1].username
    enrolled(unit, vote, [name, "13800000000"])
    for again in (name, "+86 138 0000 0000"):
        with pytest.raises(Unsuitable):
            enrolled(unit, vote, [again])


def test_who_is_taken_off_the_roll_takes_no_ballot_along(unit):
    polling = opened(unit)
    cast(polling, 1, 1)
    voting_rolls.change_roll(
        by=unit.officer, vote=polling.vote, reason="迁出", removed=[citizen(1)[1].username]
    )
    assert Ballot.objects.count() == 1
    voting_rolls.decide_roll_change(by=unit.reviewer, vote=polling.vote, confirmed=True)
    assert not Ballot.objects.exists()
    with pytest.raises(Unsuitable):
        cast(polling, 1, 1)


# ── opening ──


def test_a_vote_opens_only_when_all_is_ready(unit):
    vote = started(unit)
    go(vote.opens_on)
    for prepare in (
        lambda: proposed(vote),
        lambda: listed(unit, vote),
        lambda: VoteProposal.objects.filter(stage="submitted").update(stage="withdrawn"),
        lambda: [ballots.keep_box(by=keyer(unit, n), vote=vote) for n in range(3)],
    ):
        with pytest.raises(Unsuitable):
            votes.open_vote(by=unit.officer, vote=vote)
        prepare()
    with pytest.raises(Unsuitable):
        votes.open_vote(by=unit.officer, vote=vote)
    enrolled(unit, vote, papers=LEAST)
    votes.open_vote(by=unit.officer, vote=vote)
    assert vote.stage == "open"


def test_a_vote_opens_on_its_day_and_not_before(unit):
    polling = ready(unit)
    go(polling.vote.opens_on - timedelta(days=1))
    with pytest.raises(Unsuitable):
        votes.open_vote(by=unit.officer, vote=polling.vote)


# ── from ballots to the result ──


def test_the_walking_path_from_ballots_to_projects(unit):
    polling = opened(unit)
    for number in range(25):
        cast(polling, number, 1, 2) if number < 15 else cast(polling, number, 3, 4)
    result = closed(polling)
    assert (result.ballots, result.spoilt) == (25, 0)
    won = {row.number: row.stage for row in polling.vote.proposals.all()}
    assert set(won.values()) == {"won", "lost"}
    assert result.outcome["rule"] == "equal-shares"
    winner = polling.vote.proposals.filter(stage="won").first()
    project = vote_winners.adopt_winner(by=unit.officer, proposal=winner, code="SQ-1")
    assert (project.unit, project.name) == (unit.organisation, winner.title)
    assert Deed.objects.get(verb="register_project", public__project=str(project.pk)).because
    with pytest.raises(Unsuitable):
        vote_winners.adopt_winner(by=unit.officer, proposal=winner, code="SQ-2")


def test_a_candidate_for_the_draft_budget_is_registered_and_has_no_money_of_its_own(unit):
    polling = opened(unit, use="draft_budget", pool="2027 年预算草案")
    for number in range(25):
        cast(polling, number, 2)
    closed(polling)
    winner = polling.vote.proposals.filter(stage="won").first()
    waiting = list(votes_waiting.waiting_for(unit.officer, today=business_date()))
    won = polling.vote.proposals.filter(stage="won").count()
    assert [each.verb for each in waiting] == ["adopt_winner"] * won
    project = vote_winners.adopt_winner(by=unit.officer, proposal=winner, code="SQ-1")
    year = polling.vote.closes_on.year + 1
    assert Deed.objects.get(verb="adopt_winner").public["fiscal_year"] == year
    assert not GoalVersion.objects.filter(project=project).exists()
    assert not BudgetLine.objects.filter(project=project).exists()
    assert winner_behind(unit.officer, project) == winner
    begun = plan_of_winner(winner, project).goal
    assert (begun.year, begun.budget, begun.text) == (year, winner.cost_yuan, winner.text)


def test_below_the_least_number_of_ballots_nothing_is_said(unit):
    polling = opened(unit)
    for number in range(LEAST - 1):
        cast(polling, number, 1)
    result = closed(polling)
    assert (result.ballots, result.outcome, result.file) == (None, None, "")
    assert not BallotReceipt.objects.exists()
    assert not Deed.objects.filter(verb="close_batch", public__closed__isnull=False).exists()
    entry = Deed.objects.get(verb="close_vote")
    assert entry.public["enough"] is False
    assert "count" not in entry.public
    assert set(polling.vote.proposals.values_list("stage", flat=True)) == {"listed"}
    assert not Ballot.objects.exists()


def test_the_box_opens_after_the_last_day_with_enough_keys_and_not_before(unit):
    polling = opened(unit)
    close = votes.close_vote
    with pytest.raises(Unsuitable):
        ballots.unlock_box(by=polling.keepers[0], vote=polling.vote, phrase=polling.phrases[0])
    unlocked(polling, count=1)
    with pytest.raises(Unsuitable):
        close(by=unit.officer, vote=polling.vote)
    with pytest.raises(Unsuitable) as wrong:
        ballots.unlock_box(by=polling.keepers[1], vote=polling.vote, phrase=polling.phrases[2])
    assert set(wrong.value.faults) == {"phrase"}
    with pytest.raises(Unsuitable):
        ballots.unlock_box(by=unit.officer, vote=polling.vote, phrase=polling.phrases[1])
    unlocked(polling, count=2)
    assert isinstance(close(by=unit.officer, vote=polling.vote), VoteResult)


def test_after_its_last_day_nobody_votes(unit):
    polling = opened(unit)
    go(polling.vote.closes_on + timedelta(days=1))
    with pytest.raises(Unsuitable):
        cast(polling, 1, 1)


def test_what_does_not_fit_is_said_by_project_and_replaces_nothing(unit):
    polling = opened(unit, ballot=BallotRules(kind=BallotKind.POINTS, most=4, points=10))
    member, person = citizen(1)
    voter = ballots.Voter(person=person)
    cast_ballot = ballots.cast_ballot
    cast_ballot(by=member, vote=polling.vote, given={1: "7", 2: "3"}, voter=voter)
    sealed = bytes(Ballot.objects.get().sealed)
    with pytest.raises(Unsuitable) as wrong:
        cast_ballot(by=member, vote=polling.vote, given={1: "x", 2: "3"}, voter=voter)
    assert set(wrong.value.faults) == {"p1"}
    assert bytes(Ballot.objects.get().sealed) == sealed


def test_what_has_to_be_done_with_a_vote_waits_for_who_may_do_it(unit):
    polling = opened(unit)
    assert list(votes_waiting.waiting_for(unit.officer, today=business_date())) == []
    voting_rolls.change_roll(by=unit.officer, vote=polling.vote, reason="补登", papers=1)
    go(polling.vote.closes_on + timedelta(days=1))
    waiting = list(votes_waiting.waiting_for(polling.keepers[0], today=business_date()))
    assert {each.verb for each in waiting} == {"decide_roll_change", "close_vote", "unlock_box"}
    (key,) = (each for each in waiting if each.verb == "unlock_box")
    assert key.person == polling.keepers[0].person
