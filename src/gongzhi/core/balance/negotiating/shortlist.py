"""Which options are left: acceptable to all and bettered by none, without and with compensation.

Where none is left, why: limits that exclude each other, of which none could be left out, and the
smallest concession that would open an option. What a resident would have to concede is never
computed: an option that residents can't live with has to offer them more.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.balance.bargaining import undominated
from gongzhi.core.balance.compensation import (
    Settled,
    Sharing,
    Short,
    in_whole_fen,
    settled,
    shared,
)
from gongzhi.core.balance.negotiating.amounts import Value
from gongzhi.core.balance.negotiating.case import Measure
from gongzhi.core.balance.negotiating.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """What would open an option: who would have to give how much of its limit, or money from all.

    gives: by side, in its measure. missing: fen that somebody would have to add. blocked: sides to
    whom the option would have to offer more; nothing is said of how much.
    """

    option: int
    gives: tuple[tuple[int, Value], ...] = ()
    missing: int = 0
    blocked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Why no option is left: an irreducible set of sides' limits, and the smallest concession.

    No sides: whatever their limits, nobody may be asked for what law has paid.
    """

    sides: tuple[int, ...]
    concession: Concession


@dataclass(frozen=True, slots=True, kw_only=True)
class Scarcity:
    """Too little money at the option that lacks least: claims, what there is, who would get it."""

    option: int
    claims: tuple[int, ...]
    estate: int
    shares: tuple[tuple[Sharing, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Options by their places; settlements of those that payments make acceptable to all."""

    undominated: tuple[int, ...]
    without: tuple[int, ...]
    with_payments: tuple[int, ...]
    settlements: tuple[tuple[int, Settled], ...]
    why_none_without: Exclusion | None = None
    why_none_with: Exclusion | None = None
    scarcity: Scarcity | None = None


def shortlist(table: Table) -> Shortlist:
    """Both lists, and proofs where they are empty."""
    best = undominated([[table.by_law(at, o) for at in table.sides] for o in table.options])
    alone = [o for o in table.options if _stands_alone(table, o)]
    without = undominated([[table.brings(at, o) for at in table.sides] for o in alone])
    outcomes = {o: settled_at(table, o) for o in table.options if not table.blocked(o)}
    settlements = {o: each for o, each in outcomes.items() if isinstance(each, Settled)}
    opened = list(settlements)
    kept = undominated([_with_pot(table, o) for o in opened])
    return Shortlist(
        undominated=best,
        without=tuple(alone[at] for at in without),
        with_payments=tuple(opened[at] for at in kept),
        settlements=tuple(settlements.items()),
        why_none_without=None if alone or not table.options else _why_none_without(table),
        why_none_with=None if opened or not table.options else _why_none_with(table),
        scarcity=None if opened else _scarcity(table, outcomes),
    )


def settled_at(table: Table, option: int, *, evenly: bool = False) -> Settled | Short:
    """The payments at an option that its fixed sides can live with."""
    stakes = [table.stake(at, option) for at in table.sides]
    return settled(stakes, subsidy=table.subsidy, evenly=evenly)


def _stands_alone(table: Table, option: int) -> bool:
    """Whether all can live with an option though nobody is paid; law may forbid that."""
    return all(_needs_nothing(table, at, option) for at in table.sides)


def _needs_nothing(table: Table, at: int, option: int) -> bool:
    return not table.law.due(at, option) and table.can_live_with(at, option, paid=0)


def _with_pot(table: Table, option: int) -> list[Value]:
    """What fixed sides have of an option, and what those who bargain have to share."""
    fixed = [at for at in table.sides if not table.bargains(at)]
    pot = sum(table.brings(at, option) for at in table.sides if table.bargains(at))
    pot -= sum(table.law.due(at, option) for at in fixed)
    return [pot, *(table.by_law(at, option) for at in fixed)]


# ── proofs ──


def irreducible(sides: Sequence[int], can_be: Callable[[Collection[int]], bool]) -> tuple[int, ...]:
    """Sides whose limits can't be kept together, of which none can be left out."""
    kept = list(sides)
    for at in sides:
        others = [each for each in kept if each != at]
        if not can_be(others):
            kept = others
    return tuple(kept)


def _why_none_without(table: Table) -> Exclusion:
    fine = [[_needs_nothing(table, at, o) for at in table.sides] for o in table.options]

    def can_be(sides: Collection[int]) -> bool:
        return any(all(row[at] for at in sides) for row in fine)

    concessions = [_given_without(table, o) for o in table.options]
    return Exclusion(
        sides=irreducible(table.sides, can_be),
        concession=min(concessions, key=lambda each: _size(table, each)),
    )


def _given_without(table: Table, option: int) -> Concession:
    """What institutions lack of their limits where nobody is paid; others block."""
    lacking = [at for at in table.sides if not _needs_nothing(table, at, option)]
    gives, blocked = [], []
    for at in lacking:
        limit = table.limit(at)
        short = 0 if limit is None else limit - table.brings(at, option)
        if table.side(at).is_resident or table.law.due(at, option) or short <= 0:
            blocked.append(at)
        else:
            gives.append((at, short))
    return Concession(option=option, gives=tuple(gives), blocked=tuple(blocked))


def _why_none_with(table: Table) -> Exclusion:
    blocked = [frozenset(table.blocked(o)) for o in table.options]

    def can_be(sides: Collection[int]) -> bool:
        kept = frozenset(sides)
        return any(not blocked[o] & kept and _lack(table, o, kept) == 0 for o in table.options)

    concessions = [_given_with(table, o) for o in table.options]
    return Exclusion(
        sides=irreducible(table.sides, can_be),
        concession=min(concessions, key=lambda each: _size(table, each)),
    )


def _lack(table: Table, option: int, kept: Collection[int]) -> int:
    """The money missing at an option where only some keep to their limits, with their ceilings."""
    needed, beyond = -table.subsidy, 0
    for at in table.sides:
        stake = table.stake(at, option, bound=at in kept)
        freed = at not in kept and table.bargains(at) and table.limit(at) is not None
        if freed and stake.least is None:
            return 0  # without its limit it could pay anything
        beyond += stake.beyond
        needed += stake.low - stake.beyond
    return beyond + max(0, needed)


def _given_with(table: Table, option: int) -> Concession:
    """What is missing at an option: of those whose ceilings exclude their limits, and of all."""
    needed, gives = -table.subsidy, []
    for at in table.sides:
        stake = table.stake(at, option)
        if stake.beyond:
            gives.append((at, stake.beyond))
        needed += stake.low - stake.beyond
    return Concession(
        option=option,
        gives=tuple(gives),
        missing=max(0, needed),
        blocked=table.blocked(option),
    )


def _size(table: Table, each: Concession) -> tuple[Fraction | int, ...]:
    """Fewest who block, then least money; points as shares of what a side's options differ by."""
    points, money = Fraction(0), each.missing
    for at, amount in each.gives:
        if table.side(at).measure is Measure.MONEY:
            money += int(amount)
        else:
            worth = table.stated.worth[at]
            points += Fraction(amount) / ((max(worth) - min(worth)) or 1)
    return len(each.blocked), points, money


def _scarcity(table: Table, outcomes: dict[int, Settled | Short]) -> Scarcity | None:
    short = {
        o: each.missing
        for o, each in outcomes.items()
        if isinstance(each, Short) and not each.contradicted
    }
    if not short:
        return None
    option = min(short, key=lambda o: short[o])
    lows = [table.stake(at, option).low for at in table.sides]
    fixed = [at for at in table.sides if not table.bargains(at)]
    claims = tuple(0 if at in fixed else max(low, 0) for at, low in enumerate(lows))
    estate = table.subsidy + sum(max(-low, 0) for low in lows) - sum(lows[at] for at in fixed)
    if estate < 0:
        return None
    shares = tuple((rule, in_whole_fen(shared(claims, estate, rule))) for rule in Sharing)
    return Scarcity(option=option, claims=claims, estate=estate, shares=shares)
