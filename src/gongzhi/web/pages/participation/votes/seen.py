"""How the result of a vote is shown: why each won or not, round by round, by other rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.http import urlencode

from gongzhi.core.balance.voting import Completion, Method, Rule
from gongzhi.core.balance.voting.explaining import COMPLETIONS_SAID, RULES_SAID, STOPS_SAID
from gongzhi.core.terms import Said
from gongzhi.desk.sentences import said_from_json
from gongzhi.forum.models import Vote, VoteMethod, VoteProposal
from gongzhi.forum.vote_counting import command_of, method_of
from gongzhi.web.pages.participation.votes.drawing import rounds_chart
from gongzhi.web.shown import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProject:
    """A project of a result: its votes, why it won or not, and by which other rules it would."""

    proposal: VoteProposal
    won: bool
    votes: int
    score: str
    why: Said
    lacking: tuple[Said, ...]
    by_rule: tuple[tuple[Said, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRule:
    """What another rule would come to: how many voters would gain by it, how many lose."""

    name: Said
    gain: int
    lose: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResult:
    """A result: how many ballots, what won for how much, how it came about, how to recount it."""

    ballots: int
    spoilt: int
    cost: Decimal
    left: Decimal
    projects: tuple[ShownProject, ...]
    others: tuple[OtherRule, ...]
    notes: tuple[Said, ...]
    chart: Chart
    command: str
    recount: str
    share: Decimal | None

    @property
    def winners(self) -> list[VoteProposal]:
        """What won, the most wanted first."""
        return [each.proposal for each in self.projects if each.won]


def rule_in_words(method: VoteMethod) -> list[Said]:
    """The rule and its parameters."""
    counted = _method(method)
    told = [RULES_SAID[counted.rule]]
    if counted.rule is Rule.EQUAL_SHARES:
        told.append(COMPLETIONS_SAID[counted.completion])
        if Completion(counted.completion).adds_money:
            told.append(STOPS_SAID[counted.stop])
    return told


def _method(method: VoteMethod) -> Method:
    kind = method.vote.ballot_rules().kind
    return method_of(method.rule, method.parameters, ballot=kind)


def outcome_of(vote: Vote) -> Mapping[str, Any] | None:
    """The outcome of a vote; none before its close, and where there were too few ballots."""
    result = getattr(vote, "result", None) if vote.stage == Vote.Stage.CLOSED else None
    return result.outcome if result else None


def shown_result(vote: Vote) -> ShownResult | None:
    """What came of a vote, if anything did."""
    outcome = outcome_of(vote)
    if outcome is None:
        return None
    rows = {each.number: each for each in vote.on_ballot()}
    others: Mapping[str, Any] = outcome["others"]
    rules = [rule for rule in Rule if rule in others]
    lacking: Mapping[str, Any] = outcome.get("lacking", {})
    projects = [
        ShownProject(
            proposal=rows[int(number)],
            won=why["won"],
            votes=why["votes"],
            score=why["score"],
            why=_why(why),
            lacking=_kept(lacking.get(number, ())),
            by_rule=tuple(
                (RULES_SAID[rule], int(number) in others[rule]["selected"]) for rule in rules
            ),
        )
        for number, why in outcome["why"].items()
    ]
    cost = Decimal(outcome["cost"])
    return ShownResult(
        ballots=vote.result.ballots or 0,
        spoilt=vote.result.spoilt,
        cost=cost,
        left=vote.budget_yuan - cost,
        projects=tuple(sorted(projects, key=lambda each: (not each.won, -each.votes))),
        others=tuple(_other(rule, others[rule]) for rule in rules),
        notes=_kept(outcome.get("lacking_notes", ())),
        chart=rounds_chart(vote, outcome["rounds"], rows),
        command=command_of(_method(vote.method), file=f"gongzhi-vote-{vote.pk}.pb"),
        recount=_recount(_method(vote.method)),
        share=Decimal(share) if (share := outcome["share"]) is not None else None,
    )


def _recount(method: Method) -> str:
    """What the page of recounts is asked with, to count by the same rule."""
    return urlencode({"rule": method.rule, "completion": method.completion})


def _other(rule: Rule, told: Mapping[str, Any]) -> OtherRule:
    return OtherRule(name=RULES_SAID[rule], gain=told["gain"], lose=told["lose"], same=told["same"])


def _why(why: Mapping[str, Any]) -> Said:
    """Why a project won or not, and what it lacked, as it was found at the close."""
    return _kept((why["said"],))[0]


def _kept(told: Iterable[Mapping[str, Any]]) -> tuple[Said, ...]:
    """Sentences as they were kept at the close."""
    return tuple(map(said_from_json, told))


def shown_why(row: VoteProposal) -> Said | None:
    """Why a proposal won or not, once its vote is counted."""
    outcome = outcome_of(row.vote)
    told = outcome["why"].get(str(row.number)) if outcome else None
    return _why(told) if told else None
