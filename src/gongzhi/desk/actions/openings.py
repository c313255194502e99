"""Sealing the access log day by day, and deleting its oldest once its months are over."""

import secrets
from datetime import UTC, date, datetime, time

from django.utils import timezone

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.desk.models import Opening
from gongzhi.desk.openings import SEALED, blank_row, filled_up, row_of
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Deed, SealedRow
from gongzhi.rules.keeping import kept_since


class TooEarly(Exception):
    """Rows that must still be kept were to be deleted; nothing was."""


def seal_openings(*, until: datetime) -> int:
    """Enter what was opened before a moment as one batch, shuffled; says how many there were.

    Blank rows fill the batch up, and a day without any reading has one too: neither the number of
    rows nor that there are any tells of a reading that its owner isn't told of. Whoever is told of
    an opening can prove it.
    """
    since = _sealed_until()
    if until <= since:
        return 0
    moment = until.astimezone(UTC).isoformat()
    with act(SYSTEM, "seal_openings", on=INSTALLATION, key=moment) as record:
        fresh = Opening.objects.filter(opened_at__gte=since, opened_at__lt=until)
        rows = [row_of(opening) for opening in fresh]
        count = len(rows)
        rows += [blank_row() for _ in range(filled_up(count) - count)]
        secrets.SystemRandom().shuffle(rows)
        record["until"] = moment
        record.batch("opening", rows)
    return count


def _sealed_until() -> datetime:
    """The moment up to which openings have been sealed."""
    last = Deed.objects.filter(verb=SEALED).last()
    return datetime.fromisoformat(last.public["until"] if last else "1970-01-01T00:00:00+00:00")


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
        SealedRow.objects.filter(deed__in=_sealed_before(morning)).delete()
        record["count"] = count
        record["before"] = before.isoformat()
    return count


def _sealed_before(morning: datetime) -> list[Deed]:
    """The batches all of whose openings may go; their promises stay in the log."""
    sealed = Deed.objects.filter(verb=SEALED)
    return [deed for deed in sealed if datetime.fromisoformat(deed.public["until"]) <= morning]
