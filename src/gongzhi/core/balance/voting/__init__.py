"""Votes on projects under one budget: rules that anybody can recount, exact to the last unit.

Greedy, Equal Shares, Phragmén's rule and the greatest welfare, for ballots with approvals, points
or ranks. Faliszewski and others, “Participatory budgeting: data, tools and analysis”, IJCAI 2023.
"""

from gongzhi.core.balance.voting.election import (
    Ballot,
    BallotKind,
    Candidate,
    Election,
    election_of,
)
from gongzhi.core.balance.voting.method import (
    Completion,
    Method,
    Rule,
    Stop,
    TieBreak,
    Utility,
    method_for,
)
from gongzhi.core.balance.voting.outcome import Outcome, Reason, Round, Why
from gongzhi.core.balance.voting.rules import RULES, count

__all__ = [
    "RULES",
    "Ballot",
    "BallotKind",
    "Candidate",
    "Completion",
    "Election",
    "Method",
    "Outcome",
    "Reason",
    "Round",
    "Rule",
    "Stop",
    "TieBreak",
    "Utility",
    "Why",
    "count",
    "election_of",
    "method_for",
]
