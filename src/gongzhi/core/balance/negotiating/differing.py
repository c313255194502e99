"""What-if: the same case with a number changed, and what that changes in the result."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.balance.negotiating.amounts import worded
from gongzhi.core.balance.negotiating.case import Case, Side
from gongzhi.core.balance.negotiating.negotiated import Negotiated
from gongzhi.core.balance.negotiating.proposals import Proposal
from gongzhi.core.balance.negotiating.telling_proposals import NAMES, transfer
from gongzhi.core.terms import Said, SaidValues


class Changeable(StrEnum):
    """Which number may be changed; those of options or criteria name one, the subsidy no side."""

    WORTH = "worth"
    FLOOR = "floors"
    OFFERED = "offered"
    LIMIT = "limit"
    PAYS_MOST = "pays_most"
    GETS_MOST = "gets_most"
    SIZE = "size"
    WEIGHT = "weight"
    POINTS = "points"
    SCORE = "scores"
    SUBSIDY = "subsidy"


OF_OPTIONS = frozenset((Changeable.WORTH, Changeable.FLOOR, Changeable.OFFERED, Changeable.SCORE))
OF_CRITERIA = frozenset((Changeable.POINTS, Changeable.SCORE))
OF_NO_SIDE = frozenset((Changeable.SUBSIDY,))
OF_NUMBERS = frozenset(  # the others are money
    (Changeable.SIZE, Changeable.WEIGHT, Changeable.POINTS, Changeable.SCORE)
)
NONE_DIFFER = Said("结果不变")


def changed(
    case: Case,
    side: str,
    what: Changeable,
    amount: Decimal,
    *,
    option: str = "",
    criterion: str = "",
) -> Case:
    """The case with one number changed; the side, option and criterion are in the case."""
    if what in OF_NO_SIDE:
        return replace(case, subsidy=amount)
    old = case.side(side)
    value: object = amount
    if what is Changeable.POINTS:
        value = {**old.points, criterion: amount}
    elif what is Changeable.SCORE:
        row = {**old.scores.get(option, {}), criterion: amount}
        value = {**old.scores, option: row}
    elif (named := _by_option(old).get(what)) is not None:
        value = {**named, case.option(option).code: amount}
    new = replace(old, **{what.value: value})  # type: ignore[arg-type]
    return replace(case, sides=tuple(new if each is old else each for each in case.sides))


def number_of(
    case: Case, side: str, what: Changeable, *, option: str = "", criterion: str = ""
) -> Decimal | None:
    """The number that could be changed, as it stands; None where its side states none."""
    if what in OF_NO_SIDE:
        return case.subsidy
    old = case.side(side)
    if what is Changeable.POINTS:
        return old.points.get(criterion)
    if what is Changeable.SCORE:
        return old.scores.get(option, {}).get(criterion)
    if (named := _by_option(old).get(what)) is not None:
        return named.get(option)
    return _alone(old)[what]


def _by_option(side: Side) -> Mapping[Changeable, Mapping[str, Decimal]]:
    """The numbers that a side has for each option."""
    return {
        Changeable.WORTH: side.worth,
        Changeable.FLOOR: side.floors,
        Changeable.OFFERED: side.offered,
    }


def _alone(side: Side) -> Mapping[Changeable, Decimal | None]:
    """The numbers that a side has once."""
    return {
        Changeable.LIMIT: side.limit,
        Changeable.PAYS_MOST: side.pays_most,
        Changeable.GETS_MOST: side.gets_most,
        Changeable.SIZE: side.size,
        Changeable.WEIGHT: side.weight,
    }


def differences(before: Negotiated, after: Negotiated) -> tuple[Said, ...]:
    """What differs between two results of the same sides and options; never nothing."""
    found = [*_lists(before, after)]
    for one, other in ((before.fairest, after.fairest), (before.largest, after.largest)):
        found += _between(before, one, after, other)
    return tuple(found) or (NONE_DIFFER,)


def _names(negotiated: Negotiated, places: tuple[int, ...]) -> set[str]:
    return {negotiated.table.stated.options[at].name for at in places}


def _lists(before: Negotiated, after: Negotiated) -> Iterator[Said]:
    for text_in, text_out, one, other in (
        (
            Said("不付补偿的名单多了“{option}”"),
            Said("不付补偿的名单少了“{option}”"),
            _names(before, before.shortlist.without),
            _names(after, after.shortlist.without),
        ),
        (
            Said("付补偿的名单多了“{option}”"),
            Said("付补偿的名单少了“{option}”"),
            _names(before, before.shortlist.with_payments),
            _names(after, after.shortlist.with_payments),
        ),
    ):
        yield from (Said(text_in.text, {"option": name}) for name in sorted(other - one))
        yield from (Said(text_out.text, {"option": name}) for name in sorted(one - other))


def _between(
    before: Negotiated, one: Proposal | None, after: Negotiated, other: Proposal | None
) -> Iterator[Said]:
    if one is None or other is None:
        if one is not None:
            yield Said("“{rule}”不再有方案", {"rule": NAMES[one.rule]})
        if other is not None:
            yield Said("“{rule}”现在有方案了", {"rule": NAMES[other.rule]})
        return
    told: SaidValues = {"rule": NAMES[one.rule]}
    old, new = (
        negotiated.table.stated.options[proposal.option].name
        for negotiated, proposal in ((before, one), (after, other))
    )
    if old != new:
        yield Said("“{rule}”从“{old}”变成“{new}”", {**told, "old": old, "new": new})
    for at in after.table.sides:
        yield from _of_side(after, at, one, other)
    for each in other.transfers:
        if each not in one.transfers:
            yield Said("“{rule}”现在：{paid}", {**told, "paid": transfer(after.table, each)})
    for each in one.transfers:
        if each not in other.transfers:
            yield Said("“{rule}”不再：{paid}", {**told, "paid": transfer(after.table, each)})


def _of_side(after: Negotiated, at: int, one: Proposal, other: Proposal) -> Iterator[Said]:
    side, old, new = after.table.side(at), one.gains[at], other.gains[at]
    if old is None or new is None or old == new:
        return
    told: SaidValues = {"rule": NAMES[one.rule], "side": side.name}
    if new > old:
        yield Said("“{rule}”里“{side}”多得 {amount}", {**told, "amount": worded(new - old, side)})
    else:
        yield Said("“{rule}”里“{side}”少得 {amount}", {**told, "amount": worded(old - new, side)})
