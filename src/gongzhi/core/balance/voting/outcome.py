"""What a count found: what is funded in which order, round by round, and why of each project."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gongzhi.core.balance.voting.election import BallotKind
from gongzhi.core.balance.voting.method import Method


class Reason(StrEnum):
    """Why a project is funded or not."""

    FREE = "free"
    SCORE = "score"
    SHARES = "shares"
    TURN = "turn"
    WELFARE = "welfare"
    FILLED = "filled"
    BELOW_THRESHOLD = "below_threshold"
    NOBODY_CHOSE = "nobody_chose"
    DID_NOT_FIT = "did_not_fit"
    AFTER_THE_STOP = "after_the_stop"
    SUPPORTERS_LACK = "supporters_lack"
    NOT_AMONG_THE_BEST = "not_among_the_best"

    @property
    def funded(self) -> bool:
        """Whether it is a reason for funding."""
        return self in FOR


FOR = frozenset(
    (Reason.FREE, Reason.SCORE, Reason.SHARES, Reason.TURN, Reason.WELFARE, Reason.FILLED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How a project was paid by shares: voters who paid in full, ran dry by it, had nothing left.

    `price` is what one unit of worth costs a voter, `exact` the same as a fraction where that is
    short; `effective_votes` are the cost (or one) for each unit of price; `left` is what all voters
    together then have.
    """

    price: float
    exact: str
    effective_votes: float
    in_full: int
    ran_dry: int
    had_nothing: int
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One project funded, and the budget left; `moment`: what each voter earned by then."""

    project: str
    reason: Reason
    cost: Fraction
    score: Fraction
    left: Fraction
    shares: Shares | None = None
    moment: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a project is funded, or isn't and what it lacked (money, or votes below a threshold)."""

    project: str
    reason: Reason
    votes: int
    score: Fraction
    at_round: int | None = None
    lacked_money: Fraction | None = None
    lacked_score: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a count, with the method that led to it.

    With Equal Shares `share` is what each voter started with in the end, after so many `steps`; of
    those that were looked at so many were `runs` of their own.
    """

    method: Method
    kind: BallotKind
    voters: int
    budget: Fraction
    cost: Fraction
    selected: tuple[str, ...]
    rounds: tuple[Round, ...]
    why: Mapping[str, Why]
    share: Fraction | None = None
    steps: int = 0
    looked_at: int = 0
    runs: int = 0
