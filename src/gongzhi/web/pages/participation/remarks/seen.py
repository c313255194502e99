"""A remark as pages show it: its clock, its stations, who may open it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.participating.remarks import RemarkStage
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.forum.models import Remark
from gongzhi.forum.remarks_waiting import due_of
from gongzhi.parties.business_date import business_date
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.shown import Stage as Station


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRemark:
    """A line of a list."""

    row: Remark
    clock: Clock | None
    is_own: bool


def private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser and no cache.

    The site's own policy tells no other site where its reader comes from; a stricter one would
    have browsers send forms from an unknown origin, and they would be taken for forged.
    """
    answer.headers["Cache-Control"] = "no-store"
    return answer


def shown_remarks(rows: Iterable[Remark], *, member: Member) -> list[ShownRemark]:
    """Lines of a list."""
    return [ShownRemark(row=row, clock=clock_now(row), is_own=is_own(row, member)) for row in rows]


def is_own(row: Remark, member: Member) -> bool:
    """Whether the reader wrote it under their account."""
    return row.person_id is not None and str(row.person_id) == member.person


def clock_now(row: Remark) -> Clock | None:
    """The clock of one that waits for its answer."""
    if row.stage == RemarkStage.ANSWERED:
        return None
    return clock_of(due_of(row), today=business_date(), calendar=load_calendar())


def stations(row: Remark) -> Sequence[Station]:
    """How far it is."""
    names = (_("收到"), _("办理"), _("答复"))
    at = len(names) if row.stage == RemarkStage.ANSWERED else 1
    return [Station(name=name, state=_standing(number, at=at)) for number, name in enumerate(names)]


def _standing(number: int, *, at: int) -> str:
    if number < at:
        return "done"
    return "here" if number == at else "next"
