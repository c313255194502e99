"""Laws of compensation: to the fen it balances, nobody is below a limit or a floor, least moves."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongzhi.core.balance.compensation import (
    Settled,
    Sharing,
    Short,
    Stake,
    in_whole_fen,
    settled,
    shared,
)
from gongzhi.core.balance.cost_sharing import airport, nucleolus, shapley
from gongzhi.core.solving import Program, Solver

SOME = st.none() | st.integers(0, 30)


@st.composite
def stakes(draw):
    made = []
    for _ in range(draw(st.integers(1, 6))):
        pays, gets = draw(SOME), draw(SOME)
        made.append(
            Stake(
                worth=draw(st.integers(-30, 30)),
                limit=draw(st.none() | st.integers(-20, 20)),
                least=draw(st.sampled_from([None if pays is None else -pays, 3, 0])),
                most=None if gets is None else gets,
            )
        )
    return made


def least_moved(given: list[Stake], subsidy: int) -> float | None:
    """The same by a linear program."""
    program = Program()
    paid = [program.variable(each.low, inf if each.most is None else each.most) for each in given]
    received = [program.variable(cost=1.0) for _ in given]
    for t, plus in zip(paid, received, strict=True):
        program.row(0.0, inf, {plus: 1.0, t: -1.0})
    program.row(0.0, subsidy, dict.fromkeys(paid, 1.0))
    solved = Solver(program).minimised()
    return None if solved is None else solved[0]


@pytest.mark.parametrize("evenly", [False, True])
@given(given_=stakes(), subsidy=st.integers(0, 20))
def test_payments_balance_and_nobody_is_below_limit_floor_or_ceiling(evenly, given_, subsidy):
    found = settled(given_, subsidy=subsidy, evenly=evenly)
    if isinstance(found, Short):
        assert (found.missing > 0) != bool(found.contradicted)
        return
    assert sum(found.payments) == found.subsidy <= subsidy
    for each, paid, gain in zip(given_, found.payments, found.gains, strict=True):
        assert each.least is None or paid >= each.least
        assert each.most is None or paid <= max(each.most, each.low)
        assert (gain is None) == (each.limit is None)
        assert gain is None or gain >= 0


@given(stakes(), st.integers(0, 20))
def test_no_less_money_could_be_moved(given_, subsidy):
    found = settled(given_, subsidy=subsidy)
    assume(all(each.most is None or each.most >= each.low for each in given_))
    bare = least_moved(given_, subsidy)
    if isinstance(found, Short):
        assert bare is None
        assert least_moved(given_, subsidy + found.missing) is not None
    else:
        assert found.moved == pytest.approx(bare)


@given(stakes(), st.integers(0, 20))
def test_it_can_be_done_exactly_where_worth_and_subsidy_reach_the_limits(given_, subsidy):
    free = [Stake(worth=each.worth, limit=each.limit or 0) for each in given_]
    reaches = sum(each.worth - each.limit for each in free) + subsidy >= 0
    assert isinstance(settled(free, subsidy=subsidy), Settled) == reaches


@given(stakes())
def test_evenly_no_smaller_gain_could_be_raised(given_):
    free = [Stake(worth=each.worth, limit=each.limit or 0) for each in given_]
    found = settled(free, evenly=True)
    assume(isinstance(found, Settled))
    assert max(found.gains) - min(found.gains) <= 1


def test_payers_with_more_to_gain_pay_first():
    both = [Stake(worth=100, limit=0), Stake(worth=40, limit=0)]
    found = settled([*both, Stake(worth=-50, limit=0)])
    assert found.payments == (-50, 0, 50)
    assert found.gains == (50, 40, 0)
    found = settled([*both, Stake(worth=-91, limit=0)])
    assert found.payments == (-75, -16, 91)
    assert [(each.payer, each.payee, each.amount) for each in found.transfers()] == [
        (0, 2, 75),
        (1, 2, 16),
    ]


def test_a_side_that_told_nothing_pays_nothing():
    found = settled([Stake(worth=10**9), Stake(worth=-5, limit=0)])
    assert found == Short(missing=5)
    assert settled([Stake(worth=9, least=-4), Stake(worth=-5, limit=0)]) == Short(missing=1)


@given(stakes(), st.integers(0, 20))
def test_transfers_add_up_to_the_payments(given_, subsidy):
    found = settled(given_, subsidy=subsidy)
    assume(isinstance(found, Settled))
    sums = [0] * len(given_)
    for each in found.transfers():
        assert each.amount > 0
        sums[each.payee] += each.amount
        if each.payer >= 0:
            sums[each.payer] -= each.amount
    assert tuple(sums) == found.payments


# ── too little ──

CLAIMS = st.lists(st.integers(0, 1000), min_size=1, max_size=6)


@pytest.mark.parametrize("rule", Sharing)
@given(claims=CLAIMS, part=st.fractions(0, 1))
def test_an_estate_is_shared_whole_and_nobody_gets_more_than_claimed(rule, claims, part):
    estate = int(sum(claims) * part)
    shares = shared(claims, estate, rule)
    assert sum(shares) == estate
    assert all(0 <= share <= claim for share, claim in zip(shares, claims, strict=True))
    whole = in_whole_fen(shares)
    assert sum(whole) == estate
    assert all(0 <= share <= claim for share, claim in zip(whole, claims, strict=True))
    by_claim = [share for _, share in sorted(zip(claims, shares, strict=True))]
    assert by_claim == sorted(by_claim)


@given(CLAIMS, st.fractions(0, 1))
def test_awards_and_losses_mirror_each_other(claims, part):
    estate, owed = sum(claims) * part, sum(claims)
    lost = shared(claims, owed - estate, Sharing.EQUAL_AWARDS)
    kept = shared(claims, estate, Sharing.EQUAL_LOSSES)
    assert [a + b for a, b in zip(lost, kept, strict=True)] == claims
    lost = shared(claims, owed - estate, Sharing.TALMUD)
    kept = shared(claims, estate, Sharing.TALMUD)
    assert [a + b for a, b in zip(lost, kept, strict=True)] == claims


# ── costs in common ──


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_an_airport_is_borne_as_shapley_says(costs):
    shares = airport(costs)
    assert sum(shares) == max(costs)
    assert shares == shapley(len(costs), lambda who: max((costs[at] for at in who), default=0))


@given(st.lists(st.integers(1, 30), min_size=2, max_size=4), st.fractions(0, 1))
def test_the_nucleolus_of_an_estate_is_the_talmuds(claims, part):
    estate = int(sum(claims) * part)
    found = nucleolus(
        len(claims),
        lambda who: max(0, estate - sum(c for at, c in enumerate(claims) if at not in who)),
    )
    expected = shared(claims, estate, Sharing.TALMUD)
    assert found == pytest.approx([float(Fraction(each)) for each in expected], abs=1e-4)
