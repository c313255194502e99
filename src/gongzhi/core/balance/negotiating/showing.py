"""Pictures of a negotiation as data: who ranks what, who gains what, how firm weights are.

Pages and papers draw them; each picture is also its table, so that nothing is told by colour alone.
"""

from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.balance.negotiating.amounts import worded, yuan
from gongzhi.core.balance.negotiating.case import Measure
from gongzhi.core.balance.negotiating.negotiated import Negotiated
from gongzhi.core.balance.negotiating.proposals import Proposal
from gongzhi.core.balance.negotiating.telling_proposals import NAMES, transfer
from gongzhi.core.terms import Said

GRID_OPTIONS_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What an option is to a side: its rank (1 is best), and whether it can live with it."""

    rank: Fraction
    acceptable: bool
    worth: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The picture of conflict: a row of cells for each side; for each option who accepts it."""

    options: tuple[str, ...]
    sides: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    acceptable: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A side's part in a proposal: payment (negative: it pays), gain, and lengths −1 to 1.

    Lengths are parts of the largest amount of the picture; None where there is none, in points, or
    where it is kept back.
    """

    side: str
    paid: Said
    gain: Said | None
    paid_length: Fraction
    gain_length: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A proposal as a picture: its rule and option, bars side by side, transfers in words."""

    rule: Said
    option: str
    total: Said | None
    bars: tuple[Bar, ...]
    transfers: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How far a weight may move: the weight, where the first stays, where the order stays."""

    side: str
    criterion: str
    weight: Fraction
    first: tuple[Fraction, Fraction]
    order: tuple[Fraction, Fraction]


def grid(negotiated: Negotiated) -> Grid | None:
    """The picture of conflict; of very many options those that most can live with."""
    found, table = negotiated.picture, negotiated.table
    if found is None:
        return None
    best = sorted(table.options, key=lambda o: (-found.acceptable[o], o))[:GRID_OPTIONS_MOST]
    shown = sorted(best)
    return Grid(
        options=tuple(table.stated.options[o].name for o in shown),
        sides=tuple(side.name for side in table.case.sides),
        rows=tuple(
            tuple(
                Cell(
                    rank=found.ranks[at][o],
                    acceptable=table.can_live_with(at, o, paid=table.law.due(at, o)),
                    worth=worded(table.stated.worth[at][o], table.side(at)),
                )
                for o in shown
            )
            for at in table.sides
        ),
        acceptable=tuple(found.acceptable[o] for o in shown),
    )


def shown(negotiated: Negotiated, proposal: Proposal, *, limits_shown: bool = True) -> Shown:
    """A proposal as a picture; what residents gain over their limits may be kept back."""
    table = negotiated.table
    gains = tuple(
        None if table.side(at).is_resident and not limits_shown else gain
        for at, gain in zip(table.sides, proposal.gains, strict=True)
    )
    money = [
        *(abs(each) for each in proposal.settled.payments),
        *(
            abs(int(gain))
            for at, gain in zip(table.sides, gains, strict=True)
            if gain is not None and table.side(at).measure is Measure.MONEY
        ),
    ]
    largest = max(money, default=0) or 1
    bars = []
    for at, gain in zip(table.sides, gains, strict=True):
        side, paid = table.side(at), proposal.settled.payments[at]
        in_money = side.measure is Measure.MONEY
        bars.append(
            Bar(
                side=side.name,
                paid=yuan(paid),
                gain=None if gain is None else worded(gain, side),
                paid_length=Fraction(paid, largest),
                gain_length=Fraction(gain) / largest if gain is not None and in_money else None,
            )
        )
    return Shown(
        rule=NAMES[proposal.rule],
        option=table.stated.options[proposal.option].name,
        total=yuan(proposal.total) if table.has_money else None,
        bars=tuple(bars),
        transfers=tuple(transfer(table, each) for each in proposal.transfers),
    )


def spans(negotiated: Negotiated) -> tuple[Span, ...]:
    """How far the weights of all sides may move."""
    return tuple(
        Span(
            side=negotiated.table.side(each.side).name,
            criterion=negotiated.case.criteria[reach.criterion].name,
            weight=reach.weight,
            first=reach.first,
            order=reach.order,
        )
        for each in negotiated.firmness
        for reach in each.reaches
    )
