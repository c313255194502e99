"""Votes on projects for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.voting import Choice
from gongzhi.forum import ballot_box
from gongzhi.forum.actions.ballots import PURPOSE
from gongzhi.forum.actions.voting_rolls import names_of
from gongzhi.forum.models import (
    BallotPaper,
    BoxKeeper,
    RollChange,
    RollEntry,
    Vote,
    VoteMethod,
    VoteProposal,
    VoteResult,
)
from gongzhi.forum.vote_counting import count
from gongzhi.parties.answer_links import make_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation

LINE, NUMBER, LEAST = "13800000000", "1000000009", 20


def votes(unit: city_hall.Unit, person: str | None) -> Iterator[Vote]:
    """One at each stage, with proposals, a roll and a box."""
    for stage in ("announced", "open", "closed"):
        row = vote(unit, stage)
        _proposals(row, unit, person=person)
        _roll(row, unit, decided=stage != "announced")
        if stage != "announced":
            ballot_box.make_box(row)
            ballot_box.voter_key(row)  # under which voters are the same in every try
        if stage == "closed":
            counted = count(row, [Choice(projects=(1,))] * LEAST)
            VoteResult.objects.create(
                vote=row,
                ballots=LEAST,
                outcome=counted.outcome,
                file=counted.file,
                closed_on=business_date(),
            )
        yield row


def vote(unit: city_hall.Unit, stage: str) -> Vote:
    today = business_date()
    row: Vote = Vote.objects.create(
        title="社区资金怎样用",
        scope="本街道",
        use="approved_pool",
        pool="社区资金",
        budget_yuan=100,
        organisation=unit.organisation,
        project=unit.project,
        stage=stage,
        proposals_until=today,
        opens_on=today,
        closes_on=today + timedelta(days=9),
    )
    VoteMethod.objects.create(
        vote=row,
        electorate="居民",
        ballot="approval",
        projects_most=3,
        rule="equal-shares",
        least=LEAST,
    )
    return row


def _proposals(row: Vote, unit: city_hall.Unit, *, person: str | None) -> None:
    stages = {
        "announced": ("submitted", "submitted", "refused", "withdrawn"),
        "open": ("listed", "listed"),
        "closed": ("won", "lost"),
    }[row.stage]
    for number, stage in enumerate(stages, start=1):
        VoteProposal.objects.create(
            vote=row,
            number=number,
            title=f"修 {number} 号路灯",
            text="居民受益",
            asked_yuan=60,
            cost_yuan=60,
            person_id=person if number % 2 or person is None else None,
            organisation=None if number % 2 else unit.organisation,
            stage=stage,
            proposed_on=business_date(),
        )


def _roll(row: Vote, unit: city_hall.Unit, *, decided: bool) -> None:
    """A roll with a telephone, a voter on paper, and another whose paper is printed."""
    clerks = [city_hall.office(unit.organisation, f"clerk{n}-{row.stage}") for n in range(2)]
    change = RollChange.objects.create(
        vote=row,
        number=1,
        stage="confirmed" if decided else "proposed",
        added=3,
        removed=0,
        reason="登记册",
        proposed_by=clerks[0].person,
        decided_by=clerks[1].person if decided else None,
        proposed_on=business_date(),
        decided_on=business_date() if decided else None,
    )
    for who in (names_of(LINE)[0], "", ""):
        entry = RollEntry.objects.create(vote=row, change=change, who=who)
    BallotPaper.objects.create(vote=row, entry=entry, number=NUMBER)
    for place, clerk in enumerate(clerks, start=1):
        key = ballot_box.key_of_phrase(ballot_box.new_phrase(), vote=row)
        BoxKeeper.objects.create(
            vote=row,
            place=place,
            office=clerk,
            person=clerk.person,
            public_key=key.public_key().public_bytes_raw(),
            kept_on=business_date(),
        )


def vote_proposals() -> Iterator[VoteProposal]:
    """All that the votes have."""
    return iter(VoteProposal.objects.with_facts().order_by("pk"))


def _cast(_: Any) -> dict[str, Any]:
    """A ballot by a link of its own."""
    open_one = Vote.objects.get(stage="open")
    token = make_answer_link(
        purpose=PURPOSE,
        about=open_one.thing().name,
        channel="sms",
        address=LINE,
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"link": token, "p1": "on"}


VOTE_BODIES: Mapping[str, Any] = {
    "start_vote": lambda _: {
        "title": "社区资金怎样用",
        "scope": "本街道",
        "use": "approved_pool",
        "pool": "社区资金",
        "budget_yuan": "100",
        "electorate": "居民",
        "least": "20",
        "proposals_until": business_date(),
        "opens_on": business_date() + timedelta(days=1),
        "closes_on": business_date() + timedelta(days=9),
        "ballot": "approval",
        "projects_most": "3",
        "rule": "greedy",
    },
    "keep_box": {},
    "open_vote": {},
    "unlock_box": {"phrase": "AAAA"},
    "close_vote": {},
    "propose_project": {"title": "亭子", "text": "老人受益", "cost_yuan": "50"},
    "change_roll": {"reason": "登记册", "papers": "2"},
    "decide_roll_change": {"confirmed": "yes"},
    "cast_ballot": _cast,
    "ask_for_ballot": {"address": LINE},
    "issue_ballot_papers": {},
    "key_ballot_paper": {"number": NUMBER, "p1": "on"},
    "check_proposal": {"kind": "legality", "passed": "yes", "reason": "合法"},
    "withdraw_proposal": {},
    "adopt_winner": {"code": "SQ-9"},
}
VOTE_OPTIONS: Mapping[str, frozenset[str]] = {
    "start_vote": frozenset(
        {"project", "process", "points", "within_budget", "completion", "stop"}
    ),
    "propose_project": frozenset({"voice"}),
    "change_roll": frozenset({"added", "removed", "papers"}),
    "cast_ballot": frozenset({"link"}),
    "issue_ballot_papers": frozenset({"lines"}),
    "check_proposal": frozenset({"cost_yuan"}),
}
# What the charter allows and the state of these rows doesn't: keys, days, a change that waits.
NOT_NOW: Mapping[str, Callable[[Vote], bool]] = {
    "open_vote": lambda _: True,
    "unlock_box": lambda _: True,
    "close_vote": lambda _: True,
    "propose_project": lambda row: row.stage != "announced",
    "change_roll": lambda row: row.stage == "announced",
    "decide_roll_change": lambda row: row.stage != "announced",
}
# Pages that are there once a vote is counted.
ONCE_COUNTED = frozenset({"vote-result", "ballot-file"})


def _vote_to_be(cast: Any, by: Member) -> Thing:
    known = Organisation.objects.filter(pk=by.organisation).first()
    return Vote(organisation=known or cast.unit.organisation, stage="announced").thing()


def _proposal_of(row: Vote, by: Member) -> Thing:
    made = VoteProposal(vote=row)
    if by.organisation:
        made.organisation_id = UUID(by.organisation)
    elif by.person:
        made.person_id = UUID(by.person)
    return made.thing()


VOTES_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {"start_vote": _vote_to_be}
PROPOSALS_OF: Mapping[str, Callable[[Any, Member], Thing]] = {"propose_project": _proposal_of}
