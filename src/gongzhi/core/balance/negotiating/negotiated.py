"""A case negotiated: all steps in order, each from the one before, as one trace."""

from dataclasses import dataclass, replace
from fractions import Fraction

from gongzhi.core.balance.conflict import Picture, Reach, picture, reaches
from gongzhi.core.balance.negotiating.amounts import Value
from gongzhi.core.balance.negotiating.case import Case, Measure, Side
from gongzhi.core.balance.negotiating.costs import Borne, borne
from gongzhi.core.balance.negotiating.faults import faults
from gongzhi.core.balance.negotiating.law import lawful
from gongzhi.core.balance.negotiating.proposals import (
    Mixture,
    Proposal,
    at_hand,
    by_product,
    by_smallest_gain,
    fairest,
    largest,
    mixture,
)
from gongzhi.core.balance.negotiating.shortlist import Shortlist, shortlist
from gongzhi.core.balance.negotiating.stated import stated
from gongzhi.core.balance.negotiating.table import Table
from gongzhi.core.balance.negotiating.talks import Talks, talks
from gongzhi.core.balance.negotiating.together import Together, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Firmness:
    """How firm a side's order is: its first option, the next, the lead, and each weight's reach."""

    side: int
    first: int
    second: int | None
    lead: Value
    reaches: tuple[Reach, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiated:
    """The trace: what was stated under law, the picture, firmness, shortlist, proposals, talks.

    picture and talks are None where no option was valued by all sides; together where nobody weighs
    criteria; mix where mixing options makes the smallest share no larger.
    """

    table: Table
    picture: Picture | None
    firmness: tuple[Firmness, ...]
    shortlist: Shortlist
    fairest: Proposal | None
    largest: Proposal | None
    nash: Proposal | None
    egalitarian: Proposal | None
    talks: Talks | None
    together: Together | None
    costs: tuple[Borne, ...]
    mix: Mixture | None

    @property
    def case(self) -> Case:
        """What was negotiated."""
        return self.table.case

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The two that stand side by side, as far as there are any."""
        return tuple(each for each in (self.fairest, self.largest) if each is not None)


def negotiate(case: Case) -> Negotiated:
    """Take all steps; the case has no faults (see `faults`)."""
    assert not faults(case), "a case is looked at before it is negotiated"
    case = replace(case, sides=tuple(map(_as_counted, case.sides)))
    found = stated(case)
    table = Table(case=case, stated=found, law=lawful(case, found.options))
    short = shortlist(table)
    candidates = at_hand(table, short)
    return Negotiated(
        table=table,
        picture=_picture(table),
        firmness=_firmness(table),
        shortlist=short,
        fairest=fairest(table, candidates),
        largest=largest(table, short),
        nash=by_product(table, candidates),
        egalitarian=by_smallest_gain(table, candidates),
        talks=talks(table),
        together=together(table) if table.options else None,
        costs=borne(case),
        mix=mixture(table, candidates),
    )


def _as_counted(side: Side) -> Side:
    """A side that states no worth but scores counts in points, whatever it says."""
    is_scored = bool(side.scores) and not side.worth
    return replace(side, measure=Measure.POINTS) if is_scored else side


def _picture(table: Table) -> Picture | None:
    if not table.options:
        return None
    return picture(
        [[Fraction(table.by_law(at, o)) for o in table.options] for at in table.sides],
        accepts=[
            [table.can_live_with(at, o, paid=table.law.due(at, o)) for o in table.options]
            for at in table.sides
        ],
    )


def _firmness(table: Table) -> tuple[Firmness, ...]:
    if not table.options:
        return ()
    return tuple(_firm(table, at) for at in table.sides)


def _firm(table: Table, at: int) -> Firmness:
    values = [table.by_law(at, o) for o in table.options]
    order = sorted(table.options, key=lambda o: (-values[o], o))
    weighed = table.stated.weighed[at]
    return Firmness(
        side=at,
        first=order[0],
        second=order[1] if len(order) > 1 else None,
        lead=values[order[0]] - values[order[1]] if len(order) > 1 else 0,
        reaches=reaches(weighed.scores, weighed.weights) if weighed is not None else (),
    )
