"""Plans by month in the editor: the money of each month, and how much of a target by its end.

Presets fill them in without scripts: evenly over the months in which the project runs, or all at
its end; money besides as it went in earlier years, a target in step with the money.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.plan import MONTHS, Plan, cumulated
from gongzhi.core.terms import Ratio
from gongzhi.cycle.models import Profile, Project, Watched
from gongzhi.cycle.watched_record import shares_from_record
from gongzhi.web.pages.goals.editing import Sheet, percent_of

CENT, MILLE = Decimal("0.01"), Decimal("0.001")
CLASS = 3  # digits of a functional class
COURSES = 200
NOTHING, WHOLE = Decimal(0), Decimal(1)

Course = tuple[Ratio, ...]  # shares of the whole by each month's end


def with_money(sheet: Sheet, course: Course) -> Sheet:
    """The sheet with its budget spread over the months, to the cent; as it is without a budget."""
    budget = sheet.figure("budget")
    if budget is None or not course:
        return sheet
    so_far = [(budget * share).quantize(CENT) for share in course[:-1]] + [budget]
    single = (after - before for before, after in pairwise([NOTHING, *so_far]))
    named = {f"month-{month}": f"{amount:f}" for month, amount in enumerate(single, start=1)}
    return replace(sheet, given={**sheet.given, **named})


def with_target(sheet: Sheet, course: Course, *, line: int) -> Sheet:
    """The sheet with an indicator's target planned by month."""
    shares = enumerate(course, start=1)
    named = {f"share{month}-{line}": percent_of(share) for month, share in shares}
    return replace(sheet, given={**sheet.given, **named})


def even(sheet: Sheet) -> Course:
    """Evenly over the months in which the project runs."""
    year = sheet.figure("year")
    whole = Plan(
        project="",
        year=int(year) if year is not None else 0,
        starts_on=sheet.day("starts_on"),
        ends_on=sheet.day("ends_on"),
    )
    return whole.even


def at_end(sheet: Sheet) -> Course:
    """Nothing before the last month in which the project runs."""
    return tuple(WHOLE if share >= WHOLE else NOTHING for share in even(sheet))


def in_step(sheet: Sheet) -> Course:
    """As the sheet plans the money; nothing where it doesn't."""
    amounts = [sheet.figure(f"month-{month}") or NOTHING for month in range(1, MONTHS + 1)]
    total = sum(amounts, NOTHING)
    return tuple(part / total for part in cumulated(tuple(amounts))) if total > 0 else ()


def course_before(member: Member, project: Project) -> Course:
    """How money went by month in finished years: the project's own, else those of its class.

    The mean of at most so many courses that the member may read; nothing where there are none.
    """
    finished = Watched.objects.visible_to(member).filter(curves__month=MONTHS)
    own = finished.filter(project=project)
    alike = finished.filter(project__in=_of_its_class(member, project))
    courses = _courses(own) or _courses(alike)
    if not courses:
        return ()
    means = [sum(shares, NOTHING) / len(courses) for shares in zip(*courses, strict=True)]
    return (*(share.quantize(MILLE) for share in means[:-1]), WHOLE)


def _of_its_class(member: Member, project: Project) -> list[UUID]:
    profiles = Profile.objects.visible_to(member)
    mine = profiles.filter(project=project).last()
    if mine is None or len(mine.functional) < CLASS:
        return []
    alike = profiles.filter(functional__startswith=mine.functional[:CLASS])
    return list(alike.order_by().values_list("project", flat=True).distinct())


def _courses(rows: Any) -> list[Course]:
    """Courses that reached something, as shares of what they reached; a fall counts as standing."""
    kept = rows.order_by("-fiscal_year", "project").values_list("curves__money", flat=True)
    found = (shares_from_record(shares) for shares in kept[:COURSES])
    return [course for shares in found if (course := _as_course(shares))]


def _as_course(shares: Sequence[Ratio | None]) -> Course:
    known = [share or NOTHING for share in shares]
    if len(known) != MONTHS or known[-1] <= 0:
        return ()
    return tuple(
        min(max(NOTHING, *known[: month + 1]) / known[-1], WHOLE) for month in range(MONTHS)
    )
