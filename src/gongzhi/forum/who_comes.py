"""Who comes to a meeting, as everybody may know it: organisations by name, residents by seat."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from gongzhi.core.terms import Said
from gongzhi.forum.models import Attendance, Meeting, Minutes, Resolution
from gongzhi.parties.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Comer:
    """Somebody who comes, or doesn't."""

    id: UUID
    organisation: Organisation | None
    seat: int | None
    votes: bool
    stage: str
    state: str
    was_there: bool
    confirmed: bool


MARKS = {
    "accepted": "kept",
    "present": "kept",
    "asked": "kept",
    "confirmed": "kept",
    "declined": "watch",
    "absent": "watch",
}


def who_comes(meeting: Meeting) -> list[Comer]:
    """Everybody who was invited or took a seat; a seat that was given back isn't told of."""
    rows = meeting.attendances.select_related("organisation")
    shown = rows.exclude(person__isnull=False, stage=Attendance.Stage.DECLINED).order_by(
        F("seat").asc(nulls_first=True), "pk"
    )
    return [
        Comer(
            id=row.pk,
            organisation=row.organisation,
            seat=row.seat,
            votes=row.votes,
            stage=row.stage,
            state=MARKS.get(row.stage, "unknown"),
            was_there=row.was_there,
            confirmed=row.stage == Attendance.Stage.CONFIRMED or row.confirmed is not None,
        )
        for row in shown
    ]


def published_minutes(meeting: Meeting) -> Minutes | None:
    """The minutes that everybody may read; None before they are published."""
    return draft_minutes(meeting) if meeting.stage == Meeting.Stage.PUBLISHED else None


def draft_minutes(meeting: Meeting) -> Minutes | None:
    """The last version, for who writes it and who is asked to confirm it."""
    found: Minutes | None = (
        meeting.written.prefetch_related("passages__item").order_by("-number").first()
    )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted:
    """How one member voted."""

    name: str
    seat: int | None
    choice: str


def votes_on(resolution: Resolution) -> list[Voted]:
    """Who voted how: it is a vote by name, as the meeting's procedure says."""
    return [
        Voted(
            name=vote.attendance.organisation.name if vote.attendance.organisation else "",
            seat=vote.attendance.seat,
            choice=str(vote.get_choice_display()),
        )
        for vote in resolution.votes.select_related("attendance__organisation")
    ]


def weekday_said(weekday: int) -> Said:
    """The day of the week in words."""
    return WEEKDAYS[weekday - 1]


WEEKDAYS = (
    Said("星期一"),
    Said("星期二"),
    Said("星期三"),
    Said("星期四"),
    Said("星期五"),
    Said("星期六"),
    Said("星期日"),
)
NTHS = (Said("第一个"), Said("第二个"), Said("第三个"), Said("第四个"), Said("最后一个"))
