"""A range of prices made from what firms quote in confidence, and never a firm's own figure.

Each end is the average of several firms, rounded away from them onto a coarse grid. A range once
told stays as it is; another one is made only when enough new firms have come, so that the
difference between two ranges never tells what a single firm asks.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from statistics import median

STEPS = (Fraction(1), Fraction(2), Fraction(5), Fraction(10))


class NoRange(StrEnum):
    """Why no range is told."""

    TOO_FEW = "too_few"  # independent firms
    NO_NEW = "no_new"  # ones since the last range, or not enough


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRules:
    """How many firms a range needs, and how coarse it is.

    `firms_least` independent firms make a range, each end is an average of `averaged_least` of
    them or more; `new_firms_least` new ones make another range. Figures further than
    `outlier_factor` times from the middle one are left out. `step_share` of the middle is how
    coarse the grid is at least. `hidden_least`: so many undisclosed firms a range keeps, or none.
    """

    firms_least: int
    new_firms_least: int
    averaged_least: int
    outlier_factor: Fraction
    step_share: Fraction
    hidden_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A firm's figure; `tied` are names of whom it belongs to, `names` those it goes by itself."""

    firm: str
    price: Decimal
    names: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    bids: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketRange:
    """What is told: the two ends, how many independent firms; and whose figures went into it."""

    low: Decimal
    high: Decimal
    step: Decimal
    owners: int
    firms: frozenset[str]


def market_range(
    quotes: Iterable[Quoted], *, former: Sequence[Collection[str]], rules: MarketRules
) -> MarketRange | NoRange:
    """The range that may be told now, or why there is none; `former`: whose figures others told.

    Whoever bids itself is left out.
    """
    groups = _near(_by_owner([each for each in quotes if not each.bids]), rules=rules)
    if len(groups) < rules.firms_least:
        return NoRange.TOO_FEW
    known = {firm for firms in former for firm in firms}
    new = [firms for firms, _ in groups if not firms & known]
    if known and len(new) < rules.new_firms_least:
        return NoRange.NO_NEW
    return _range(groups, rules=rules)


def surely_none(
    firms: Collection[str], *, former: Sequence[Collection[str]], rules: MarketRules
) -> NoRange | None:
    """Why there can be no range whatever the firms ask: known before a figure is opened."""
    known = {firm for told in former for firm in told}
    if len(firms) < rules.firms_least:
        return NoRange.TOO_FEW
    if known and len(set(firms) - known) < rules.new_firms_least:
        return NoRange.NO_NEW
    return None


def may_be_disclosed(
    firm: str, *, ranges: Iterable[Collection[str]], disclosed: Collection[str], least: int
) -> bool:
    """Whether a firm's figure may become public without telling another firm's with it."""
    open_now = {*disclosed, firm}
    left = [len(set(firms) - open_now) for firms in ranges if firm in firms]
    return all(count == 0 or count >= least for count in left)


Group = tuple[frozenset[str], Fraction]


def _by_owner(quotes: Sequence[Quoted]) -> list[Group]:
    """Firms of one owner are one: their average counts."""
    groups: list[tuple[set[str], list[Quoted]]] = []
    for quote in quotes:
        names, members = {quote.firm, *_plain(quote.names), *_plain(quote.tied)}, [quote]
        for other in [each for each in groups if each[0] & names]:
            groups.remove(other)
            names |= other[0]
            members += other[1]
        groups.append((names, members))
    return [
        (
            frozenset(each.firm for each in members),
            sum((Fraction(each.price) for each in members), Fraction(0)) / len(members),
        )
        for _, members in groups
    ]


def _plain(names: Iterable[str]) -> set[str]:
    return {plain for name in names if (plain := "".join(name.split()).casefold())}


def _near(groups: list[Group], *, rules: MarketRules) -> list[Group]:
    if not groups:
        return []
    middle, factor = median(price for _, price in groups), rules.outlier_factor
    return [each for each in groups if middle / factor <= each[1] <= middle * factor]


def _range(groups: Sequence[Group], *, rules: MarketRules) -> MarketRange:
    prices = sorted(price for _, price in groups)
    several = max(rules.averaged_least, ceil(len(prices) / 2))
    step = _step(_average(prices) * rules.step_share)
    low = ceil(_average(prices[:several]) / step) - 1
    high = int(_average(prices[-several:]) / step) + 1
    while low > 0 and low * step in prices:
        low -= 1
    while high * step in prices:
        high += 1
    return MarketRange(
        low=_decimal(max(low, 0) * step),
        high=_decimal(high * step),
        step=_decimal(step),
        owners=len(groups),
        firms=frozenset(firm for firms, _ in groups for firm in firms),
    )


def _average(prices: Sequence[Fraction]) -> Fraction:
    return sum(prices, Fraction(0)) / len(prices)


def _step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 5, 10, 20 … (or 0.5, 0.2 …) that is not smaller."""
    ten = Fraction(1)
    while ten * 10 <= least:
        ten *= 10
    while ten > least:
        ten /= 10
    return next(ten * each for each in STEPS if ten * each >= least)


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize() + 0
