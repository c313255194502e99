"""A second count of everything by fractions alone: short, slow, and written to be read.

It shares no code with the product but the values that go in.
"""

from fractions import Fraction


def ballots_in(election):
    """Each ballot as project → points, and how many cast it."""
    ballots = election.ballots
    points = [1] * len(ballots.places) if ballots.points is None else ballots.points.tolist()
    for at, count in enumerate(ballots.counts.tolist()):
        entries = range(int(ballots.starts[at]), int(ballots.starts[at + 1]))
        yield {int(ballots.places[k]): Fraction(points[k]) for k in entries}, count


def equal_shares(election, *, utility, share=None):
    """Purchases in order, as (project, price per worth), from this first share of each voter."""
    costs = [each.cost for each in election.candidates]
    voters = [
        [dict(ballot), count, share if share is not None else election.budget / election.voters]
        for ballot, count in ballots_in(election)
    ]
    for ballot, _, _ in voters:
        for at in ballot:
            ballot[at] = {"cost": costs[at], "cardinality": Fraction(1)}.get(utility, ballot[at])
    left = {at for at, cost in enumerate(costs) if cost > 0}
    bought = []
    while True:
        prices = {at: price for at in left if (price := price_of(at, costs[at], voters))}
        if not prices:
            return bought
        least = min(prices.values())
        best = min((at for at in prices if prices[at] == least), key=by_id(election))
        for voter in voters:
            if best in voter[0]:
                voter[2] -= min(voter[2], least * voter[0][best])
        left.remove(best)
        bought.append((best, least))


def by_id(election):
    return lambda at: election.candidates[at].id


def price_of(at, cost, voters):
    """The price per worth at which supporters pay the cost; None where they can't."""
    those = [(money, ballot[at], count) for ballot, count, money in voters if at in ballot]
    if sum(money * count for money, _, count in those) < cost:
        return None
    those.sort(key=lambda each: each[0] / each[1])
    rest, weight = cost, sum(worth * count for _, worth, count in those)
    for money, worth, count in those:
        if money >= rest / weight * worth:
            return rest / weight
        rest -= money * count
        weight -= worth * count
    raise AssertionError("who can pay together pays")


def growing(election, *, utility, stop):
    """Equal Shares with one unit more for each voter, step by step."""
    costs = [each.cost for each in election.candidates]
    share, kept = election.budget / election.voters, None
    wanted = {at for ballot, _ in ballots_in(election) for at in ballot if costs[at] > 0}
    while True:
        bought = equal_shares(election, utility=utility, share=share)
        spent = sum(costs[at] for at, _ in bought)
        if spent > election.budget:
            return kept
        left = wanted - {at for at, _ in bought}
        if not left or (
            stop == "exhaustive" and all(costs[at] + spent > election.budget for at in left)
        ):
            return bought
        kept, share = bought, share + 1


def worth_to_all(election, *, utility):
    """What each project is worth to all voters together."""
    found = [Fraction(0)] * len(election.candidates)
    for ballot, count in ballots_in(election):
        for at, points in ballot.items():
            cost = election.candidates[at].cost
            found[at] += count * {"cost": cost, "cardinality": Fraction(1)}.get(utility, points)
    return found


def filled(election, bought, *, utility):
    """What is left goes to what is worth most for its money."""
    costs = [each.cost for each in election.candidates]
    worth = worth_to_all(election, utility=utility)
    votes = worth_to_all(election, utility="cardinality")
    density = [
        worth[at] / cost if cost else Fraction(votes[at]) and Fraction(10**30)
        for at, cost in enumerate(costs)
    ]
    bought, left = list(bought), election.budget - sum(costs[at] for at in bought)
    rest = [at for at in range(len(costs)) if at not in bought]
    for at in sorted(rest, key=lambda at: (-density[at], by_id(election)(at))):
        if costs[at] <= left:
            bought.append(at)
            left -= costs[at]
    return bought


def phragmen(election):
    """Who can pay first, until one doesn't fit."""
    costs = [each.cost for each in election.candidates]
    voters = [[ballot, count, Fraction(0)] for ballot, count in ballots_in(election)]
    rest = [at for at, cost in enumerate(costs) if cost <= election.budget]
    bought, left = [], election.budget
    while rest:
        moments = {}
        for at in rest:
            weight = sum(count for ballot, count, _ in voters if at in ballot)
            load = sum(count * load for ballot, count, load in voters if at in ballot)
            moments[at] = (load + costs[at]) / weight if weight else Fraction(10**30)
        least = min(moments.values())
        tied = [at for at in rest if moments[at] == least]
        if any(costs[at] > left for at in tied):
            break
        best = min(tied, key=by_id(election))
        for voter in voters:
            if best in voter[0]:
                voter[2] = least
        bought.append(best)
        rest.remove(best)
        left -= costs[best]
    return bought
