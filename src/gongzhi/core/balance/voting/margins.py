"""What a project that isn't funded lacked: how many more votes, or how much less cost.

Boehmer and others, “Evaluation of project performance in participatory budgeting”, IJCAI 2024.
More votes are those of further voters who choose this project alone, and where ballots have points
give it as many as anybody gave a project. Each answer is an edge: so much is enough, one unit less
isn't. By Greedy it is read off the order, if that doesn't hang on costs; else votes are counted
again and again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

import numpy as np

from gongzhi.core.balance.voting.counting import Counting
from gongzhi.core.balance.voting.election import Candidate, Election
from gongzhi.core.balance.voting.greedy import by_score
from gongzhi.core.balance.voting.method import Completion, Rule, TieBreak, Utility
from gongzhi.core.balance.voting.outcome import Outcome, Reason
from gongzhi.core.balance.voting.rules import count

WORK_MAX, QUICK_MAX = 30_000, 7_500  # about four seconds, and one
# What one project takes, as measured; and what a step abreast takes of a run.
RECOUNTS_EACH, ENTRIES_A_ROUND = 22, 20_000
ABREAST, ENTRIES_ABREAST = 0.05, 100_000
TIMES_THE_VOTERS = 100
SKIPPING = frozenset((Rule.GREEDY, Rule.GREEDY_NO_SKIP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What one project lacked; None where nothing of that kind would have been enough.

    `points` is what each of the further voters gives it. Where more votes or less cost can also
    harm a project, an edge isn't the only one: `votes_surely` and `cost_surely` say that it is.
    """

    project: str
    more_votes: int | None
    less_cost: Fraction | None
    points: Fraction | None
    votes_surely: bool
    cost_surely: bool


def margins(
    election: Election, outcome: Outcome, *, work_max: int | None = WORK_MAX
) -> Mapping[str, Margin] | None:
    """What each project that isn't funded lacked; None where that would take too long."""
    if work_max is not None and _work(election, outcome) > work_max:
        return None
    queue = _queue_of(election, outcome) if _is_read_off(outcome) else None
    return {
        each.id: _margin(election, outcome, at, queue=queue)
        for at, each in enumerate(election.candidates)
        if not outcome.why[each.id].reason.funded
    }


def _work(election: Election, outcome: Outcome) -> float:
    """How much counting it takes, in rounds of a small vote."""
    if _is_read_off(outcome):
        return 0
    losers, entries = len(election.candidates) - len(outcome.selected), len(election.ballots.places)
    runs = max(1, outcome.runs)
    run, abreast = 1 + entries / ENTRIES_A_ROUND, ABREAST + entries / ENTRIES_ABREAST
    each = runs * run + max(0, outcome.looked_at - runs) * abreast
    return losers * RECOUNTS_EACH * (len(outcome.selected) + 1) * each


def _is_read_off(outcome: Outcome) -> bool:
    """Whether the order says it: where equals go by cost, less cost moves a project among them."""
    method = outcome.method
    by_votes = method.rule in SKIPPING and method.utility is not Utility.CARDINALITY
    return by_votes and method.tie_break is not TieBreak.CHEAPER


def _margin(election: Election, outcome: Outcome, at: int, *, queue: "_Queue | None") -> Margin:
    method, each = outcome.method, election.candidates[at]
    if queue is not None and each.cost:
        votes, cost = _votes_by_order(queue, outcome, at), _cost_by_order(outcome, each)
    else:
        votes, cost = _votes_by_counting(election, outcome, at), None
        if method.rule is not Rule.MAX_WELFARE or method.utility is not Utility.COST:
            cost = _cost_by_counting(election, outcome, at)
    points = None
    if election.ballots.points is not None:
        points = queue.points if queue else _points_each(election)
    shared = method.rule is Rule.EQUAL_SHARES
    return Margin(
        project=each.id,
        more_votes=votes,
        less_cost=cost,
        points=points,
        votes_surely=not shared,
        cost_surely=not shared or method.completion is Completion.NONE,
    )


# ── Greedy: read off the order ──


@dataclass(frozen=True, slots=True, kw_only=True)
class _Queue:
    """The projects that reach the threshold in the order in which they are asked, with votes."""

    counting: Counting
    order: tuple[int, ...]
    points: Fraction


def _queue_of(election: Election, outcome: Outcome) -> _Queue:
    counting = Counting(election=election, method=outcome.method)
    order = by_score(election, utility=outcome.method.utility, ranks=counting.ranks)
    return _Queue(
        counting=counting,
        order=tuple(filter(counting.is_allowed, order)),
        points=_points_each(election),
    )


def _votes_by_order(queue: _Queue, outcome: Outcome, at: int) -> int | None:
    """Where it would have had to stand to fit, and what that takes."""
    counting = queue.counting
    cost = counting.cost(at)
    if cost > outcome.budget:
        return None
    left, ahead_of = outcome.budget, None
    for other in queue.order:
        if other == at:
            continue
        fits = counting.cost(other) <= left
        stops = not fits and outcome.method.rule is Rule.GREEDY_NO_SKIP
        if stops or (fits and left - counting.cost(other) < cost):
            ahead_of = other
            break
        left -= counting.cost(other) if fits else 0
    has_points = outcome.method.utility.has_points
    own = counting.scores[at] if has_points else Fraction(counting.votes[at])
    gain = queue.points if has_points else Fraction(1)
    needed = 0
    if ahead_of is not None:
        theirs = counting.scores[ahead_of] if has_points else counting.votes[ahead_of]
        more = (theirs - own) / gain
        behind = counting.ranks[at] > counting.ranks[ahead_of]
        needed = int(more) + 1 if behind and more >= 0 else ceil(more)
    to_threshold = ceil((outcome.method.threshold - counting.scores[at]) / queue.points)
    return max(needed, to_threshold, 1)


