"""A unit that holds a vote, people on its roll, and keepers of its box."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import city_hall
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.participating.voting import BallotKind, BallotRules
from gongzhi.forum.actions import ballots, vote_proposals, votes, voting_rolls
from gongzhi.forum.actions.ballots import Voter
from gongzhi.forum.actions.vote_proposals import Checked
from gongzhi.forum.actions.votes import PlannedVote
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_of
from gongzhi.parties.models import DemoDate, Person
from verified import verified

BUDGET = Decimal(100)
COSTS = (60, 40, 30, 30)
LEAST = 20


@dataclass
class Polling:
    """A vote with what its keepers wrote down."""

    unit: city_hall.Unit
    vote: Vote
    keepers: list[Member] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)


def go(day: date) -> None:
    """Let it be that day; the test runs as a demo."""
    DemoDate.objects.create(date=day)


def planned(**changed) -> PlannedVote:
    today = business_date()
    usual = PlannedVote(
        title="社区资金怎样用",
        scope="本街道的社区资金",
        use="approved_pool",
        pool="2026 年社区资金",
        budget_yuan=BUDGET,
        electorate="本街道年满 16 岁的居民",
        proposals_until=today + timedelta(days=5),
        opens_on=today + timedelta(days=10),
        closes_on=today + timedelta(days=20),
        ballot=BallotRules(kind=BallotKind.APPROVAL, most=4),
        rule="equal-shares",
        least=LEAST,
    )
    return replace(usual, **changed)


def started(unit: city_hall.Unit, **changed) -> Vote:
    return votes.start_vote(
        by=unit.officer, organisation=unit.organisation, planned=planned(**changed)
    )


def citizen(number: int) -> tuple[Member, Person]:
    person = Person.objects.filter(username=f"c{number}").first()
    if person is None:
        person = parties.register_person(by=SYSTEM, username=f"c{number}", name="某人")
    return member_of(person, second_factor=True, fresh=True), person


def keyer(unit: city_hall.Unit, number: int) -> Member:
    return verified(city_hall.office(unit.organisation, f"keyer{number}"))


def proposed(vote: Vote, title: str = "修路灯", cost: int = 60) -> VoteProposal:
    """A proposal of an organisation other than the holder."""
    row = VoteProposal(vote=vote, title=title, text="在某路，居民受益")
    row.number = vote.proposals.count() + 1
    row.asked_yuan = row.cost_yuan = Decimal(cost)
    row.person = citizen(9000)[1]
    row.proposed_on = business_date()
    row.save(force_insert=True)
    return row


def listed(unit: city_hall.Unit, vote: Vote, cost: int = 60) -> VoteProposal:
    """One that two people of the holder found may stand on the ballot."""
    row = proposed(vote, cost=cost)
    checks = (("cost", unit.officer, Decimal(cost)), ("legality", unit.reviewer, None))
    for kind, by, amount in checks:
        checked = Checked(kind=kind, passed=True, reason="核对过", cost_yuan=amount)
        vote_proposals.check_proposal(by=by, proposal=row, checked=checked)
    row.refresh_from_db()
    return row


def enrolled(unit: city_hall.Unit, vote: Vote, lines=(), *, papers: int = 0) -> None:
    """Onto the roll, by two people."""
    voting_rolls.change_roll(
        by=unit.officer, vote=vote, reason="按登记册", added=list(lines), papers=papers
    )
    voting_rolls.decide_roll_change(by=unit.reviewer, vote=vote, confirmed=True)


def ready(unit: city_hall.Unit, *, people: int = 25, papers: int = 0, **changed) -> Polling:
    """A vote with a list, a roll and keepers, on the day on which it may open."""
    polling = Polling(unit, started(unit, **changed))
    for cost in COSTS:
        listed(unit, polling.vote, cost)
    names = [citizen(number)[1].username for number in range(people)]
    enrolled(unit, polling.vote, names, papers=papers)
    for number in range(3):
        member = keyer(unit, 100 + number)
        polling.keepers.append(member)
        polling.phrases.append(ballots.keep_box(by=member, vote=polling.vote))
    go(polling.vote.opens_on)
    return polling


def opened(unit: city_hall.Unit, **changed) -> Polling:
    polling = ready(unit, **changed)
    polling.vote = votes.open_vote(by=unit.officer, vote=polling.vote)
    return polling


def cast(polling: Polling, number: int, *projects: int) -> str:
    """Somebody with an account votes for these; returns the receipt."""
    member, person = citizen(number)
    given = dict.fromkeys(projects, "on")
    return ballots.cast_ballot(
        by=member, vote=polling.vote, given=given, voter=Voter(person=person)
    )


def unlocked(polling: Polling, count: int = 2) -> None:
    """The day after the last one, so many keepers give their phrases."""
    go(polling.vote.closes_on + timedelta(days=1))
    for member, phrase in list(zip(polling.keepers, polling.phrases, strict=True))[:count]:
        ballots.unlock_box(by=member, vote=polling.vote, phrase=phrase)


def closed(polling: Polling):
    unlocked(polling)
    return votes.close_vote(by=polling.unit.officer, vote=polling.vote)
