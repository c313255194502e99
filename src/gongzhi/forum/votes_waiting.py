"""What waits about votes: proposals to check, changes of rolls, keys, boxes to open, winners."""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import BoxKeeper, RollChange, Vote, VoteProposal
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

CHECK, CONFIRM = Said("核对投票提案的费用和合法性"), Said("确认投票名册的更改")
UNLOCK, CLOSE = Said("交出您保管的票箱钥匙"), Said("开箱计票")
ADOPT = Said("把投票选中的列为项目或者候选")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to do with its votes, and a keeper with their key."""
    if member.organisation is None:
        return
    own = Vote.objects.visible_to(member).filter(organisation=member.organisation)
    proposals = VoteProposal.objects.visible_to(member).filter(vote__in=own, stage="submitted")
    yield Queue.of(_to_check, proposals.with_facts().order_by("proposed_on", "pk"))
    changes = RollChange.objects.filter(vote__in=own, stage=RollChange.Stage.PROPOSED)
    with_vote = changes.select_related("vote__organisation__region")
    yield Queue.of(_to_confirm, with_vote.order_by("proposed_on", "pk"))
    over = own.past(today=today).with_facts()
    yield Queue.of(_to_close, over.order_by("closes_on", "pk"))
    won = VoteProposal.objects.visible_to(member).filter(vote__in=own, stage="won", became=None)
    with_result = won.with_facts().select_related("vote__result")
    yield Queue.of(_to_adopt, with_result.order_by("vote", "number"))
    if member.person is None:
        return
    past = Vote.objects.visible_to(member).past(today=today)
    keys = BoxKeeper.objects.filter(person_id=member.person, vote__in=past, released_on=None)
    yield Queue.of(_to_unlock, keys.select_related("vote__organisation__region").order_by("pk"))


def _to_check(proposal: VoteProposal) -> Waiting:
    return Waiting(
        verb="check_proposal",
        thing=proposal.thing(),
        said=CHECK,
        title=str(proposal),
        organisation=str(proposal.vote.organisation_id),
        opened_on=proposal.proposed_on,
        due_on=proposal.vote.opens_on,
        clause=clause_of("check_proposal"),
    )


def _to_adopt(proposal: VoteProposal) -> Waiting:
    return Waiting(
        verb="adopt_winner",
        thing=proposal.thing(),
        said=ADOPT,
        title=str(proposal),
        organisation=str(proposal.vote.organisation_id),
        opened_on=proposal.vote.result.closed_on,
        due_on=None,
        clause=clause_of("adopt_winner"),
    )


def _to_confirm(change: RollChange) -> Waiting:
    return _of_vote(change.vote, "decide_roll_change", said=CONFIRM, since=change.proposed_on)


def _to_close(vote: Vote) -> Waiting:
    return _of_vote(vote, "close_vote", said=CLOSE, since=vote.closes_on)


def _to_unlock(keeper: BoxKeeper) -> Waiting:
    vote = keeper.vote
    return _of_vote(vote, "unlock_box", said=UNLOCK, since=vote.closes_on, person=keeper.person_id)


def _of_vote(
    vote: Vote, verb: str, *, said: Said, since: date, person: object | None = None
) -> Waiting:
    """No clause gives days for it: it has waited since then."""
    return Waiting(
        verb=verb,
        thing=vote.thing(),
        said=said,
        title=vote.title,
        organisation=str(vote.organisation_id),
        person=None if person is None else str(person),
        opened_on=since,
        due_on=None,
        clause=clause_of(verb),
    )
