"""What stands behind a number of a project: rows that add up to it, the papers, the deeds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.core.figure import Figure, FigureName, Part, Unit
from gongzhi.core.monitoring.case import Case
from gongzhi.core.monitoring.figures import NOTHING, end_of
from gongzhi.core.terms import Said
from gongzhi.cycle.models import GoalVersion, Project, Reading
from gongzhi.cycle.sealed_places import delivering_deeds
from gongzhi.cycle.summed import deliveries_behind, lines_behind, payments_behind
from gongzhi.desk.openings import note_money_read
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.web.figures import figure_address
from gongzhi.web.pages.figures.answer import ShownFact, Source, plain
from gongzhi.web.pages.figures.asked import Asked
from gongzhi.web.pages.figures.rows import (
    ShownRows,
    acts_behind,
    shown_lines,
    shown_payments,
    with_acts,
)
from gongzhi.web.pages.figures.sources import goal_deeds, goal_source, goals_of, reading_deeds
from gongzhi.web.pages.monitoring.readers import may_read_payments


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose number, of which year, as of which day, for whom."""

    request: MemberRequest
    project: Project
    figure: Figure
    case: Case
    year: int
    on: date
    asked: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Rows that add up to a number, or its parts where it isn't a sum of rows; papers; deeds.

    withheld says why rows are not shown.
    """

    shown: ShownRows | None = None
    parts: tuple[Part, ...] = ()
    readings: tuple[ShownFact, ...] = ()
    deeds: tuple[Deed, ...] = ()
    sources: tuple[Source, ...] = ()
    goals: GoalVersion | None = None
    withheld: str = ""


def behind(wanted: Wanted) -> Behind:
    """What stands behind a number; nothing more than its parts, where nothing is known."""
    find = BEHIND.get(wanted.figure.name.what)
    return find(wanted) if find else Behind()


def _payments(wanted: Wanted) -> Behind:
    name, project = wanted.figure.name, wanted.project
    rows = payments_behind(project, name, year=wanted.year, on=wanted.on)
    deeds = tuple(delivering_deeds(deliveries_behind(rows)))
    if may_read_payments(wanted.request.member, project):
        request = wanted.request
        note_money_read(by=request.member, units={project.unit_id})
        readable = rows.visible_to(wanted.request.member)  # type: ignore[attr-defined]
        shown = shown_payments(readable, project=project, asked=wanted.asked)
        return Behind(shown=shown, deeds=deeds)
    parts = tuple(_months(wanted)) if name.what == "paid" else ()
    why = _("共 %(count)s 笔。单笔支付只供本单位、主管部门、财政、人大和审计查阅；各笔都已存证。")
    return Behind(parts=parts, deeds=deeds, withheld=why % {"count": f"{rows.count():,}"})


def _months(wanted: Wanted) -> Iterator[Part]:
    """What was paid month by month: that much everybody may know."""
    last = wanted.case.month_meant(wanted.figure.name.month) or 0
    for month in range(1, last + 1):
        paid = [each.amount for each in wanted.case.of_year if each.paid_on.month == month]
        yield Part(
            name=Said("{month} 月支付", {"month": month}),
            value=sum(paid, start=NOTHING),
            unit=Unit.MONEY,
            figure=FigureName("paid-in", month),
        )


def _budget(wanted: Wanted) -> Behind:
    project, member = wanted.project, wanted.request.member
    lines = lines_behind(project, year=wanted.year)
    deeds = tuple(delivering_deeds(deliveries_behind(lines)))
    acts = acts_behind(member, project, year=wanted.year, on=wanted.on)
    readable = lines.visible_to(member)  # type: ignore[attr-defined]
    if readable.count() < lines.count():
        return Behind(deeds=deeds, withheld=_("预算的各行只供有权的人查阅；各行都已存证。"))
    shown = shown_lines(readable, project=project, asked=wanted.asked, initial=bool(acts))
    return Behind(shown=with_acts(shown, acts, project=project), deeds=deeds)


def _promised(wanted: Wanted) -> Behind:
    """The approved goals, and how they came about."""
    member = wanted.request.member
    version = goals_of(member, wanted.project, year=wanted.year, on=wanted.on)
    if version is None:
        return Behind()
    return Behind(
        deeds=tuple(goal_deeds(member, version)), sources=(goal_source(version),), goals=version
    )


def _read(wanted: Wanted) -> Behind:
    """What was read of an indicator, side by side, beside what was promised of it."""
    member, name = wanted.request.member, wanted.figure.name
    last = end_of(wanted.year, wanted.case.month_meant(name.month) or 1)
    rows = list(
        Reading.objects.visible_to(member)
        .filter(project=wanted.project, indicator=name.indicator, ends_on__year=wanted.year)
        .filter(ends_on__lte=last, read_on__lte=wanted.on)
        .select_related("organisation")
        .order_by("ends_on", "pk")
    )
    promised = _promised(wanted)
    return Behind(
        readings=tuple(shown_reading(row) for row in rows),
        deeds=(*promised.deeds, *reading_deeds(member, rows)),
        sources=promised.sources,
    )


def shown_reading(row: Any) -> ShownFact:
    """A reading as a row: until when, by whom, what was read."""
    return ShownFact(
        on=row.ends_on,
        number=str(row.get_source_display()),
        what=row.organisation.name,
        text=plain(row.value) if row.value is not None else row.text or row.why_none,
        address=figure_address("reading", row.pk),
    )


BEHIND: Mapping[str, Callable[[Wanted], Behind]] = {
    "paid": _payments,
    "paid-in": _payments,
    "budget": _budget,
    "plan": _promised,
    "money-planned": _promised,
    "goals": _promised,
    "goals-planned": _promised,
    "due": _promised,
    "target": _promised,
    "value": _read,
    "reached": _read,
    "counts": _read,
}
