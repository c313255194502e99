"""A project carried together: what is still needed, who said what of a gift, where they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.terms import Said

NOTHING = Decimal(0)
NO_QUANTITY = Said("数量应当大于零")
MORE_THAN_NEEDED = Said("还需要 {open}，不能接受更多")
MORE_THAN_OFFERED = Said("对方只提供 {offered}，不能接受更多")
NOT_EXPLAINED = Said("这个月有 {count} 处各方的数字不一致，请写明原因和怎样处理")


class Side(StrEnum):
    """Who says it of a gift: who gave, or who received."""

    GIVER = "giver"
    RECEIVER = "receiver"


class Agreement(StrEnum):
    """What the two sides say of the same thing, held beside each other."""

    AGREE = "agree"
    ONE_SIDED = "one_sided"  # one of them hasn't said anything yet
    DIFFER = "differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """That a side gave or received so much of a thing on a day."""

    thing: str
    side: Side
    quantity: Decimal
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """What both sides say of a thing together; None where a side has said nothing."""

    thing: str
    gave: Decimal | None
    got: Decimal | None

    @property
    def agreement(self) -> Agreement:
        """Whether they say the same."""
        if self.gave == self.got:
            return Agreement.AGREE
        both = self.gave is not None and self.got is not None
        return Agreement.DIFFER if both else Agreement.ONE_SIDED

    @property
    def difference(self) -> Decimal:
        """By how much more was given than received."""
        return (self.gave or NOTHING) - (self.got or NOTHING)


def side_by_side(stated: Iterable[Stated], *, until: date | None = None) -> tuple[Both, ...]:
    """Both sides of each thing, by what they said of the days until then."""
    sums: dict[str, dict[Side, Decimal]] = {}
    for each in stated:
        sides = sums.setdefault(each.thing, {})
        if until is None or each.on <= until:
            sides[each.side] = sides.get(each.side, NOTHING) + each.quantity
    return tuple(
        Both(thing=thing, gave=sides.get(Side.GIVER), got=sides.get(Side.RECEIVER))
        for thing, sides in sums.items()
    )


def why_not_accepted(
    quantity: Decimal, *, offered: Decimal, needed: Decimal, accepted: Decimal
) -> Said | None:
    """Why so much of an offer can't be accepted; `accepted`: of what is needed, by others' too."""
    if quantity <= NOTHING:
        return NO_QUANTITY
    if quantity > offered:
        return Said(MORE_THAN_OFFERED.text, {"offered": offered})
    if quantity > needed - accepted:
        return Said(MORE_THAN_NEEDED.text, {"open": needed - accepted})
    return None


def why_not_reconciled(found: Sequence[Both], *, note: str) -> Said | None:
    """A month whose figures differ is closed only with words about it."""
    differing = [each for each in found if each.agreement is not Agreement.AGREE]
    if differing and not note.strip():
        return Said(NOT_EXPLAINED.text, {"count": len(differing)})
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licensed:
    """From when until when an organisation may ask the public for money; None: without an end."""

    since_on: date
    until_on: date | None


def may_raise_money(licences: Iterable[Licensed], *, today: date) -> bool:
    """Whether a licence for public fundraising is in force."""
    return any(
        each.since_on <= today and (each.until_on is None or today <= each.until_on)
        for each in licences
    )
