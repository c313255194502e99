"""期限在项目期外: a date after the fiscal year or the project's end, or before its beginning."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.dates import Day, last_date
from gongzhi.core.indicators.reach import shortened
from gongzhi.core.terms import Said

DECEMBER, LAST = 12, 31


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """A date without a year lies in the fiscal year."""
    year = case.goal.year
    for line in case.lines:
        span = last_date(line.target)
        if span is None or (not span.has_year and year is None):
            continue
        first, last = (_in_calendar(day, year=year) for day in (span.first, span.last))
        said = _after(first, case) or _before(last, case)
        if said is not None:
            values = {"name": line.name, "target": shortened(line.draft.target), "said": said}
            text = "“{name}”的期限“{target}”{said}"
            yield Fault(where=line.where, said=Said(text, {**values}))


def _in_calendar(day: Day, *, year: int | None) -> Day:
    """A month's end is written as its 31st, whatever the month; a year may be left out."""
    in_year = day.year or year or 0
    in_month = monthrange(in_year, day.month)[1] if in_year else LAST
    return Day(in_year, day.month, min(day.day, in_month))


def _after(first: Day, case: GoalCase) -> Said | None:
    ends_on, year = case.goal.ends_on, case.goal.year
    if ends_on is not None and first > _day(ends_on):
        return Said("晚于项目结束日 {day}", {"day": ends_on.isoformat()})
    if year is not None and first > Day(year, DECEMBER, LAST):
        return Said("晚于预算年度 {year} 年", {"year": str(year)})
    return None


def _before(last: Day, case: GoalCase) -> Said | None:
    starts_on = case.goal.starts_on
    if starts_on is not None and last < _day(starts_on):
        return Said("早于项目开始日 {day}", {"day": starts_on.isoformat()})
    return None


def _day(day: date) -> Day:
    return Day(day.year, day.month, day.day)


CHECK = GoalCheck(code="deadline_outside", field="target", find=find)
