"""写的是往年: last year's goal handed in again, its date or the project's period left as it was."""

from collections.abc import Iterator

from gongzhi.core.audit.case import Fault
from gongzhi.core.goals.case import GoalCase, GoalCheck
from gongzhi.core.goals.rules import GoalRule
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.dates import last_date
from gongzhi.core.terms import Said


def find(case: GoalCase, _: GoalRule) -> Iterator[Fault]:
    """The last date in the text, and the day on which the project ends, lie before the year."""
    year, ends_on = case.goal.year, case.goal.ends_on
    if year is None:
        return
    span = last_date(canonical(case.goal.text))
    if span is not None and span.has_year and span.last.year < year:
        values = {"told": str(span.last.year), "year": str(year)}
        said = Said("总体目标写的是 {told} 年，预算年度是 {year} 年", {**values})
        yield Fault(where=case.where, said=said)
    if ends_on is not None and ends_on.year < year:
        values = {"day": ends_on.isoformat(), "year": str(year)}
        said = Said("项目 {day} 就结束了，预算年度是 {year} 年", {**values})
        yield Fault(where=case.where, said=said)


CHECK = GoalCheck(code="year_past", field="text", find=find)
