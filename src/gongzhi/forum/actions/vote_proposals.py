"""What people propose for a vote, and how offices check it: cost by one, legality by another."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from gongzhi.core.charter import Member
from gongzhi.core.participating.voting.ballots import LISTED_MAX
from gongzhi.core.terms import Said
from gongzhi.forum.models import ProposalCheck, Voice, Vote, VoteProposal
from gongzhi.forum.own import office_of
from gongzhi.forum.phases import keep_to_the_phase
from gongzhi.forum.posts import why_not_public
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

NO_TITLE = Said("请用一句话说清要办什么")
NO_TEXT = Said("请写明在哪里、办什么、谁受益")
NO_COST = Said("请写大约要多少元，大于 0")
OVER_POOL = Said("超过这次投票的额度 {budget} 元")
NOT_NOW = Said("提案截止到 {day}，现在不收提案")
FULL = Said("提案已满 {most} 件")
PROPOSED = Said("这条意见已经提为投票项目")
CHECKED = Said("这一项已经核对过")
SAME_PERSON = Said("费用和合法性由两个人分别核对，另一项是您核对的")
NO_KIND = Said("请选核对费用还是合法性")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A project as somebody proposes it."""

    title: str
    text: str
    cost_yuan: Decimal
    voice: Voice | None = None


def proposal_to_be(by: Member, vote: Vote) -> VoteProposal:
    """The proposal that somebody could make: a citizen's own, or their organisation's."""
    to_be = VoteProposal(vote=vote)
    if by.organisation is not None:
        to_be.organisation_id = UUID(by.organisation)
    elif by.person is not None:
        to_be.person_id = UUID(by.person)
    return to_be


def propose_project(
    *, by: Member, vote: Vote, proposed: Proposed, key: str | None = None
) -> VoteProposal:
    """Propose a project for a vote; it gets its number."""
    proposal = proposal_to_be(by, vote)
    with act(by, "propose_project", on=proposal.thing(), key=key) as record:
        today = record.business_date
        held = Vote.objects.select_for_update().get(pk=vote.pk)
        if held.stage != Vote.Stage.ANNOUNCED or today > held.proposals_until:
            raise Unsuitable({"": Said(NOT_NOW.text, {"day": held.proposals_until.isoformat()})})
        keep_to_the_phase(by, "propose_project", on=vote, process=vote.process, today=today)
        _refuse_unfit(proposed, held)
        proposal.number = (held.proposals.aggregate(last=Max("number"))["last"] or 0) + 1
        proposal.title, proposal.text = proposed.title.strip(), proposed.text.strip()
        proposal.asked_yuan = proposal.cost_yuan = proposed.cost_yuan
        proposal.voice = proposed.voice
        proposal.proposed_on = today
        proposal.save(force_insert=True)
        record["proposed"] = str(proposal.pk)
        record["vote"] = str(vote.pk)
        record["number"] = proposal.number
        record.private("text", [proposal.title, proposal.text])
    return proposal


def _refuse_unfit(proposed: Proposed, vote: Vote) -> None:
    faults: dict[str, Said] = {}
    for name, fault in (("title", NO_TITLE), ("text", NO_TEXT)):
        text = getattr(proposed, name).strip()
        problem = why_not_public(text) if text else fault
        if problem:
            faults[name] = problem
    if proposed.cost_yuan <= 0:
        faults["cost_yuan"] = NO_COST
    elif proposed.cost_yuan > vote.budget_yuan:
        faults["cost_yuan"] = Said(OVER_POOL.text, {"budget": vote.budget_yuan})
    if vote.proposals.count() >= LISTED_MAX:
        faults[""] = Said(FULL.text, {"most": LISTED_MAX})
    if proposed.voice and vote.proposals.filter(voice=proposed.voice).exists():
        faults["voice"] = PROPOSED
    if faults:
        raise Unsuitable(faults)


def withdraw_proposal(
    *, by: Member, proposal: VoteProposal, key: str | None = None
) -> VoteProposal:
    """Take a proposal back before it was checked."""
    with act(by, "withdraw_proposal", on=proposal, key=key) as record:
        proposal.stage = VoteProposal.Stage.WITHDRAWN
        proposal.save(update_fields=["stage"])
        record["stage"] = str(proposal.stage)
    return proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What an office found: of cost or legality, whether it may stand, why, what it costs."""

    kind: str
    passed: bool
    reason: str
    cost_yuan: Decimal | None = None


def check_proposal(
    *, by: Member, proposal: VoteProposal, checked: Checked, key: str | None = None
) -> ProposalCheck:
    """Say whether a proposal may stand on the ballot, for its cost or its legality."""
    with act(by, "check_proposal", on=proposal, key=key) as record:
        is_costed = checked.kind == ProposalCheck.Kind.COST and checked.passed
        _refuse_wrong_check(by, proposal, checked, is_costed=is_costed)
        check = ProposalCheck.objects.create(
            proposal=proposal,
            kind=checked.kind,
            passed=checked.passed,
            cost_yuan=checked.cost_yuan if is_costed else None,
            reason=checked.reason.strip(),
            office_id=office_of(by),
            checked_on=record.business_date,
        )
        _follow(proposal, check)
        record["checked"] = str(check.kind)
        record["passed"] = check.passed
        record["stage"] = str(proposal.stage)
        record.private("reason", check.reason)
    return check


def _refuse_wrong_check(
    by: Member, proposal: VoteProposal, checked: Checked, *, is_costed: bool
) -> None:
    faults: dict[str, Said] = {}
    before = list(proposal.checks.select_related("office"))
    if checked.kind not in ProposalCheck.Kind.values:
        faults["kind"] = NO_KIND
    elif any(each.kind == checked.kind for each in before):
        faults["kind"] = CHECKED
    elif any(str(each.office.person_id) == by.person for each in before):
        faults["kind"] = SAME_PERSON
    if not checked.reason.strip():
        faults["reason"] = NO_REASON
    if is_costed and (checked.cost_yuan is None or checked.cost_yuan <= 0):
        faults["cost_yuan"] = NO_COST
    elif is_costed and checked.cost_yuan and checked.cost_yuan > proposal.vote.budget_yuan:
        faults["cost_yuan"] = Said(OVER_POOL.text, {"budget": proposal.vote.budget_yuan})
    if faults:
        raise Unsuitable(faults)


def _follow(proposal: VoteProposal, check: ProposalCheck) -> None:
    """One no refuses it, two yes list it."""
    if check.cost_yuan is not None:
        proposal.cost_yuan = check.cost_yuan
    if not check.passed:
        proposal.stage = VoteProposal.Stage.REFUSED
    elif proposal.checks.filter(passed=True).count() == len(ProposalCheck.Kind):
        proposal.stage = VoteProposal.Stage.LISTED
    proposal.save(update_fields=["stage", "cost_yuan"])
