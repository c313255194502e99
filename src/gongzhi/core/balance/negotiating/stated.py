"""What the sides state, as one table: worth of each option, weights of criteria, what lacks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gongzhi.core.balance.conflict import weighed
from gongzhi.core.balance.negotiating.amounts import Value, valued
from gongzhi.core.balance.negotiating.case import Case, Option, Side
from gongzhi.core.balance.weighting import Compared, by_pairs, by_points
from gongzhi.core.terms import Said, SaidValues, several

UNVALUED = Said("“{option}”没有比较：{sides}没有写它的价值")
NO_OPTION = Said("没有一个方案是各方都写了价值的")
INCONSISTENT = Said(
    "“{side}”的两两比较前后不一（CR = {ratio}，应不超过 0.10）："
    "最值得再想的是“{first}”对“{second}”，现在是 {given}；改成 {better}，CR 就是 {then}"
)
UNPAIRED = Said("“{side}”没有比较“{first}”与“{second}”，两两比较用不了，各项先按同样重要算")
UNWEIGHTED = Said("“{side}”的权重用不了（{why}），各项先按同样重要算")
EQUAL_WEIGHTS = Said("“{side}”没有给指标定权重，各项按同样重要算")
OTHER_FIRST = Said("“{side}”写的价值以“{worth}”为最高，按它的指标和权重却是“{scored}”：请核对")
WEIGHT_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A side's weights of the criteria with the scores of the options; compared where by AHP."""

    weights: tuple[Fraction, ...]
    scores: tuple[tuple[Fraction, ...], ...]  # option by option
    compared: Compared | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Options that all sides valued, worth side by side, limits, weights; notes on what lacks."""

    options: tuple[Option, ...]
    worth: tuple[tuple[Value, ...], ...]
    limits: tuple[Value | None, ...]
    weighed: tuple[Weighed | None, ...]
    notes: tuple[Said, ...] = ()


def stated(case: Case) -> Stated:
    """The table of a case without faults."""
    notes: list[Said] = []
    weights = [_weights(side, case, notes) for side in case.sides]
    values = [_values(side, case, each) for side, each in zip(case.sides, weights, strict=True)]
    kept = []
    for option in case.options:
        silent = [s.name for s, v in zip(case.sides, values, strict=True) if option.code not in v]
        if silent:
            told: SaidValues = {"option": option.name, "sides": several(silent)}
            notes.append(Said(UNVALUED.text, told))
        else:
            kept.append(option)
    if not kept:
        notes.append(NO_OPTION)
    found = [
        _weighed(side, case, each, kept) for side, each in zip(case.sides, weights, strict=True)
    ]
    worth = tuple(tuple(value[option.code] for option in kept) for value in values)
    notes += _contradictions(case, kept, worth, found)
    return Stated(
        options=tuple(kept),
        worth=worth,
        limits=tuple(
            None if side.limit is None else valued(side.limit, side.measure) for side in case.sides
        ),
        weighed=tuple(found),
        notes=tuple(notes),
    )


def _weights(
    side: Side, case: Case, notes: list[Said]
) -> tuple[tuple[Fraction, ...], Compared | None] | None:
    """The weights of a side that scores by criteria; equal ones where its own can't be used."""
    if not side.scores or not case.criteria:
        return None
    equal = (Fraction(1, len(case.criteria)),) * len(case.criteria)
    if side.judgements:
        return _by_pairs(side, case, notes) or (equal, None)
    if not side.points:
        notes.append(Said(EQUAL_WEIGHTS.text, {"side": side.name}))
        return equal, None
    found = by_points([side.points.get(each.code, Decimal(0)) for each in case.criteria])
    if isinstance(found, Said):
        notes.append(Said(UNWEIGHTED.text, {"side": side.name, "why": found}))
        return equal, None
    return found, None


def _by_pairs(
    side: Side, case: Case, notes: list[Said]
) -> tuple[tuple[Fraction, ...], Compared] | None:
    codes = [each.code for each in case.criteria]
    given = {(each.first, each.second): each.times for each in side.judgements}
    matrix = [[1.0] * len(codes) for _ in codes]
    for at, first in enumerate(codes):
        for to, second in list(enumerate(codes))[at + 1 :]:
            times = given.get((first, second))
            if times is None and (second, first) in given:
                times = 1 / given[second, first]
            if times is None:
                names = {"first": case.criteria[at].name, "second": case.criteria[to].name}
                notes.append(Said(UNPAIRED.text, {"side": side.name, **names}))
                return None
            matrix[at][to], matrix[to][at] = float(times), float(1 / times)
    found = by_pairs(matrix)
    if isinstance(found, Said):
        notes.append(Said(UNWEIGHTED.text, {"side": side.name, "why": found}))
        return None
    if found.advice is not None:
        notes.append(inconsistent(side, case, found))
    rounded = [Fraction(str(round(each, WEIGHT_DIGITS))) for each in found.weights]
    return tuple(each / sum(rounded) for each in rounded), found


def inconsistent(side: Side, case: Case, found: Compared) -> Said:
    """The judgement that a side had best think over."""
    advice = found.advice
    assert advice is not None, "there is nothing to think over"
    told = {
        "side": side.name,
        "ratio": f"{found.ratio:.3f}",
        "first": case.criteria[advice.first].name,
        "second": case.criteria[advice.second].name,
        "given": _times(advice.given),
        "better": str(advice.better),
        "then": f"{advice.ratio:.3f}",
    }
    return Said(INCONSISTENT.text, {**told})


def _times(value: float) -> str:
    return str(Fraction(value).limit_denominator(9))


def _values(
    side: Side, case: Case, weights: tuple[tuple[Fraction, ...], Compared | None] | None
) -> Mapping[str, Value]:
    """Worth by option: as stated, or by scores."""
    if side.worth or weights is None:
        return {code: valued(amount, side.measure) for code, amount in side.worth.items()}
    codes = [each.code for each in case.criteria]
    return {
        option: weighed([Fraction(row[code]) for code in codes], weights[0])
        for option, row in side.scores.items()
        if all(code in row for code in codes)
    }


def _weighed(
    side: Side,
    case: Case,
    weights: tuple[tuple[Fraction, ...], Compared | None] | None,
    kept: Sequence[Option],
) -> Weighed | None:
    codes = [each.code for each in case.criteria]
    scored = all(code in side.scores.get(option.code, {}) for option in kept for code in codes)
    if weights is None or not scored or not kept:
        return None
    return Weighed(
        weights=weights[0],
        scores=tuple(
            tuple(Fraction(side.scores[option.code][code]) for code in codes) for option in kept
        ),
        compared=weights[1],
    )


def _contradictions(
    case: Case,
    kept: Sequence[Option],
    worth: Sequence[Sequence[Value]],
    found: Sequence[Weighed | None],
) -> Iterator[Said]:
    """Sides whose worth and whose scores put different options first."""
    for side, values, each in zip(case.sides, worth, found, strict=True):
        if each is None or not side.worth:
            continue
        scored = [weighed(row, each.weights) for row in each.scores]
        by_worth, by_score = values.index(max(values)), scored.index(max(scored))
        if values[by_score] < values[by_worth]:
            told = {"worth": kept[by_worth].name, "scored": kept[by_score].name}
            yield Said(OTHER_FIRST.text, {"side": side.name, **told})
