"""Units without the project, weighted, as a stand-in for the one with it.

Synthetic control (Abadie & Gardeazabal 2003; Abadie, Diamond & Hainmueller 2010) matches the level
before; synthetic difference in differences (Arkhangelsky et al. 2021) matches the course before and
weighs the periods too; differences takes all others and all periods alike. Intervals come from
placebos: each other unit is taken as if it had the project. Where several units have it their mean
is compared, and the interval, made of single ones, is rather too wide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

import numpy as np

from gongzhi.core.effects.effect import LEVEL, Design, Effect, Point
from gongzhi.core.effects.outcomes import Outcomes, few_others
from gongzhi.core.effects.student import bound
from gongzhi.core.effects.weights import Numbers, simplex_weights
from gongzhi.core.terms import Said

HARDLY = 1e-6  # the ridge that makes weights unique, as a share of the noise
SHOWN_LEAST = 0.001
ROUGH = 2


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What a design holds against the course that was seen: a course, and who it is made of."""

    without: Numbers
    weights: Numbers


Compare: TypeAlias = Callable[[Outcomes], _Comparison]


def differences(outcomes: Outcomes, *, level: float = LEVEL) -> Effect:
    """Difference in differences: all others and all periods weigh the same."""
    return _effect(outcomes, design=Design.DIFFERENCES, compare=_alike, level=level)


def synthetic_control(outcomes: Outcomes, *, level: float = LEVEL) -> Effect:
    """Against a mix of the others that was as high before."""
    return _effect(outcomes, design=Design.SYNTHETIC_CONTROL, compare=_as_high, level=level)


def synthetic_differences(outcomes: Outcomes, *, level: float = LEVEL) -> Effect:
    """Against a mix of the others that moved alike before, from the periods like those after."""
    return _effect(outcomes, design=Design.SYNTHETIC_DIFFERENCES, compare=_moved_alike, level=level)


def _alike(outcomes: Outcomes) -> _Comparison:
    seen, others = _arrays(outcomes)
    weights = np.full(len(others), 1 / len(others))
    course = weights @ others
    before = slice(None, outcomes.before)
    return _Comparison(course + (seen[before].mean() - course[before].mean()), weights)


def _as_high(outcomes: Outcomes) -> _Comparison:
    seen, others = _arrays(outcomes)
    before = outcomes.before
    ridge = HARDLY * _noise(others[:, :before])
    weights = simplex_weights(others[:, :before].T, seen[:before], ridge=ridge, level=False)
    return _Comparison(weights @ others, weights)


def _moved_alike(outcomes: Outcomes) -> _Comparison:
    """Weights of units with the ridge of the paper, weights of periods with hardly any."""
    seen, others = _arrays(outcomes)
    before = outcomes.before
    noise = _noise(others[:, :before])
    ridge = (len(seen) - before) ** 0.25 * noise
    weights = simplex_weights(others[:, :before].T, seen[:before], ridge=ridge, level=True)
    after = others[:, before:].mean(axis=1)
    periods = simplex_weights(others[:, :before], after, ridge=HARDLY * noise, level=True)
    course = weights @ others
    return _Comparison(course + periods @ (seen[:before] - course[:before]), weights)


def _effect(outcomes: Outcomes, *, design: Design, compare: Compare, level: float) -> Effect:
    found = compare(outcomes)
    estimate, fit = _gap(outcomes, found), _fit(outcomes, found)
    placebos = [_placebo(outcomes.as_if(other), compare=compare) for other in outcomes.others]
    error = sqrt(sum(gap * gap for gap, _ in placebos) / len(placebos))
    reach = bound(level, degrees=len(placebos)) * error
    rank = _stands_out if design is Design.SYNTHETIC_CONTROL else _is_large
    as_far = sum(rank(gap, before) >= rank(estimate, fit) for gap, before in placebos)
    return Effect(
        design=design,
        estimate=estimate,
        low=estimate - reach,
        high=estimate + reach,
        level=level,
        p=(1 + as_far) / (1 + len(placebos)),
        course=_course(outcomes, found),
        fit=fit,
        weights=_shown(outcomes, found),
        cautions=_cautions(outcomes, estimate=estimate, fit=fit, level=level),
    )


def _placebo(outcomes: Outcomes, *, compare: Compare) -> tuple[float, float]:
    found = compare(outcomes)
    return _gap(outcomes, found), _fit(outcomes, found)


def _gap(outcomes: Outcomes, found: _Comparison) -> float:
    """The mean difference afterwards."""
    seen, _ = _arrays(outcomes)
    return float((seen - found.without)[outcomes.before :].mean())


def _fit(outcomes: Outcomes, found: _Comparison) -> float:
    """How far the two were apart before, apart from a constant that the design leaves free."""
    seen, _ = _arrays(outcomes)
    return float(np.sqrt(((seen - found.without)[: outcomes.before] ** 2).mean()))


def _is_large(gap: float, _fit_before: float) -> float:
    return abs(gap)


def _stands_out(gap: float, fit: float) -> float:
    """How large a difference is against how badly the mix fitted before."""
    return abs(gap) / fit if fit else float("inf")


def _cautions(outcomes: Outcomes, *, estimate: float, fit: float, level: float) -> tuple[Said, ...]:
    rough = abs(estimate) < ROUGH * fit
    told = (Said("事前就对不齐，误差与差别差不多大"),) if rough else ()
    return (*told, *few_others(len(outcomes.others), level=level))


def _course(outcomes: Outcomes, found: _Comparison) -> tuple[Point, ...]:
    pairs = zip(outcomes.periods, outcomes.seen, found.without, strict=True)
    return tuple(Point(period=at, seen=seen, without=float(other)) for at, seen, other in pairs)


def _shown(outcomes: Outcomes, found: _Comparison) -> dict[str, float]:
    """Who is compared with, the heaviest first, without those that hardly weigh."""
    shares = zip(outcomes.others, map(float, found.weights), strict=True)
    ordered = sorted(shares, key=lambda each: (-each[1], each[0]))
    return {unit: share for unit, share in ordered if share >= SHOWN_LEAST}


def _arrays(outcomes: Outcomes) -> tuple[Numbers, Numbers]:
    return np.array(outcomes.seen, dtype=float), np.array(outcomes.values, dtype=float)


def _noise(before: Numbers) -> float:
    """How much the others move from period to period: the spread of their first differences."""
    steps = np.diff(before, axis=1)
    return float(np.std(steps, ddof=1)) if steps.size > 1 else 0.0