def _cost_by_order(outcome: Outcome, each: Candidate) -> Fraction | None:
    """What there was too little of when it was its turn; less cost moves nothing else."""
    lacked = outcome.why[each.id].lacked_money
    was_asked = outcome.why[each.id].reason is Reason.DID_NOT_FIT
    return lacked if was_asked and lacked is not None and lacked < each.cost else None


# ── the other rules: by counting again ──


def _votes_by_counting(election: Election, outcome: Outcome, at: int) -> int | None:
    each = election.candidates[at]
    if each.cost > election.budget:
        return None

    def look(more: int) -> _Look:
        found = count(with_votes(election, at, more), outcome.method)
        return _Look(enough=found.why[each.id].reason.funded)

    lacked, share = outcome.why[each.id].lacked_money, outcome.share
    guess = ceil(lacked / share) if lacked and share else 1
    most = TIMES_THE_VOTERS * (election.voters + outcome.method.threshold + 1)
    return _edge(look, guess=guess, most=most)


def _cost_by_counting(election: Election, outcome: Outcome, at: int) -> Fraction | None:
    each, scale = election.candidates[at], election.scale

    def look(less: int) -> _Look:
        cheaper = with_less_cost(election, at, Fraction(less, scale))
        found = count(cheaper, outcome.method)
        enough = found.why[each.id].reason.funded
        change = -_left(found) if enough else _lacked(found, cheaper.candidates[at])
        return _Look(enough=enough, likely=less + ceil(change * scale))

    guess = ceil(_lacked(outcome, each) * scale)
    found = _edge(look, guess=guess, most=int(each.cost * scale) - 1)
    return None if found is None else Fraction(found, scale)


def _left(found: Outcome) -> Fraction:
    """What a project that is funded could cost more, if the same others were funded."""
    return found.budget - found.cost


def _lacked(found: Outcome, each: Candidate) -> Fraction:
    """How much less a project that isn't funded had to cost, if the same others were funded.

    Where shares grow, they stop because it doesn't fit; else its supporters lack something.
    """
    why, method = found.why[each.id], found.method
    ahead = (
        one.cost for one in found.rounds
        if one.reason is not Reason.FILLED or one.score >= why.score
    )  # fmt: skip
    over = each.cost - found.budget + sum(ahead, Fraction(0))
    if method.rule is not Rule.EQUAL_SHARES or method.completion.adds_money:
        return over
    lacked = why.lacked_money or Fraction(0)
    return min(lacked, over) if method.completion.is_filled else lacked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """Whether an amount is enough, and which one is likely to be just enough, if that is known."""

    enough: bool
    likely: int | None = None


def _edge(look: Callable[[int], _Look], *, guess: int, most: int) -> int | None:
    """An amount that is enough while one less isn't; nothing isn't enough.

    It is sought where it is likely to be, else in the middle of what is open.
    """
    if most < 1:
        return None
    low, high = 0, most + 1
    probe = min(max(1, guess), most)
    up, trusted = max(1, guess // 4), True
    while high - low > 1:
        before, found = high - low, look(probe)
        if found.enough:
            high = probe
        elif probe == most:
            return None
        else:
            low = probe
        trusted = not trusted or 2 * (high - low) <= before
        if high > most:
            probe, up = min(most, max(low + up, found.likely or 0)), 2 * up
        elif trusted and found.likely is not None and low < found.likely <= high:
            probe = min(found.likely, high - 1)
        else:
            probe = (low + high) // 2
    return high


def with_votes(election: Election, at: int, more: int) -> Election:
    """The vote with so many further voters, who choose this project alone."""
    ballots, one = election.ballots, np.ones(1, dtype=np.int64)
    points = ballots.points
    if points is not None:
        points = np.append(points, one * _most_points(election))
    further = replace(
        ballots,
        starts=np.append(ballots.starts, ballots.starts[-1] + one),
        places=np.append(ballots.places, one * at),
        counts=np.append(ballots.counts, one * more),
        points=points,
    )
    return replace(election, ballots=further, voters=election.voters + more)


def with_less_cost(election: Election, at: int, less: Fraction) -> Election:
    """The vote with this project so much cheaper."""
    candidates = list(election.candidates)
    candidates[at] = replace(candidates[at], cost=candidates[at].cost - less)
    return replace(election, candidates=tuple(candidates))


def _most_points(election: Election) -> int:
    """The most points that anybody gave a project, times the ballots' scale."""
    points = election.ballots.points
    return election.ballots.scale if points is None or not len(points) else int(points.max())


def _points_each(election: Election) -> Fraction:
    return Fraction(_most_points(election), election.ballots.scale)
