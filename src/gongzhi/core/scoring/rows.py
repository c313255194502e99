"""Points of one indicator, from its kind, its weight and the pack.

Figures are computed. Words can only be held against the band that they allow: the stated
score is taken as far as it lies inside, and the sum says so.
"""

from decimal import Decimal
from fractions import Fraction

from gongzhi.core.indicators import kind_of
from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.indicators.promise import promise_of
from gongzhi.core.indicators.reach import Reach, plain
from gongzhi.core.scoring.methods import Method
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import NOTHING, Basis, Earned, certainly, share_of
from gongzhi.core.terms import Indicator, Points, Said, SaidValues

SATISFACTION = "满意度"
HUNDRED = 100


def row_points(indicator: Indicator, *, pack: Pack) -> Earned:
    """What one indicator of a self-evaluation earns."""
    promise = promise_of(
        target_text=indicator.target_text, level2=indicator.level2, lexicon=pack.lexicon
    )
    reach = kind_of(promise).reached(promise, indicator.actual_text)
    weight = indicator.weight
    if weight is None:
        return _unweighted(indicator, reach)
    if weight < 0:
        return Earned(basis=Basis.OPEN, said=Said("分值为负，不能计分"), most=NOTHING)
    if reach.share is not None:
        return _computed(reach, weight=weight, pack=pack, method=_method(indicator, pack))
    if reach.degree is not None:
        return _in_band(indicator, reach, weight=weight, pack=pack)
    return _as_stated(indicator, reach, weight=weight)


def _method(indicator: Indicator, pack: Pack) -> Method:
    headings = canonical(indicator.level1) + canonical(indicator.level2)
    if pack.satisfaction is not None and SATISFACTION in headings:
        return pack.satisfaction
    return pack.quantitative


def _computed(reach: Reach, *, weight: Points, pack: Pack, method: Method) -> Earned:
    assert reach.share is not None, "computed from a share"
    points = share_of(weight, method.share(reach.share))
    values: SaidValues = {"reach": reach.said, "points": points}
    said = Said("{reach}，得 {points} 分", values)
    if reach.excess is not None and reach.excess > Fraction(pack.over_achievement_max):
        said = Said(
            "{reach}，超出 {excess}%（上限 {limit}%），目标偏低，应当说明；"
            "扣多少没有规定，暂得 {points} 分",
            values
            | {
                "excess": Decimal(round(reach.excess * HUNDRED)),
                "limit": pack.over_achievement_max * HUNDRED,
            },
        )
    figures = _figures(reach, weight=weight, points=points, method=method)
    return certainly(points, basis=Basis.COMPUTED, said=said, arithmetic=figures)


def _figures(reach: Reach, *, weight: Points, points: Points, method: Method) -> str | None:
    """95 ≥ 90 ⇒ 10, or 98 ÷ 100 × 10 = 9.8; other methods than in proportion show the result."""
    if reach.arithmetic is None:
        return None
    if reach.share == 1:
        return f"{reach.arithmetic} ⇒ {plain(points)}"
    if method.name == "proportional":
        return f"{reach.arithmetic} × {plain(weight)} = {plain(points)}"
    return f"{reach.arithmetic} ⇒ {plain(points)} / {plain(weight)}"


def _in_band(indicator: Indicator, reach: Reach, *, weight: Points, pack: Pack) -> Earned:
    """A stated score inside the band stands; outside, the nearer end of the band does."""
    assert reach.degree is not None, "a band needs a degree"
    band, stated = pack.band(reach.degree), indicator.score
    low, high = weight * band.low, weight * band.high
    values: SaidValues = {"reach": reach.said, "low": _rounded(low), "high": _rounded(high)}
    if stated is None:
        open_said = Said("{reach}，可得 {low} 至 {high} 分，表中没有得分", values)
        return Earned(basis=Basis.OPEN, said=open_said, least=low, most=high)
    belongs = low <= stated < high or (stated == high and reach.degree is Degree.FULL)
    points = min(max(stated, low), high)
    text = "{reach}，可得 {low} 至 {high} 分，所报 {stated} 分在此档内，予以采用"
    if not belongs:
        text = "{reach}，可得 {low} 至 {high} 分，所报 {stated} 分不在此档内，按 {points} 分计"
    said = Said(text, values | {"stated": stated, "points": points})
    compared = f"{plain(low)} ≤ {plain(stated)} ≤ {plain(high)}" if belongs else None
    return certainly(points, basis=Basis.ACCEPTED, said=said, arithmetic=compared)


def _as_stated(indicator: Indicator, reach: Reach, *, weight: Points) -> Earned:
    """Nothing to compare: a result without evidence stays as stated, none at all stays open."""
    stated = indicator.score
    if says_nothing(indicator.actual_text) or stated is None:
        return Earned(
            basis=Basis.OPEN, said=Said("{reach}，不能计分", {"reach": reach.said}), most=weight
        )
    points = min(max(stated, NOTHING), weight)
    said = Said("{reach}，按所报得分 {points} 分计", {"reach": reach.said, "points": points})
    return certainly(points, basis=Basis.ACCEPTED, said=said, arithmetic=None)


def _unweighted(indicator: Indicator, reach: Reach) -> Earned:
    """A form without weights: the stated score is all there is."""
    stated = indicator.score
    if stated is None or stated < 0:
        return Earned(basis=Basis.OPEN, said=Said("没有分值，不能计分"))
    values: SaidValues = {"reach": reach.said, "points": stated}
    said = Said("{reach}；表中没有分值，无法重算，按所报得分 {points} 分计", values)
    return certainly(stated, basis=Basis.ACCEPTED, said=said, arithmetic=None)


def _rounded(points: Points) -> Points:
    return Decimal(round(points * HUNDRED)) / HUNDRED
