"""Two results of the same sides and options beside each other, line by line: before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongzhi.core.balance.negotiating.amounts import worded
from gongzhi.core.balance.negotiating.negotiated import Negotiated
from gongzhi.core.balance.negotiating.proposals import Proposal
from gongzhi.core.balance.negotiating.telling_proposals import NAMES, transfer
from gongzhi.core.terms import Said

NOTHING, KEPT_BACK = Said("没有"), Said("不公开")
UNPAID, PAID = Said("不付补偿就能入围"), Said("付补偿能入围")
PROPOSED, TRANSFERS = Said("{rule}：建议"), Said("{rule}：谁付给谁")
GAINED = Said("{rule}：“{side}”比底线多得")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A line of the comparison: what it is about, how it stood, how it would stand."""

    about: Said
    before: tuple[Said, ...]
    after: tuple[Said, ...]

    @property
    def differs(self) -> bool:
        """Whether the change matters here."""
        return self.before != self.after


def compared(
    before: Negotiated, after: Negotiated, *, limits_shown: bool = True
) -> tuple[Compared, ...]:
    """All lines: the shortlists, then each proposal with its payments and gains."""
    return tuple(_lines(before, after, limits_shown=limits_shown))


def _lines(before: Negotiated, after: Negotiated, *, limits_shown: bool) -> Iterator[Compared]:
    for about, one, other in (
        (UNPAID, before.shortlist.without, after.shortlist.without),
        (PAID, before.shortlist.with_payments, after.shortlist.with_payments),
    ):
        yield Compared(about=about, before=_named(before, one), after=_named(after, other))
    for old, new in (
        (before.fairest, after.fairest),
        (before.largest, after.largest),
        (before.nash, after.nash),
    ):
        found = old or new
        if found is None:
            continue
        rule = {"rule": NAMES[found.rule]}
        yield Compared(
            about=Said(PROPOSED.text, {**rule}),
            before=_option(before, old),
            after=_option(after, new),
        )
        yield Compared(
            about=Said(TRANSFERS.text, {**rule}),
            before=_transfers(before, old),
            after=_transfers(after, new),
        )
        for at, side in enumerate(before.case.sides):
            yield Compared(
                about=Said(GAINED.text, {**rule, "side": side.name}),
                before=_gain(before, old, at, limits_shown=limits_shown),
                after=_gain(after, new, at, limits_shown=limits_shown),
            )


def _named(negotiated: Negotiated, places: Sequence[int]) -> tuple[Said, ...]:
    options = negotiated.table.stated.options
    return tuple(Said(options[at].name) for at in places) or (NOTHING,)


def _option(negotiated: Negotiated, proposal: Proposal | None) -> tuple[Said, ...]:
    return (NOTHING,) if proposal is None else _named(negotiated, [proposal.option])


def _transfers(negotiated: Negotiated, proposal: Proposal | None) -> tuple[Said, ...]:
    if proposal is None:
        return (NOTHING,)
    table = negotiated.table
    return tuple(transfer(table, each) for each in proposal.transfers) or (NOTHING,)


def _gain(
    negotiated: Negotiated, proposal: Proposal | None, at: int, *, limits_shown: bool
) -> tuple[Said, ...]:
    if proposal is None:
        return (NOTHING,)
    side, gain = negotiated.table.side(at), proposal.gains[at]
    if gain is None or (side.is_resident and not limits_shown):
        return (KEPT_BACK,)
    return (worded(gain, side),)
