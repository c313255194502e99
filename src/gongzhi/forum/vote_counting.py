"""Counting the ballots of a vote by its published rule, and the file that anybody counts again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongzhi.connectors.pabulib import written_pabulib
from gongzhi.core.balance import voting
from gongzhi.core.balance.voting import (
    Completion,
    Method,
    Outcome,
    Rule,
    Stop,
    TieBreak,
    method_for,
)
from gongzhi.core.balance.voting.beside import beside
from gongzhi.core.balance.voting.explaining import (
    lacking_said,
    notes_said,
    number_text,
    why_said,
)
from gongzhi.core.balance.voting.margins import Margin, margins
from gongzhi.core.participating.voting import BallotKind, Choice
from gongzhi.core.terms import Said
from gongzhi.desk.sentences import said_as_json
from gongzhi.forum.models import Vote, VoteProposal

NO_RULE = Said("请选计票规则")
KINDS: Mapping[BallotKind, voting.BallotKind] = {
    BallotKind.APPROVAL: voting.BallotKind.APPROVAL,
    BallotKind.POINTS: voting.BallotKind.CUMULATIVE,
    BallotKind.RANKING: voting.BallotKind.ORDINAL,
}
# The rules that the result is compared with, beside its own.
COMPARED = (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN, Rule.MAX_WELFARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a count found, as it is kept and published."""

    selected: tuple[int, ...]
    outcome: dict[str, Any]
    file: str


def why_not_countable(
    rule: str, parameters: Mapping[str, str], *, ballot: BallotKind
) -> Said | None:
    """Why votes can't be counted so; nothing where they can."""
    try:
        method_of(rule, parameters, ballot=ballot)
    except ValueError:
        return NO_RULE
    return None


def method_of(rule: str, parameters: Mapping[str, str], *, ballot: BallotKind) -> Method:
    """The rule with its parameters; raises ValueError where one is unknown."""
    return method_for(
        KINDS[ballot],
        rule=Rule(rule),
        completion=Completion(parameters.get("completion", Completion.ADD1U)),
        stop=Stop(parameters.get("stop", Stop.OVERSPEND)),
        tie_break=TieBreak(parameters.get("tie_break", TieBreak.ID)),
    )


def count(vote: Vote, choices: Sequence[Choice]) -> Counted:
    """Count the ballots, by the vote's own rule and by those that it is compared with."""
    rules, method = vote.ballot_rules(), vote.method
    own = method_of(method.rule, method.parameters, ballot=rules.kind)
    election = voting.election_of(
        [_candidate(each) for each in vote.on_ballot()],
        [_ballot(each) for each in choices],
        budget=Fraction(vote.budget_yuan),
        kind=KINDS[rules.kind],
        longest=rules.most,
    )
    found = voting.count(election, own)
    others = [method_for(election.kind, rule=rule) for rule in COMPARED if rule is not own.rule]
    return Counted(
        selected=tuple(int(each) for each in found.selected),
        outcome={
            **as_record(found),
            "others": _others(election, found, others),
            **_lacking(margins(election, found)),
        },
        file=_file(vote, election, found),
    )


def _candidate(proposal: VoteProposal) -> voting.Candidate:
    cost = Fraction(proposal.cost_yuan)
    return voting.Candidate(id=str(proposal.number), cost=cost, name=proposal.title)


def _file(vote: Vote, election: voting.Election, found: Outcome) -> str:
    """The file with ballots in the order of their content, and what won."""
    method = found.method
    meta = {
        "description": vote.title,
        "unit": vote.organisation.name,
        "instance": str(vote.pk),
        "date_begin": vote.opens_on.isoformat(),
        "date_end": vote.closes_on.isoformat(),
        "currency": "CNY",
        "rule": str(method.rule),
        "max_length": str(vote.method.projects_most),
        "comment": command_of(found.method, file="FILE.pb"),
    }
    if vote.method.points:
        meta["max_sum_points"] = str(vote.method.points)
    return written_pabulib(election, meta=meta, selected=found.selected).decode()


def command_of(method: Method, *, file: str) -> str:
    """The command by which anybody counts the file again."""
    words = ["gongzhi", "vote", file, "--rule", str(method.rule)]
    if method.rule is Rule.EQUAL_SHARES:
        words += ["--completion", str(method.completion), "--stop", str(method.stop)]
    return " ".join(words)


def _ballot(choice: Choice) -> voting.Ballot:
    return voting.Ballot(
        choices=tuple(str(each) for each in choice.projects),
        points=tuple(Fraction(each) for each in choice.points),
    )


def _lacking(found: Mapping[str, Margin] | None) -> dict[str, Any]:
    """What each project that didn't win lacked, in sentences, and what to know of them."""
    return {
        "lacking": {
            name: [said_as_json(said) for said in lacking_said(margin)]
            for name, margin in (found or {}).items()
        },
        "lacking_notes": [said_as_json(said) for said in notes_said(found)],
    }


def _others(election: voting.Election, found: Outcome, methods: Sequence[Method]) -> dict[str, Any]:
    """What other rules would choose, and how many would gain or lose by them."""
    sides = [beside(election, voting.count(election, method), found) for method in methods]
    return {
        str(side.outcome.method.rule): {
            "selected": [int(each) for each in side.outcome.selected],
            "gain": side.gain,
            "lose": side.lose,
            "same": side.same,
        }
        for side in sides
    }


def as_record(outcome: Outcome) -> dict[str, Any]:
    """An outcome as it is kept: amounts as text, in yuan."""
    method = outcome.method
    return {
        "rule": str(method.rule),
        "utility": str(method.utility),
        "completion": str(method.completion),
        "stop": str(method.stop),
        "tie_break": str(method.tie_break),
        "voters": outcome.voters,
        "budget": _amount(outcome.budget),
        "cost": _amount(outcome.cost),
        "share": None if outcome.share is None else _amount(outcome.share),
        "rounds": [
            {
                "project": int(each.project),
                "reason": str(each.reason),
                "cost": _amount(each.cost),
                "score": number_text(each.score),
                "left": _amount(each.left),
                "effective_votes": each.shares and round(each.shares.effective_votes, 2),
                "ran_dry": each.shares and each.shares.ran_dry,
            }
            for each in outcome.rounds
        ],
        "why": {
            name: {
                "won": each.reason.funded,
                "votes": each.votes,
                "score": number_text(each.score),
                "said": said_as_json(why_said(each, outcome)),
            }
            for name, each in outcome.why.items()
        },
    }


def _amount(value: Fraction) -> str:
    """To the cent; whatever isn't whole cents is a share, shown rounded."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.2f}"
