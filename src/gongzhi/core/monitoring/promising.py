"""A target as people write it, read into a promise that can be followed through the year.

Which course a figure takes is rarely written down. A rate, a level under a heading that names one
(质量, 满意度; the place's list) and whatever should stay below a limit are kept; other figures are
totals so far. Whoever knows better says so: the course is a field, this is its first guess.
"""

from decimal import Decimal

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.lexicon import Lexicon
from gongzhi.core.indicators.promise import promise_of
from gongzhi.core.monitoring.plan import Course, Promised
from gongzhi.core.terms import Points, Ratio


def promised_of(
    *,
    key: str,
    name: str,
    target_text: str | None,
    lexicon: Lexicon,
    kept_under: tuple[str, ...],
    heading: str | None = None,
    weight: Points | None = None,
    baseline: Decimal | None = None,
    by_month: tuple[Ratio, ...] = (),
) -> Promised:
    """An indicator's promise from its printed target and the heading that it stands under."""
    promise = promise_of(target_text=target_text, level2=heading, lexicon=lexicon)
    number, under = promise.number, canonical(heading)
    less = number is not None and promise.less_is_better
    is_level = less or any(word in under for word in kept_under)
    if number is not None and number.is_per_cent:
        is_level = True
    return Promised(
        key=key,
        name=name,
        target=None if number is None else number.value,
        less_is_better=less,
        course=Course.KEPT if is_level else Course.SO_FAR,
        weight=weight,
        baseline=baseline,
        by_month=by_month,
    )
