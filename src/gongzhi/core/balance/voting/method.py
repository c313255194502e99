"""How a vote is counted: the rule and its settings, all of them written into the result."""

from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.balance.voting.election import BallotKind


class Rule(StrEnum):
    """A rule of counting, named as on the command line."""

    GREEDY = "greedy"
    GREEDY_NO_SKIP = "greedy-no-skip"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"
    MAX_WELFARE = "max-welfare"


class Utility(StrEnum):
    """What a funded project is worth to a voter who chose it."""

    COST = "cost"
    CARDINALITY = "cardinality"
    POINTS = "points"
    BORDA = "borda"

    @property
    def has_points(self) -> bool:
        """Whether projects on one ballot can be worth differently by what the ballot says."""
        return self in (Utility.POINTS, Utility.BORDA)


class Completion(StrEnum):
    """How money that Equal Shares leaves is spent."""

    NONE = "none"
    UTILITARIAN = "utilitarian"
    ADD1 = "add1"
    ADD1U = "add1u"

    @property
    def adds_money(self) -> bool:
        """Whether the shares grow by one unit of currency again and again."""
        return self in (Completion.ADD1, Completion.ADD1U)

    @property
    def is_filled(self) -> bool:
        """Whether what then is left goes to what gives most and still fits."""
        return self in (Completion.UTILITARIAN, Completion.ADD1U)


class Stop(StrEnum):
    """When growing shares stop."""

    OVERSPEND = "overspend"
    EXHAUSTIVE = "exhaustive"


class TieBreak(StrEnum):
    """Which of equal projects comes first."""

    ID = "id"
    CHEAPER = "cheaper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A rule and its settings; a project below the threshold of votes or points isn't funded."""

    rule: Rule = Rule.EQUAL_SHARES
    utility: Utility = Utility.COST
    completion: Completion = Completion.ADD1U
    stop: Stop = Stop.OVERSPEND
    threshold: int = 0
    tie_break: TieBreak = TieBreak.ID


def usual_utility(kind: BallotKind) -> Utility:
    """Approvals weigh by cost, points by points, ranks by Borda."""
    usual = {BallotKind.CUMULATIVE: Utility.POINTS, BallotKind.ORDINAL: Utility.BORDA}
    return usual.get(kind, Utility.COST)


def method_for(
    kind: BallotKind,
    *,
    rule: Rule = Rule.EQUAL_SHARES,
    utility: Utility | None = None,
    completion: Completion = Completion.ADD1U,
    stop: Stop = Stop.OVERSPEND,
    threshold: int = 0,
    tie_break: TieBreak = TieBreak.ID,
) -> Method:
    """The method with what is usual for this kind of ballot where nothing else is said."""
    return Method(
        rule=rule,
        utility=utility or usual_utility(kind),
        completion=completion,
        stop=stop,
        threshold=threshold,
        tie_break=tie_break,
    )
