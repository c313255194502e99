"""Money between sides, to the fen: the least that makes a plan acceptable to all, evenly borne.

Payments t on top of worth u: u + t ≥ d for everybody, law's floors and agreed ceilings kept, all t
together no more than the subsidy. First as little as possible is moved, then the smallest gains are
made as large as can be, one after the other. Amounts are whole fen, so that balance holds exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

NOBODY = -1  # the payer of what comes from outside the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """One side at one plan, in fen: worth, limit, and bounds of its payment (negative: it pays).

    limit None: not told, so nothing is asked of it beyond its bounds. least, most None: no bound; a
    side without limit and without least pays nothing.
    """

    worth: int
    limit: int | None = None
    least: int | None = None
    most: int | None = None

    @property
    def low(self) -> int:
        """The least payment that limit and bounds leave."""
        named = [] if self.limit is None else [self.limit - self.worth]
        if self.least is not None:
            named.append(self.least)
        return max(named, default=0)

    @property
    def beyond(self) -> int:
        """By how much that passes the most it may be paid."""
        return 0 if self.most is None else max(0, self.low - self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Who pays whom how much; the payer NOBODY is the subsidy."""

    payer: int
    payee: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Payments of all sides, which add up to the subsidy used, and gains over limits."""

    payments: tuple[int, ...]
    subsidy: int
    gains: tuple[int | None, ...]

    @property
    def moved(self) -> int:
        """All that is received."""
        return sum(each for each in self.payments if each > 0)

    def transfers(self) -> tuple[Transfer, ...]:
        """Payments as pairs, payers and payees in their order; the subsidy last."""
        owing = [(at, -each) for at, each in enumerate(self.payments) if each < 0]
        if self.subsidy:
            owing.append((NOBODY, self.subsidy))
        due = [[at, each] for at, each in enumerate(self.payments) if each > 0]
        made: list[Transfer] = []
        for payer, amount in owing:
            left = amount
            while left:
                payee, wants = due[0]
                part = min(left, wants)
                made.append(Transfer(payer=payer, payee=payee, amount=part))
                left -= part
                due[0][1] -= part
                if not due[0][1]:
                    due.pop(0)
        return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """Why no payments will do: what is missing, or the sides whose bounds exclude their limits."""

    missing: int = 0
    contradicted: tuple[int, ...] = ()


def settled(stakes: Sequence[Stake], *, subsidy: int = 0, evenly: bool = False) -> Settled | Short:
    """The payments at a plan; evenly: the smallest gains first, however much is moved."""
    against = tuple(at for at, each in enumerate(stakes) if each.beyond)
    if against:
        return Short(contradicted=against)
    lows = [each.low for each in stakes]
    used = max(0, sum(lows))
    if used > subsidy:
        return Short(missing=used - subsidy)
    tops = [_top(each, low, evenly=evenly) for each, low in zip(stakes, lows, strict=True)]
    start = [_gain_unpaid(each) for each in stakes]
    payments = levelled(lows, tops, start, total=used)
    gains = tuple(
        None if each.limit is None else each.worth + paid - each.limit
        for each, paid in zip(stakes, payments, strict=True)
    )
    return Settled(payments=payments, subsidy=used, gains=gains)


def _top(stake: Stake, low: int, *, evenly: bool) -> int | None:
    """The most that it may be paid: without evenly, what it needs; who has no limit, no more."""
    if evenly and stake.limit is not None:
        return stake.most
    return max(low, 0)


def _gain_unpaid(stake: Stake) -> int:
    """What it gains without a payment; of who tells no limit, what it may still be asked for."""
    return -stake.low if stake.limit is None else stake.worth - stake.limit


def levelled(
    lows: Sequence[int], tops: Sequence[int | None], start: Sequence[int], *, total: int
) -> tuple[int, ...]:
    """Amounts between lows and tops with that total; the smallest start + amount first raised.

    The last fen that can't be split evenly go to the first sides in order.
    """
    free = total - sum(lows)
    assert free >= 0, "lows leave room"
    most = [low + free if top is None else top for low, top in zip(lows, tops, strict=True)]
    assert sum(most) >= total, "tops leave enough"
    found = list(lows)
    open_to = [at for at, top in enumerate(most) if top > lows[at]]
    if not free or not open_to:
        return tuple(found)
    bounds = [(start[at], lows[at], most[at]) for at in open_to]
    level = _level(bounds, total=total - sum(lows) + sum(low for _, low, _ in bounds))
    for at, amount in zip(open_to, _amounts(bounds, level), strict=True):
        found[at] = amount
    left = total - sum(found)
    for at, raised in zip(open_to, _amounts(bounds, level + 1), strict=True):
        if left and raised > found[at]:
            found[at] += 1
            left -= 1
    return tuple(found)


Bounds: TypeAlias = Sequence[tuple[int, int, int]]  # start, low, top


def _amounts(bounds: Bounds, level: int) -> list[int]:
    return [min(max(level - begun, low), top) for begun, low, top in bounds]


def _level(bounds: Bounds, *, total: int) -> int:
    """The highest level at which amounts don't pass the total; by halves."""
    low = min(begun + least for begun, least, _ in bounds)
    high = max(begun + most for begun, _, most in bounds)
    while high - low > 1:
        middle = (low + high) // 2
        if sum(_amounts(bounds, middle)) <= total:
            low = middle
        else:
            high = middle
    return high if sum(_amounts(bounds, high)) <= total else low


