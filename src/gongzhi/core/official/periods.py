"""A project's time as forms print it: 2026年01月—2027年12月."""

import re
from datetime import date

from gongzhi.core.goals.drafts import DraftGoal
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.monitoring.figures import end_of

PERIOD = re.compile(r"([0-9]{4})年([0-9]{1,2})月?[—–\-~至到]+([0-9]{4})年([0-9]{1,2})月?")
MONTHS = range(1, 13)
Period = tuple[date, date]


def period_text(goal: DraftGoal) -> str:
    """The months from the first to the last day; "" where a day isn't known."""
    if goal.starts_on is None or goal.ends_on is None:
        return ""
    return f"{goal.starts_on:%Y年%m月}—{goal.ends_on:%Y年%m月}"


def period_of(text: str) -> Period | None:
    """The first and the last day of a printed period; None where it is printed in another way."""
    found = PERIOD.fullmatch(canonical(text))
    if found is None:
        return None
    since, first, until, last = map(int, found.groups())
    if first not in MONTHS or last not in MONTHS or not since or not until:
        return None
    opens, closes = date(since, first, 1), end_of(until, last)
    return (opens, closes) if opens <= closes else None
