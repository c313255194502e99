"""One count from beginning to end, on which every rule works and from which the outcome is made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from gongzhi.core.balance.voting.election import Election
from gongzhi.core.balance.voting.greedy import by_density
from gongzhi.core.balance.voting.method import Method
from gongzhi.core.balance.voting.outcome import Outcome, Reason, Round, Shares, Why
from gongzhi.core.balance.voting.support import Support, ranks_of, support_of


@dataclass(slots=True, kw_only=True)
class Counting:
    """A count under way: who is allowed, what is funded, why not, how much money is left."""

    election: Election
    method: Method
    runs_max: int | None = None
    left: Fraction = field(init=False)
    ranks: tuple[int, ...] = field(init=False)
    votes: list[int] = field(init=False)
    scores: list[Fraction] = field(init=False)
    allowed: list[int] = field(init=False)
    rounds: list[Round] = field(default_factory=list)
    why: dict[int, Why] = field(default_factory=dict)
    share: Fraction | None = None
    steps: int = 0
    looked_at: int = 0
    runs: int = 0

    def __post_init__(self) -> None:
        election = self.election
        self.left = election.budget
        self.ranks = ranks_of(election, tie_break=self.method.tie_break)
        self.votes = election.votes().tolist()
        scale = election.ballots.scale
        self.scores = [Fraction(score, scale) for score in election.scores().tolist()]
        everybody = range(len(election.candidates))
        self.allowed = [at for at in everybody if self.is_allowed(at)]
        for at in everybody:
            if not self.is_allowed(at):
                lacked = self.method.threshold - self.scores[at]
                self.refuse(at, Reason.BELOW_THRESHOLD, lacked_score=lacked)

    def is_allowed(self, at: int) -> bool:
        """Whether a project reaches the threshold."""
        return self.scores[at] >= self.method.threshold

    @property
    def open(self) -> list[int]:
        """Projects of which nothing is decided yet."""
        return [at for at in self.allowed if at not in self.why]

    def cost(self, at: int) -> Fraction:
        """What a project costs."""
        return self.election.candidates[at].cost

    def support(self) -> Support:
        """The ballots seen from the projects that are allowed."""
        method = self.method
        whole = support_of(self.election, utility=method.utility, tie_break=method.tie_break)
        return whole if len(self.allowed) == len(whole.costs) else whole.only(set(self.allowed))

    def fund(
        self,
        at: int,
        reason: Reason,
        *,
        shares: Shares | None = None,
        moment: float | None = None,
    ) -> None:
        """A project is funded."""
        self.left -= self.cost(at)
        each = self.election.candidates[at]
        made = Round(
            project=each.id,
            reason=reason,
            cost=each.cost,
            score=self.scores[at],
            left=self.left,
            shares=shares,
            moment=moment,
        )
        self.rounds.append(made)
        self.why[at] = self._why(at, reason, at_round=len(self.rounds))

    def refuse(
        self,
        at: int,
        reason: Reason,
        *,
        lacked_money: Fraction | None = None,
        lacked_score: Fraction | None = None,
    ) -> None:
        """A project isn't funded, and what it lacked."""
        self.why[at] = self._why(at, reason, lacked_money=lacked_money, lacked_score=lacked_score)

    def _why(
        self,
        at: int,
        reason: Reason,
        *,
        at_round: int | None = None,
        lacked_money: Fraction | None = None,
        lacked_score: Fraction | None = None,
    ) -> Why:
        return Why(
            project=self.election.candidates[at].id,
            reason=reason,
            votes=self.votes[at],
            score=self.scores[at],
            at_round=at_round,
            lacked_money=lacked_money,
            lacked_score=lacked_score,
        )

    def fill(self) -> None:
        """What is left goes to what is worth most for its money and still fits."""
        utility = self.method.utility
        for at in by_density(self.election, utility=utility, ranks=self.ranks):
            if self.is_allowed(at) and not self._funded(at) and self.cost(at) <= self.left:
                self.fund(at, Reason.FILLED)

    def _funded(self, at: int) -> bool:
        return at in self.why and self.why[at].reason.funded

    def refuse_rest(self, places: Iterable[int], reason: Reason) -> None:
        """The rest isn't funded; what doesn't fit lacked money."""
        for at in places:
            short = max(Fraction(0), self.cost(at) - self.left)
            self.refuse(at, reason, lacked_money=short or None)

    def outcome(self) -> Outcome:
        """What was found."""
        candidates = self.election.candidates
        return Outcome(
            method=self.method,
            kind=self.election.kind,
            voters=self.election.voters,
            budget=self.election.budget,
            cost=self.election.budget - self.left,
            selected=tuple(each.project for each in self.rounds),
            rounds=tuple(self.rounds),
            why={each.id: self.why[at] for at, each in enumerate(candidates)},
            share=self.share,
            steps=self.steps,
            looked_at=self.looked_at,
            runs=self.runs,
        )
