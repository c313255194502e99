"""A meeting as calendars keep it: the same UID for ever, a higher SEQUENCE with each change."""

from django.utils import timezone

from gongzhi.core.participating.calendar_files import CalendarEntry, Mailed
from gongzhi.core.participating.meetings import MeetingStage
from gongzhi.forum.models import Meeting


def calendar_entry(
    row: Meeting, *, address: str = "", mailed: Mailed | None = None
) -> CalendarEntry:
    """The meeting as it stands, or that it was called off."""
    agenda = [f"{item.number}. {item.title}" for item in row.agenda.all()]
    return CalendarEntry(
        uid=f"{row.pk}@gongzhi",
        organiser=row.organiser.name,
        organiser_id=str(row.organiser_id),
        sequence=row.sequence,
        stamped_at=timezone.now(),
        begins_at=row.begins_at,
        minutes=row.minutes,
        summary=row.title,
        place=row.place,
        description="\n".join([*agenda, row.procedure]),
        address=address,
        is_cancelled=row.stage == MeetingStage.CANCELLED,
        mailed=mailed,
    )
