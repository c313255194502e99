"""How evenly money or a service reaches people: Lorenz curve, Gini, Theil, concentration.

Each share holds an amount for so many heads (or so much need) and may belong to a group. With p the
running share of heads, from the least amount per head on, and L the running share of amounts:

Gini           1 − Σ (pᵢ − pᵢ₋₁)(Lᵢ + Lᵢ₋₁)
Theil T        Σ sᵢ ln(sᵢ ÷ hᵢ), s the share of amounts, h of heads; between groups and within them
concentration  Gini's formula in the order of another figure: below 0, those low by it have more
dissimilarity  ½ Σ |sᵢ − hᵢ|: the share that would have to move for all to have the same per head

Who has the same order stands at one point of the curve, so that names and files' order don't count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from math import fsum, isfinite, log, sqrt

from gongzhi.core.terms import Said, SaidValues

SHARES_MAX = 100_000
NEAR = 1e-12
PERCENT, PLACES = Decimal("0.1"), Decimal("0.001")
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a place has: an amount, for so many heads (or so much need), in a group.

    rank is another figure by which places stand in order, such as income; None where not asked.
    """

    name: str
    amount: float
    heads: float
    group: str = ""
    rank: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """So large a share of heads, from those with least on, has that share of the amounts."""

    heads: float
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """A group: its shares of amounts and heads, its own Theil, and its part of the differences."""

    name: str
    amount: float
    heads: float
    inside: float
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Theil:
    """Theil's index: between groups and within them; without groups all is within."""

    total: float
    between: float
    within: float
    groups: tuple[GroupShare, ...] = ()

    @property
    def between_share(self) -> float:
        """The share of all differences that lies between groups."""
        return self.between / self.total if self.total > NEAR else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceShare:
    """What a place has per head, and how that stands to the mean of all."""

    share: Share
    per_head: float
    to_mean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Equity:
    """The whole picture: places from the least per head on, the curve, the figures, in words."""

    places: tuple[PlaceShare, ...]
    mean: float
    curve: tuple[CurvePoint, ...]
    gini: float
    theil: Theil
    dissimilarity: float
    concentration: float | None
    said: tuple[Said, ...]

    @property
    def most_to_least(self) -> float | None:
        """How many times the least per head the most is; None where somebody has nothing."""
        least, most = self.places[0].per_head, self.places[-1].per_head
        return most / least if least else None

    @property
    def variation(self) -> float:
        """The spread: standard deviation of what heads have, as a share of the mean."""
        heads = fsum(each.share.heads for each in self.places)
        squares = fsum(each.share.heads * (each.to_mean - 1) ** 2 for each in self.places)
        return sqrt(squares / heads)


def equity_of(shares: Iterable[Share]) -> Equity | Said:
    """The picture of the shares, or why there is none."""
    given = tuple(shares)
    refused = why_not_measured(given)
    if refused is not None:
        return refused
    amounts, heads = _totals(given)
    mean = amounts / heads
    places = tuple(
        PlaceShare(share=each, per_head=_per(each), to_mean=_per(each) / mean)
        for each in sorted(given, key=lambda each: (_per(each), each.name))
    )
    curve = lorenz(given)
    ranked = all(each.rank is not None for each in given)
    found = Equity(
        places=places,
        mean=mean,
        curve=curve,
        gini=_area(curve),
        theil=theil(given),
        dissimilarity=dissimilarity(given),
        concentration=concentration(given) if ranked else None,
        said=(),
    )
    return replace(found, said=tuple(_sentences(found)))


def why_not_measured(shares: Sequence[Share]) -> Said | None:
    """Why nothing can be measured, in words; None where it can."""
    if not shares:
        return Said("没有数据")
    if len(shares) > SHARES_MAX:
        return Said("超过 {most} 行", {"most": SHARES_MAX})
    names: set[str] = set()
    for each in shares:
        told: SaidValues = {"name": each.name}
        if each.name in names:
            return Said("“{name}”出现两次", told)
        names.add(each.name)
        if not isfinite(each.amount) or not isfinite(each.heads):
            return Said("“{name}”的数额或者人数不是有限的数", told)
        if each.rank is not None and not isfinite(each.rank):
            return Said("“{name}”的排序依据不是有限的数", told)
        if each.amount < 0:
            return Said("“{name}”的数额小于零", told)
        if each.heads <= 0:
            return Said("“{name}”的人数（需求）应当大于零", told)
    if not any(each.amount for each in shares):
        return Said("各处的数额都是零，没有可比的")
    return None


def lorenz(shares: Sequence[Share]) -> tuple[CurvePoint, ...]:
    """The Lorenz curve, from nothing to all; who has the same per head is one point."""
    return _curve(shares, order=[_per(each) for each in shares])


def gini(shares: Sequence[Share]) -> float:
    """Gini's index by heads: 0 where all have the same per head."""
    return _area(lorenz(shares))


def concentration(shares: Sequence[Share]) -> float:
    """The concentration index in the order of the ranks, from the lowest on."""
    order = [each.rank for each in shares if each.rank is not None]
    assert len(order) == len(shares), "every share has a rank"
    return _area(_curve(shares, order=order))


