"""A vote from its rules to its result: all of them published before anybody proposes (5.11).

At the close the box is opened with the keepers' phrases, ballots come out in an order of chance,
are counted by the published rule, and enter the log as one batch; then box and keys are destroyed.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gongzhi.core.charter import Member
from gongzhi.core.ledger.batch import Row
from gongzhi.core.participating.voting import (
    BallotKind,
    BallotRules,
    Choice,
    receipt_digest,
    receipt_of,
)
from gongzhi.core.participating.voting.ballots import LISTED_MAX
from gongzhi.core.sealed import Sealable, canonical, digest
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum import ballot_box
from gongzhi.forum.models import (
    BallotReceipt,
    Process,
    RollEntry,
    Vote,
    VoteMethod,
    VoteProposal,
    VoteResult,
)
from gongzhi.forum.vote_counting import Counted, count, why_not_countable
from gongzhi.parties.actions.batches import close_batch
from gongzhi.parties.answer_links import forget_respondents
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unseen import Pool
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.votes import load_votes

ROWS_AT_ONCE = 2000
NO_TEXT = Said("请写明")
BACKWARDS = Said("这一天应在前面写的日期之后")
OVER_ALREADY = Said("这一天已经过去")
NO_MONEY = Said("额度应大于 0")
TOO_LOW = Said("低于规则的下限 {least}")
NO_PROJECTS = Said("每人至少能选 1 个项目，最多 {most} 个")
NO_POINTS = Said("打分的选票要写明每人多少分，1 到 {most}")
POINTS_MAX = 1000
TOO_EARLY = Said("公布的投票开始日期是 {day}，到那天才能开始")
UNCHECKED = Said("还有 {count} 件提案没有核对完")
NOTHING_LISTED = Said("没有列入选票的项目")
FEW_KEEPERS = Said("票箱至少要有 {least} 人保管钥匙，现在有 {count} 人")
SMALL_ROLL = Said("名册上只有 {count} 人，少于公布结果的最低票数 {least}")
STILL_OPEN = Said("公布的最后一天是 {day}，过了这一天才能开箱")
LOCKED = Said("票箱还没有打开：要 {needed} 人交出钥匙，现在交了 {given} 人")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVote:
    """A vote as it is planned: for which money, among whom, how, and what it is counted by."""

    title: str
    scope: str
    use: str
    pool: str
    budget_yuan: Decimal
    electorate: str
    proposals_until: date
    opens_on: date
    closes_on: date
    ballot: BallotRules
    rule: str
    least: int
    parameters: dict[str, str] = field(default_factory=dict)
    project: Project | None = None
    process: Process | None = None


def start_vote(
    *, by: Member, organisation: Organisation, planned: PlannedVote, key: str | None = None
) -> Vote:
    """Publish how a vote is held: from now on none of it changes."""
    vote = Vote(
        title=planned.title.strip(),
        scope=planned.scope.strip(),
        use=planned.use,
        pool=planned.pool.strip(),
        budget_yuan=planned.budget_yuan,
        organisation=organisation,
        project=planned.project,
        process=planned.process,
        proposals_until=planned.proposals_until,
        opens_on=planned.opens_on,
        closes_on=planned.closes_on,
    )
    with act(by, "start_vote", on=vote.thing(), key=key) as record:
        faults = _faults(planned, today=record.business_date)
        if faults:
            raise Unsuitable(faults)
        vote.save(force_insert=True)
        method = VoteMethod.objects.create(
            vote=vote,
            electorate=planned.electorate.strip(),
            ballot=planned.ballot.kind,
            projects_most=planned.ballot.most,
            points=planned.ballot.points,
            within_budget=planned.ballot.budget is not None,
            rule=planned.rule,
            parameters=planned.parameters,
            least=planned.least,
        )
        record["vote"] = str(vote.pk)
        record["until"] = vote.closes_on.isoformat()
        record["method"] = digest(canonical(_said(vote, method)))
    return vote


def _faults(planned: PlannedVote, *, today: date) -> dict[str, Said]:
    faults: dict[str, Said] = {}
    for name in ("title", "scope", "pool", "electorate"):
        if not getattr(planned, name).strip():
            faults[name] = NO_TEXT
    if planned.use not in Vote.Use.values:
        faults["use"] = NO_TEXT
    if planned.budget_yuan <= 0:
        faults["budget_yuan"] = NO_MONEY
    if planned.proposals_until < today:
        faults["proposals_until"] = OVER_ALREADY
    if planned.opens_on <= planned.proposals_until:
        faults["opens_on"] = BACKWARDS
    if planned.closes_on < planned.opens_on:
        faults["closes_on"] = BACKWARDS
    least = load_votes().ballots_least
    if planned.least < least:
        faults["least"] = Said(TOO_LOW.text, {"least": least})
    return faults | _faults_of_method(planned)


def _faults_of_method(planned: PlannedVote) -> dict[str, Said]:
    faults: dict[str, Said] = {}
    ballot = planned.ballot
    if not 1 <= ballot.most <= LISTED_MAX:
        faults["projects_most"] = Said(NO_PROJECTS.text, {"most": LISTED_MAX})
    if ballot.kind is BallotKind.POINTS and not 1 <= ballot.points <= POINTS_MAX:
        faults["points"] = Said(NO_POINTS.text, {"most": POINTS_MAX})
    problem = why_not_countable(planned.rule, planned.parameters, ballot=ballot.kind)
    if problem is not None:
        faults["rule"] = problem
    return faults


def _said(vote: Vote, method: VoteMethod) -> dict[str, Sealable]:
    """All that is published of a vote beforehand, for its digest in the log."""
    return {
        "title": vote.title,
        "scope": vote.scope,
        "use": str(vote.use),
        "pool": vote.pool,
        "budget_yuan": str(vote.budget_yuan),
        "dates": [str(vote.proposals_until), str(vote.opens_on), str(vote.closes_on)],
        "electorate": method.electorate,
        "ballot": [str(method.ballot), method.projects_most, method.points, method.within_budget],
        "rule": method.rule,
        "parameters": {name: str(value) for name, value in method.parameters.items()},
        "least": method.least,
    }


def open_vote(*, by: Member, vote: Vote, key: str | None = None) -> Vote:
    """Let people vote on what is listed: from now on list and box are as they are."""
    with act(by, "open_vote", on=vote, key=key) as record:
        _refuse_unready(vote, today=record.business_date)
        box = ballot_box.make_box(vote)
        vote.stage = Vote.Stage.OPEN
        vote.save(update_fields=["stage"])
        record["until"] = vote.closes_on.isoformat()
        record["count"] = vote.proposals.filter(stage=VoteProposal.Stage.LISTED).count()
        record["keepers"] = vote.keepers.count()
        record["box"] = bytes(box.public_key).hex()
    return vote


def _refuse_unready(vote: Vote, *, today: date) -> None:
    least, stages = load_votes().keepers_least, VoteProposal.Stage
    unchecked = vote.proposals.filter(stage=stages.SUBMITTED).count()
    keepers = vote.keepers.count()
    roll = RollEntry.objects.standing().filter(vote=vote).count()
    fault = None
    if today < vote.opens_on:
        fault = Said(TOO_EARLY.text, {"day": vote.opens_on.isoformat()})
    elif today > vote.closes_on:
        fault = OVER_ALREADY
    elif unchecked:
        fault = Said(UNCHECKED.text, {"count": unchecked})
    elif not vote.proposals.filter(stage=stages.LISTED).exists():
        fault = NOTHING_LISTED
    elif keepers < least:
        fault = Said(FEW_KEEPERS.text, {"least": least, "count": keepers})
    elif roll < vote.method.least:
        fault = Said(SMALL_ROLL.text, {"count": roll, "least": vote.method.least})
    if fault is not None:
        raise Unsuitable({"": fault})


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    """What was in the box, in an order of chance; receipts in their own."""

    choices: list[Choice]
    receipts: list[str]
    spoilt: int


def close_vote(*, by: Member, vote: Vote, key: str | None = None) -> VoteResult:
    """Open the box after the last day, count, publish, and destroy what leads to anybody."""
    with act(by, "close_vote", on=vote, key=key) as record:
        if record.business_date <= vote.closes_on:
            raise Unsuitable({"": Said(STILL_OPEN.text, {"day": vote.closes_on.isoformat()})})
        found = emptied(vote)
        ballot_box.destroy(vote)
        forget_respondents(about=vote.thing().name)
        vote.stage = Vote.Stage.CLOSED
        vote.save(update_fields=["stage"])
        result = VoteResult(vote=vote, spoilt=found.spoilt, closed_on=record.business_date)
        is_enough = len(found.choices) >= vote.method.least
        record["enough"] = is_enough
        if is_enough:
            _publish(result, found, count(vote, found.choices), record=record)
        result.save(force_insert=True)
    return result


def emptied(vote: Vote) -> Emptied:
    """What is in the box, once enough keepers gave their keys; raises Unsuitable before."""
    private = ballot_box.private_key(vote)
    if private is None:
        given = vote.keepers.exclude(released=None).count()
        raise Unsuitable({"": Said(LOCKED.text, {"needed": vote.box.needed, "given": given})})
    choices, receipts, spoilt = [], [], 0
    for ballot in vote.ballots.order_by("pk").iterator():
        try:
            choices.append(ballot_box.taken_out(ballot, private))
        except ballot_box.CannotOpen:
            spoilt += 1
            continue
        receipts.append(receipt_digest(receipt_of(vote=str(vote.pk), voter=ballot.voter)))
    secrets.SystemRandom().shuffle(choices)
    return Emptied(choices=choices, receipts=sorted(receipts), spoilt=spoilt)


def _publish(result: VoteResult, found: Emptied, counted: Counted, *, record: Record) -> None:
    vote = result.vote
    result.ballots = len(found.choices)
    result.outcome, result.file = counted.outcome, counted.file
    listed = vote.proposals.filter(stage=VoteProposal.Stage.LISTED)
    listed.filter(number__in=counted.selected).update(stage=VoteProposal.Stage.WON)
    listed.exclude(number__in=counted.selected).update(stage=VoteProposal.Stage.LOST)
    rows = [
        BallotReceipt(vote=vote, digest=each, row=row) for row, each in enumerate(found.receipts)
    ]
    BallotReceipt.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    record["count"] = len(found.choices)
    record["selected"] = list(counted.selected)
    record["file"] = digest(counted.file.encode())
    record.batch("ballot_receipt", (Row({"receipt": each}) for each in found.receipts))
    ballots = [_row(each) for each in found.choices]
    pool = Pool.of("cast_ballot", vote.thing())
    if ballots:
        record.then(lambda: close_batch(pool, ballots))


def _row(choice: Choice) -> Row:
    """A ballot as the log has it: what was chosen, of whom nobody knows."""
    chosen: dict[str, Sealable] = {"chosen": list(choice.projects)}
    return Row({**chosen, "points": list(choice.points)} if choice.points else chosen)
