"""Deleting the oldest of the access log, once its months are over and never before."""

from datetime import date, datetime, time

from django.utils import timezone

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.desk.models import Opening
from gongzhi.parties.deeds import act
from gongzhi.rules.keeping import kept_since


class TooEarly(Exception):
    """Rows that must still be kept were to be deleted; nothing was."""


def purge_openings(*, before: date) -> int:
    """Delete what was opened before a day that lies far enough back; says how many there were."""
    if before > kept_since("openings", today=timezone.localdate()):
        raise TooEarly(before.isoformat())
    morning = timezone.make_aware(datetime.combine(before, time()))
    due = Opening.objects.filter(opened_at__lt=morning)
    if not due.exists():
        return 0
    with act(SYSTEM, "purge_openings", on=INSTALLATION) as record:
        count, _ = due.delete()
        record["count"] = count
        record["before"] = before.isoformat()
    return count
