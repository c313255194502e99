"""What a plan and its facts have to say: two curves, SIGNALS one file each, forecasts, alerts."""

from gongzhi.core.monitoring.case import Signal, Spot, Watch
from gongzhi.core.monitoring.curves import Curves, curves
from gongzhi.core.monitoring.facts import Contract, Facts, Payment, Reading
from gongzhi.core.monitoring.forecast import Forecast, Quality, Seasons, how_good, seasons_of
from gongzhi.core.monitoring.plan import Course, Plan, Promised, cumulated
from gongzhi.core.monitoring.rules import Level, MonitoringRules, Rule
from gongzhi.core.monitoring.sentence import said_against_plan, said_of
from gongzhi.core.monitoring.together import Sums, Together, sums_of, together
from gongzhi.core.monitoring.watches import SIGNALS
from gongzhi.core.monitoring.watching import Day, Watched, day_of, not_judged, watch

__all__ = [
    "SIGNALS",
    "Contract",
    "Course",
    "Curves",
    "Day",
    "Facts",
    "Forecast",
    "Level",
    "MonitoringRules",
    "Payment",
    "Plan",
    "Promised",
    "Quality",
    "Reading",
    "Rule",
    "Seasons",
    "Signal",
    "Spot",
    "Sums",
    "Together",
    "Watch",
    "Watched",
    "cumulated",
    "curves",
    "day_of",
    "how_good",
    "not_judged",
    "said_against_plan",
    "said_of",
    "seasons_of",
    "sums_of",
    "together",
    "watch",
]
