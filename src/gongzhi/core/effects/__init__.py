"""Whether an outcome went otherwise with a project than it would have gone without it.

Four designs, from the weakest on: before and after, difference in differences, synthetic control,
synthetic difference in differences. Each gives an estimate with an interval, the course that it
compares with, and in words what it can't show.
"""

from gongzhi.core.effects.before_after import before_after
from gongzhi.core.effects.differences import Observed, difference_in_differences
from gongzhi.core.effects.effect import Design, Effect
from gongzhi.core.effects.looking import Looked, look, strongest
from gongzhi.core.effects.outcomes import Outcomes, outcomes_of
from gongzhi.core.effects.periods import Grain, Period, period_in
from gongzhi.core.effects.synthetic import differences, synthetic_control, synthetic_differences

__all__ = [
    "Design",
    "Effect",
    "Grain",
    "Looked",
    "Observed",
    "Outcomes",
    "Period",
    "before_after",
    "difference_in_differences",
    "differences",
    "look",
    "outcomes_of",
    "period_in",
    "strongest",
    "synthetic_control",
    "synthetic_differences",
]
