"""Prices of Equal Shares without rounding: close ones in fixed point, equal ones as fractions.

What a purchase cost each voter is a number like (cost − what the poor had) ÷ the others' weight,
and what the poor had is the first share minus prices paid before. So every price follows from whole
numbers. In fixed point it is known within `error`, which is carried along; only where two numbers
are nearer than that, fractions decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

BITS = 320
ONE = 1 << BITS
ERROR_MAX = 1 << (BITS - 160)  # so much less than a float can tell that it needn't be counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """cost = poor · share − Σ factors · earlier prices + price · rich, solved for the price."""

    cost: int
    poor: int
    factors: tuple[tuple[int, int], ...]
    rich: int
    value: int
    error: int

    @property
    def near(self) -> float:
        """The price as the nearest float, or the one beside it."""
        return self.value / ONE


@dataclass(slots=True)
class Prices:
    """The prices of the purchases so far, when each voter starts with `share`.

    It is `tight` while fixed point was near enough, so that slopes are, too.
    """

    share: Fraction
    tight: bool = True
    paid: list[Price] = field(default_factory=list)
    _fixed: int = 0
    _slopes: list[int] = field(default_factory=list)
    _exact: list[Fraction | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fixed = self.share.numerator * ONE // self.share.denominator

    def price(
        self, *, cost: int, poor: int, factors: Iterable[tuple[int, int]], rich: int
    ) -> Price:
        """What each of the rich pays per worth, where the poor pay all they have."""
        kept = tuple(factors)
        had, error = self.money(poor, kept)
        value, error = (cost * ONE - had) // rich, error // rich + 2
        price = Price(cost=cost, poor=poor, factors=kept, rich=rich, value=value, error=error)
        if error <= ERROR_MAX:
            return price
        exact = self.exact(price)
        self.tight = False
        value = exact.numerator * ONE // exact.denominator
        return replace(price, value=value, error=1)

    def money(self, voters: int, factors: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """What so many voters have together, in fixed point, and how wrong that may be."""
        value, error = voters * self._fixed, voters
        for at, factor in factors:
            value -= factor * self.paid[at].value
            error += factor * self.paid[at].error
        return value, error

    def exact_money(self, voters: int, factors: Iterable[tuple[int, int]]) -> Fraction:
        """What so many voters have together."""
        return voters * self.share - sum(
            (factor * self.exact_paid(at) for at, factor in factors), Fraction(0)
        )

    def exact(self, price: Price) -> Fraction:
        """The price as a fraction."""
        return (price.cost - self.exact_money(price.poor, price.factors)) / price.rich

    def exact_paid(self, at: int) -> Fraction:
        """The price of an earlier purchase as a fraction, computed once."""
        known = self._exact[at]
        if known is None:
            known = self._exact[at] = self.exact(self.paid[at])
        return known

    def pay(self, price: Price) -> None:
        """Add a purchase."""
        self.paid.append(price)
        self._exact.append(None)

    def slope(self, price: Price) -> int:
        """How the price changes with the share while the same voters are poor, in fixed point."""
        change = price.poor * ONE
        for at, factor in price.factors:
            change -= factor * self._slopes[at]
        return -(change // price.rich)

    def pay_slope(self, slope: int) -> None:
        """Remember how the last purchase's price changes."""
        self._slopes.append(slope)

    def has_less(self, factors: Iterable[tuple[int, int]], price: Price, *, worth: int) -> bool:
        """Whether a voter who paid so has less than the price of that worth."""
        kept = tuple(factors)
        value, error = self.money(1, kept)
        difference = value - price.value * worth
        if abs(difference) > error + price.error * worth:
            return difference < 0
        return self.exact_money(1, kept) < self.exact(price) * worth

    def have_at_least(self, cost: int, *, voters: int, factors: Iterable[tuple[int, int]]) -> bool:
        """Whether so many voters together have the cost."""
        kept = tuple(factors)
        value, error = self.money(voters, kept)
        difference = value - cost * ONE
        if abs(difference) > error:
            return difference > 0
        return self.exact_money(voters, kept) >= cost

    def order(self, one: Price, other: Price, *, divisors: tuple[int, int]) -> int:
        """-1, 0 or 1: how price ÷ divisor of one compares with the other's."""
        left, right = one.value * divisors[1], other.value * divisors[0]
        if abs(left - right) > one.error * divisors[1] + other.error * divisors[0]:
            return -1 if left < right else 1
        exact_left, exact_right = self.exact(one) / divisors[0], self.exact(other) / divisors[1]
        return (exact_left > exact_right) - (exact_left < exact_right)

    def short(self, at: int, *, scale: Fraction, length: int) -> str:
        """An earlier price as a fraction, where that can be written in so many characters.

        Prices that follow from many others have thousands of digits; those aren't worked out.
        """
        if any(self.paid[k].factors for k, _ in self.paid[at].factors):
            return ""
        text = str(self.exact_paid(at) / scale)
        return text if len(text) <= length else ""
