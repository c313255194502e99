"""What an indicator reached in earlier years."""

from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.audit.figures import added, rounded
from gongzhi.core.goals.drafts import DraftIndicator
from gongzhi.core.indicators.reach import plain


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of results, exact, and its sum in figures."""

    value: Fraction
    figures: str


def mean_of_results(indicator: DraftIndicator, *, years: int) -> Mean | None:
    """The mean of the last so many years that have a result; None where there is none."""
    in_order = sorted(indicator.history, key=lambda past: past.year)
    results = [past.result for past in in_order if past.result is not None][-years:]
    if not results:
        return None
    value = sum((Fraction(result) for result in results), Fraction(0)) / len(results)
    if len(results) == 1:
        return Mean(value, plain(results[0]))
    return Mean(value, f"({added(results)}) ÷ {len(results)} = {plain(rounded(value))}")
