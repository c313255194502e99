"""What came of an allocation: each project's amount and what binds it, each limit and its price.

worth is what one more yuan would bring here in weighted yuan; price what one more yuan of a total
or a ceiling brings, or one yuan less of a floor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.balance.allocation.asked import Limit, Request
from gongzhi.core.terms import Money, Ratio, Said


class Binding(StrEnum):
    """What keeps a project's amount where it is."""

    RIGID = "rigid"
    SET = "set"
    ALL = "all"
    CEILING = "ceiling"
    FLOOR = "floor"
    SHORT = "short"
    STOPPED = "stopped"
    ORDER = "order"
    LIFTED = "lifted"
    LIMIT = "limit"
    KEPT = "kept"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A project's amount, its range, and what binds it, in words; more: why it isn't more."""

    request: Request
    amount: Money
    floor: Money
    ceiling: Money
    weight: float
    worth: float
    binding: Binding
    said: Said
    more: Said | None = None

    @property
    def growth(self) -> Ratio | None:
        """By what share it grows on this year's money; None for what is new."""
        base = self.request.base
        return self.amount / base - 1 if base else None

    @property
    def cut(self) -> Money:
        """What it lacks of its request."""
        return self.request.asked - self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUse:
    """A limit, the money under it, what its floor lacks, and its price."""

    limit: Limit
    used: Money
    price: float
    said: Said

    @property
    def lacks(self) -> Money:
        """What the floor lacks."""
        least = self.limit.least
        return max(least - self.used, Decimal(0)) if least is not None else Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The whole: amounts in the order of the requests, limits, the price of the total, the steps.

    gap: by what share its weighted value may lie below the best, where stopping was decided too.
    """

    granted: tuple[Granted, ...]
    total: Money
    uses: tuple[LimitUse, ...]
    price: float
    value: float
    gap: float
    steps: tuple[Said, ...]

    @property
    def together(self) -> Money:
        """What all amounts make."""
        return sum((each.amount for each in self.granted), start=Decimal(0))

    @property
    def left(self) -> Money:
        """What is left of the total."""
        return self.total - self.together

    @property
    def lacking(self) -> Money:
        """What all floors lack: of projects and of limits."""
        short = (max(each.floor - each.amount, Decimal(0)) for each in self.granted if _goes(each))
        return sum((*short, *(use.lacks for use in self.uses)), start=Decimal(0))


def _goes(granted: Granted) -> bool:
    return granted.binding is not Binding.STOPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """Why no allocation keeps the limits that never give way: which, and by how much."""

    lacking: Money
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A project in two allocations."""

    request: Request
    before: Money
    after: Money

    @property
    def amount(self) -> Money:
        """What it gains, or loses."""
        return self.after - self.before


def differences(before: Allocation, after: Allocation) -> tuple[Difference, ...]:
    """Who gains and who loses, the largest loss first; of projects that stand in both."""
    had = {each.request.id: each for each in before.granted}
    found = [
        Difference(request=each.request, before=had[each.request.id].amount, after=each.amount)
        for each in after.granted
        if each.request.id in had and had[each.request.id].amount != each.amount
    ]
    return tuple(sorted(found, key=lambda each: (each.amount, each.request.id)))


def by_department(changes: Sequence[Difference]) -> Iterator[tuple[str, Money, Money]]:
    """What each department gains and what it loses, by name."""
    for name in sorted({each.request.department for each in changes}):
        inside = [each.amount for each in changes if each.request.department == name]
        gains = sum((each for each in inside if each > 0), start=Decimal(0))
        losses = sum((each for each in inside if each < 0), start=Decimal(0))
        yield name, gains, losses
