"""The rules of counting, each as what it does to a count under way."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from gongzhi.core.balance.voting.counting import Counting
from gongzhi.core.balance.voting.election import Election
from gongzhi.core.balance.voting.equal_shares import Run
from gongzhi.core.balance.voting.greedy import by_score
from gongzhi.core.balance.voting.growing import Grown, grown
from gongzhi.core.balance.voting.max_welfare import best_set
from gongzhi.core.balance.voting.method import Method, Rule, Utility
from gongzhi.core.balance.voting.outcome import Outcome, Reason, Shares
from gongzhi.core.balance.voting.phragmen import turns
from gongzhi.core.balance.voting.support import Support

EXACT_LENGTH_MAX = 60


def count(election: Election, method: Method, *, runs_max: int | None = None) -> Outcome:
    """Count a vote; where nobody chose anything, nothing is funded.

    Where shares grow, TooManySteps is raised once more than `runs_max` runs were needed.
    """
    counting = Counting(election=election, method=method, runs_max=runs_max)
    if any(counting.votes):
        RULES[method.rule](counting)
    for at in counting.open:
        counting.refuse(at, Reason.NOBODY_CHOSE)
    return counting.outcome()


def _greedy(counting: Counting) -> None:
    stopped = False
    skip = counting.method.rule is Rule.GREEDY
    order = by_score(counting.election, utility=counting.method.utility, ranks=counting.ranks)
    for at in filter(counting.is_allowed, order):
        lacked = counting.cost(at) - counting.left
        if stopped:
            counting.refuse(at, Reason.AFTER_THE_STOP, lacked_money=lacked if lacked > 0 else None)
        elif lacked <= 0:
            counting.fund(at, Reason.SCORE)
        else:
            counting.refuse(at, Reason.DID_NOT_FIT, lacked_money=lacked)
            stopped = not skip


def _equal_shares(counting: Counting) -> None:
    election, method = counting.election, counting.method
    free = [at for at in counting.allowed if not counting.cost(at) and counting.votes[at]]
    for at in sorted(free, key=lambda at: counting.ranks[at]):
        counting.fund(at, Reason.FREE)
    if election.budget > 0:
        support, scale = counting.support(), election.scale
        found = _grown(counting, support)
        counting.share, counting.steps = found.run.share / scale, found.steps
        counting.looked_at, counting.runs = found.looked_at, found.runs
        _buy(counting, support, found.run)
        _lacking(counting, support, found.run)
    for at in counting.open:
        counting.refuse(at, Reason.NOBODY_CHOSE if not counting.votes[at] else Reason.DID_NOT_FIT)
    if method.completion.is_filled:
        counting.fill()


def _grown(counting: Counting, support: Support) -> Grown:
    election, method, scale = counting.election, counting.method, counting.election.scale
    budget = int(election.budget * scale)
    if method.completion.adds_money:
        return grown(
            support,
            budget=budget,
            voters=election.voters,
            unit=scale,
            stop=method.stop,
            runs_max=counting.runs_max,
        )
    run = Run(support, share=Fraction(budget, election.voters))
    return Grown(run=run, steps=0, looked_at=1)


def _buy(counting: Counting, support: Support, run: Run) -> None:
    scale = support.election.scale
    left = run.share * counting.election.voters
    pointed = support.entry_worths is not None
    point = support.election.ballots.scale if pointed else 1
    for at, bought in enumerate(run.purchases):
        price = bought.price.near * point
        left -= support.costs[bought.place]
        weights = support.weights[bought.place]
        shares = Shares(
            price=price / scale,
            exact=run.prices.short(at, scale=Fraction(scale, point), length=EXACT_LENGTH_MAX),
            effective_votes=support.divisors[bought.place] / price,
            in_full=int(weights[~bought.poor].sum()),
            ran_dry=int(weights[bought.poor & ~bought.had_nothing].sum()),
            had_nothing=int(weights[bought.had_nothing].sum()),
            left=float(left / scale),
        )
        counting.fund(bought.place, Reason.SHARES, shares=shares)


def _lacking(counting: Counting, support: Support, run: Run) -> None:
    """What supporters of the others lack, exactly to a unit of the last digit of money."""
    scale = support.election.scale
    for at in counting.open:
        if not counting.votes[at]:
            continue
        had = run.money_of(at)
        lacked = Fraction(round((support.costs[at] - had) * 100), 100 * scale)
        counting.refuse(at, Reason.SUPPORTERS_LACK, lacked_money=max(lacked, Fraction(0)))


def _phragmen(counting: Counting) -> None:
    support, scale = counting.support(), counting.election.scale
    budget = int(counting.election.budget * scale)
    for turn in turns(support, budget=budget, allowed=counting.allowed):
        moment = None if turn.earned is None else float(turn.earned / scale)
        counting.fund(turn.place, Reason.TURN, moment=moment)
    counting.refuse_rest(counting.open, Reason.AFTER_THE_STOP)


def _max_welfare(counting: Counting) -> None:
    election, scale = counting.election, counting.election.scale
    worths = [_worth(counting, at) for at in range(len(election.candidates))]
    chosen = best_set(
        [int(counting.cost(at) * scale) for at in counting.allowed],
        [worths[at] for at in counting.allowed],
        budget=int(election.budget * scale),
        ranks=[counting.ranks[at] for at in counting.allowed],
    )
    for at in chosen:
        counting.fund(counting.allowed[at], Reason.WELFARE)
    counting.refuse_rest(counting.open, Reason.NOT_AMONG_THE_BEST)


def _worth(counting: Counting, at: int) -> int:
    """What a project is worth to all voters together."""
    utility, election = counting.method.utility, counting.election
    if utility is Utility.COST:
        cost = counting.cost(at)
        return counting.votes[at] * int(cost * election.scale) if cost else counting.votes[at]
    if utility is Utility.CARDINALITY:
        return counting.votes[at]
    return int(counting.scores[at] * election.ballots.scale)


RULES: Mapping[Rule, Callable[[Counting], None]] = {
    Rule.GREEDY: _greedy,
    Rule.GREEDY_NO_SKIP: _greedy,
    Rule.EQUAL_SHARES: _equal_shares,
    Rule.PHRAGMEN: _phragmen,
    Rule.MAX_WELFARE: _max_welfare,
}
