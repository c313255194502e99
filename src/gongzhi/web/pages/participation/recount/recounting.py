"""What a page shows of a vote: the count that was asked for, every rule beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from gongzhi.connectors.pabulib import Pabulib
from gongzhi.connectors.pabulib_official import Compared, compared, official_method
from gongzhi.core.balance.voting import (
    Completion,
    Method,
    Outcome,
    Rule,
    Utility,
    count,
    method_for,
)
from gongzhi.core.balance.voting.beside import (
    Beside,
    GroupShare,
    Reach,
    beside,
    reach_of,
    where_shares_went,
)
from gongzhi.core.balance.voting.explaining import notes_said
from gongzhi.core.balance.voting.growing import TooManySteps
from gongzhi.core.balance.voting.margins import Margin, margins
from gongzhi.core.terms import Said

EXAMPLE = files("gongzhi.rules") / "votes" / "example.pb"
# A page answers at once; the command line has no such limits.
PROJECTS_MAX, ENTRIES_MAX, WORK_MAX, RUNS_MAX = 300, 500_000, 35_000_000, 2_000
AS_DECIDED = "as-decided"
UTILITIES = (Utility.COST, Utility.CARDINALITY)
TOO_MUCH = Said("这份投票太大，网页上算不了；请用命令行 gongzhi vote")
CUT_SHORT = Said(
    "份额要加很多次，网页上没有逐次加，剩下的钱给了放得下的；请用命令行 gongzhi vote 全算"
)
NOT_KNOWN = Said("文件没有写规则，或者写的规则这里没有；先用均等份额")


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRule:
    """One rule beside the count that was asked for."""

    outcome: Outcome
    reach: Reach
    beside: Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """A count with all that belongs beside it."""

    vote: Pabulib
    outcome: Outcome
    reach: Reach
    official: Compared | None
    by_rules: tuple[ByRule, ...]
    groups: tuple[GroupShare, ...]
    margins: Mapping[str, Margin] | None
    notes: tuple[Said, ...]


def recounted(vote: Pabulib, asked: Mapping[str, str]) -> Recount | Said:
    """The count that was asked for; a sentence where it is too large for a page."""
    election = vote.election
    entries = len(election.ballots.places)
    if len(election.candidates) > PROJECTS_MAX or entries > ENTRIES_MAX:
        return TOO_MUCH
    method, notes = _asked(vote, asked)
    outcome, cut = _patiently(vote, method)
    notes += (CUT_SHORT,) if cut else ()
    others = (_by_rule(vote, outcome, rule) for rule in Rule if rule is not method.rule)
    lacked = margins(election, outcome)
    notes += tuple(notes_said(lacked))
    return Recount(
        vote=vote,
        outcome=outcome,
        reach=reach_of(election, outcome.selected),
        official=compared(vote, outcome),
        by_rules=tuple(others),
        groups=where_shares_went(election, outcome),
        margins=lacked,
        notes=notes,
    )


def _asked(vote: Pabulib, asked: Mapping[str, str]) -> tuple[Method, tuple[Said, ...]]:
    kind, rule = vote.election.kind, asked.get("rule", "")
    if rule == AS_DECIDED:
        decided = official_method(vote.meta, kind)
        return (decided, ()) if decided else (method_for(kind), (NOT_KNOWN,))
    utility = asked.get("utility", "")
    completion = asked.get("completion", "")
    threshold = asked.get("threshold", "")
    method = method_for(
        kind,
        rule=Rule(rule) if rule in list(Rule) else Rule.EQUAL_SHARES,
        utility=Utility(utility) if utility in UTILITIES else None,
        completion=Completion(completion) if completion in list(Completion) else Completion.ADD1U,
        threshold=int(threshold) if threshold.isdecimal() and len(threshold) < 10 else 0,
    )
    return method, ()


def _patiently(vote: Pabulib, method: Method) -> tuple[Outcome, bool]:
    """The count, or that without growing shares where they would have to grow too often."""
    entries = max(1, len(vote.election.ballots.places))
    runs = max(20, min(RUNS_MAX, WORK_MAX // entries))
    try:
        return count(vote.election, method, runs_max=runs), False
    except TooManySteps:
        plain = method_for(
            vote.election.kind,
            rule=method.rule,
            utility=method.utility,
            completion=Completion.UTILITARIAN,
            threshold=method.threshold,
        )
        return count(vote.election, plain), True


def _by_rule(vote: Pabulib, outcome: Outcome, rule: Rule) -> ByRule:
    threshold, kind = outcome.method.threshold, vote.election.kind
    other, _ = _patiently(vote, method_for(kind, rule=rule, threshold=threshold))
    return ByRule(
        outcome=other,
        reach=reach_of(vote.election, other.selected),
        beside=beside(vote.election, outcome, other),
    )