def theil(shares: Sequence[Share]) -> Theil:
    """Theil's T by heads, and how it divides between groups and within them."""
    amounts, heads = _totals(shares)
    parts = _by_group(shares)
    groups = []
    for name, members in parts.items():
        held, people = _totals(members)
        inside = _theil(members) if held else 0.0
        part = _term(held / amounts, people / heads) + held / amounts * inside
        groups.append(
            GroupShare(
                name=name, amount=held / amounts, heads=people / heads, inside=inside, part=part
            )
        )
    between = fsum(_term(each.amount, each.heads) for each in groups)
    within = fsum(each.amount * each.inside for each in groups)
    told = tuple(groups) if len(groups) > 1 else ()
    return Theil(total=_theil(shares), between=_clean(between), within=within, groups=told)


def dissimilarity(shares: Sequence[Share]) -> float:
    """The share that would have to move for all to have the same per head."""
    amounts, heads = _totals(shares)
    return fsum(abs(each.amount / amounts - each.heads / heads) for each in shares) / 2


def dominates(one: Sequence[CurvePoint], other: Sequence[CurvePoint]) -> bool:
    """Whether one curve lies nowhere below the other: whoever is poorest has no less, and so on."""
    stations = sorted({point.heads for point in (*one, *other)})
    return all(_at(one, station) >= _at(other, station) - NEAR for station in stations)


def _at(curve: Sequence[CurvePoint], station: float) -> float:
    """The height of a curve at a share of heads."""
    for before, after in pairwise(curve):
        if before.heads <= station <= after.heads:
            width = after.heads - before.heads
            part = (station - before.heads) / width if width else 1.0
            return before.amount + part * (after.amount - before.amount)
    return 1.0


def _curve(shares: Sequence[Share], *, order: Sequence[float]) -> tuple[CurvePoint, ...]:
    amounts, heads = _totals(shares)
    in_order = sorted(zip(order, shares, strict=True), key=lambda each: each[0])
    people = held = 0.0
    points = [CurvePoint(heads=0.0, amount=0.0)]
    for _, alike in groupby(in_order, key=lambda each: each[0]):
        members = [share for _, share in alike]
        people += fsum(each.heads for each in members)
        held += fsum(each.amount for each in members)
        points.append(CurvePoint(heads=people / heads, amount=held / amounts))
    points[-1] = CurvePoint(heads=1.0, amount=1.0)
    return tuple(points)


def _area(curve: Sequence[CurvePoint]) -> float:
    under = fsum(
        (after.heads - before.heads) * (after.amount + before.amount)
        for before, after in pairwise(curve)
    )
    return _clean(1 - under)


def _theil(shares: Sequence[Share]) -> float:
    amounts, heads = _totals(shares)
    return _clean(fsum(_term(each.amount / amounts, each.heads / heads) for each in shares))


def _term(amount: float, heads: float) -> float:
    return amount * log(amount / heads) if amount else 0.0


def _clean(value: float) -> float:
    """What is nothing but rounding is nothing."""
    return 0.0 if abs(value) < NEAR else value


def _by_group(shares: Sequence[Share]) -> dict[str, list[Share]]:
    found: dict[str, list[Share]] = {}
    for each in shares:
        found.setdefault(each.group, []).append(each)
    return found


def _totals(shares: Sequence[Share]) -> tuple[float, float]:
    return fsum(each.amount for each in shares), fsum(each.heads for each in shares)


def _per(share: Share) -> float:
    return share.amount / share.heads


# ── in words ──


def _sentences(found: Equity) -> Iterable[Said]:
    if len(found.places) == 1:
        yield Said("只有一处，谈不上均衡不均衡")
        return
    yield _least_and_most(found)
    moved: SaidValues = {
        "gini": _places(found.gini),
        "moved": percent(found.dissimilarity),
    }
    spread: SaidValues = {"spread": _places(found.variation)}
    yield Said("差异系数 {spread}：各处人均的标准差是平均数的这么多倍（按人数加权）", spread)
    yield Said("基尼系数 {gini}：要人人相同，得把总额的 {moved}% 从多的地方挪到少的地方", moved)
    if found.theil.groups:
        between = found.theil.between_share
        parts: SaidValues = {"between": percent(between), "within": percent(1 - between)}
        yield Said("差距的 {between}% 在各组之间，{within}% 在组内各处之间", parts)
    if found.concentration is not None:
        yield _leaning(found.concentration)


def _least_and_most(found: Equity) -> Said:
    least, most = found.places[0], found.places[-1]
    if most.per_head - least.per_head <= NEAR * most.per_head:
        return Said("各处相同")
    values: SaidValues = {"most": most.share.name, "least": least.share.name}
    times = found.most_to_least
    if times is None:
        return Said("“{least}”什么也没有，最多的是“{most}”", values)
    values["times"] = str(Decimal(repr(times)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
    return Said("算到每人（每份需求），“{most}”最多，是最少的“{least}”的 {times} 倍", values)


def _leaning(index: float) -> Said:
    values: SaidValues = {"index": _places(index)}
    if abs(index) < float(PLACES):
        return Said("集中指数 {index}：与排序依据无关", values)
    if index < 0:
        return Said("集中指数 {index}：排序依据低的地方分得多", values)
    return Said("集中指数 {index}：排序依据高的地方分得多", values)


def percent(share: float) -> str:
    """A share in per cent, to tenths."""
    return str(Decimal(repr(share * HUNDRED)).quantize(PERCENT, rounding=ROUND_HALF_UP))


def _places(value: float) -> str:
    return str(Decimal(repr(value)).quantize(PLACES, rounding=ROUND_HALF_UP))
