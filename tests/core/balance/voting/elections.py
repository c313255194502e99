"""Small elections of every kind, with many ties and many voters who run dry."""

from fractions import Fraction

from hypothesis import strategies as st

from gongzhi.core.balance.voting import Ballot, BallotKind, Candidate, election_of

NAMES = tuple("abcdefgh")
KINDS = st.sampled_from(BallotKind)


@st.composite
def elections(draw, kinds=KINDS, budget_max=60):
    kind = draw(kinds)
    size = draw(st.integers(1, len(NAMES)))
    names = draw(st.permutations(NAMES[:size]))
    costs = draw(st.lists(amounts(), min_size=size, max_size=size))
    candidates = [Candidate(id=n, cost=c) for n, c in zip(names, costs, strict=True)]
    ballots = draw(st.lists(ballots_on(names, kind), min_size=1, max_size=9))
    budget = Fraction(draw(st.integers(1, budget_max)))
    return election_of(candidates, ballots, budget=budget, kind=kind)


def amounts():
    whole = st.integers(1, 30).map(Fraction)
    return whole | st.integers(1, 3000).map(lambda cents: Fraction(cents, 100))


@st.composite
def ballots_on(draw, names, kind):
    most = 1 if kind is BallotKind.CHOOSE_1 else len(names)
    chosen = draw(st.lists(st.sampled_from(names), max_size=most, unique=True))
    points = ()
    if kind is BallotKind.CUMULATIVE:
        points = tuple(
            Fraction(draw(st.integers(0, 4)), draw(st.sampled_from((1, 2)))) for _ in chosen
        )
    return Ballot(choices=tuple(chosen), points=points, count=draw(st.integers(1, 4)))
