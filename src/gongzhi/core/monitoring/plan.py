"""What a project promised for a year: money by month, and progress of its indicators by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from gongzhi.core.terms import FiscalYear, Money, Points, Ratio

MONTHS = 12
EVEN: tuple[Ratio, ...] = tuple(Decimal(month) / MONTHS for month in range(1, MONTHS + 1))


class Course(StrEnum):
    """How the readings of an indicator make up its year."""

    SO_FAR = "so_far"  # each reading is the year's figure up to its day: 累计完成 120 公里
    ADDS_UP = "adds_up"  # each reading is what was added since the last: 本月完成 12 公里
    PEAK = "peak"  # the year's figure is the largest reading: 最多同时在训人数
    KEPT = "kept"  # a level to be kept all year: 合格率 ≥ 95%, 事故 ≤ 2 起, 满意度


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An indicator of a project: its target, and the share of it planned by each month's end.

    target is None where it stands in words; by_month is empty where nobody planned by month, and is
    then taken as even over the project's time in the year. baseline is the figure at the start.
    """

    key: str
    name: str
    target: Decimal | None = None
    less_is_better: bool = False
    course: Course = Course.SO_FAR
    weight: Points | None = None
    by_month: tuple[Ratio, ...] = ()
    baseline: Decimal | None = None

    @property
    def gathers(self) -> bool:
        """Whether the figure grows towards the target, rather than being held at a level."""
        return self.course is not Course.KEPT and not self.less_is_better


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a project promised for a fiscal year, in one currency.

    money is cumulative by month's end, twelve amounts, or empty where nobody planned it; category
    is the class whose earlier years show how such money is spent.
    """

    project: str
    year: FiscalYear
    money: tuple[Money, ...] = ()
    indicators: tuple[Promised, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    category: str = ""
    currency: str = "元"

    def __post_init__(self) -> None:
        """A year has twelve months or isn't planned by month."""
        assert len(self.money) in (0, MONTHS), "a money plan has an amount for each month"
        assert all(len(each.by_month) in (0, MONTHS) for each in self.indicators)

    @property
    def even(self) -> tuple[Ratio, ...]:
        """An even course over the months of the year in which the project runs."""
        first = _month_within(self.starts_on, year=self.year, outside=1)
        last = _month_within(self.ends_on, year=self.year, outside=MONTHS)
        if (first, last) == (1, MONTHS) or last < first:
            return EVEN
        length = last - first + 1
        done = (min(max(month - first + 1, 0), length) for month in range(1, MONTHS + 1))
        return tuple(Decimal(months) / length for months in done)


def _month_within(day: date | None, *, year: FiscalYear, outside: int) -> int:
    return outside if day is None or day.year != year else day.month


def cumulated(by_month: tuple[Money, ...]) -> tuple[Money, ...]:
    """Amounts of single months as amounts up to each month's end."""
    return tuple(accumulate(by_month))