class Sharing(StrEnum):
    """How too little is shared among claims."""

    PROPORTIONAL = "proportional"
    EQUAL_AWARDS = "equal_awards"
    EQUAL_LOSSES = "equal_losses"
    TALMUD = "talmud"


def shared(
    claims: Sequence[Fraction | int], estate: Fraction | int, rule: Sharing
) -> tuple[Fraction, ...]:
    """What each claim gets of an estate that is no more than all claims; exactly."""
    owed = [Fraction(each) for each in claims]
    has, whole = Fraction(estate), sum(owed, Fraction(0))
    assert min(owed, default=0) >= 0, "a claim isn't negative"
    assert 0 <= has <= whole, "there is no more than is claimed"
    if rule is Sharing.PROPORTIONAL:
        return tuple(each * has / whole if whole else each for each in owed)
    if rule is Sharing.EQUAL_AWARDS:
        return _equal_awards(owed, has)
    if rule is Sharing.EQUAL_LOSSES:
        return _less(owed, _equal_awards(owed, whole - has))
    halves = [each / 2 for each in owed]
    if has <= whole / 2:
        return _equal_awards(halves, has)
    return _less(owed, _equal_awards(halves, whole - has))


def _less(owed: Sequence[Fraction], losses: Sequence[Fraction]) -> tuple[Fraction, ...]:
    return tuple(each - loss for each, loss in zip(owed, losses, strict=True))


def _equal_awards(owed: Sequence[Fraction], has: Fraction) -> tuple[Fraction, ...]:
    """The same to everybody, no more than its claim."""
    awards = [Fraction(0)] * len(owed)
    order = sorted(range(len(owed)), key=lambda at: owed[at])
    for place, at in enumerate(order):
        awards[at] = min(owed[at], has / (len(order) - place))
        has -= awards[at]
    return tuple(awards)


def in_whole_fen(shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Shares whose sum is whole as whole numbers with that sum: largest rests first, then order."""
    whole = [each.numerator // each.denominator for each in shares]
    left = sum(shares, Fraction(0)) - sum(whole)
    assert left.denominator == 1, "the sum is whole"
    rests = sorted(range(len(whole)), key=lambda at: (whole[at] - shares[at], at))
    for at in rests[: int(left)]:
        whole[at] += 1
    return tuple(whole)
