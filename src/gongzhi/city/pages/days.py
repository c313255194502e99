"""On which day the demo is, to which it is on its way, and whether it got there."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from gongzhi.city.invented.calendar import LIVES_UNTIL
from gongzhi.city.own_files import is_trial

LIVING = "live_until"  # the job's name, by which it also waits for itself
ON_ITS_WAY, FAILED = ("todo", "doing"), "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A day that somebody asked for, from the day on which they asked; failed: it broke off."""

    since: date
    until: date
    failed: bool

    def share(self, today: date) -> int:
        """How much of the way is done, in per cent."""
        whole = max((self.until - self.since).days, 1)
        return min(max((today - self.since).days * 100 // whole, 0), 100)


def last_day(today: date) -> date:
    """How far the date may go: the city's story has an end, somebody's own files their year's."""
    return date(today.year, 12, 31) if is_trial() else LIVES_UNTIL


def way_now() -> Way | None:
    """The way that the demo is on; None while it stands still."""
    return _newest(ON_ITS_WAY)


def way_broken(today: date) -> Way | None:
    """The last way, where it broke off before its end and nobody has got there since."""
    way = _newest((*ON_ITS_WAY, FAILED))
    return way if way and way.failed and way.until > today else None


def go_on(*, since: date, until: date) -> None:
    """Ask the worker to go on to a day, unless it is asked already."""
    job = app.configure_task(LIVING, lock=LIVING, queueing_lock=LIVING)
    with suppress(AlreadyEnqueued):
        job.defer(day=until.isoformat(), since=since.isoformat())


def _newest(states: tuple[str, ...]) -> Way | None:
    jobs = ProcrastinateJob.objects.filter(task_name=LIVING, status__in=states)
    job = jobs.order_by("-id").first()
    if job is None:
        return None
    until = date.fromisoformat(job.args["day"])
    since = date.fromisoformat(job.args.get("since") or job.args["day"])
    return Way(since=since, until=until, failed=job.status == FAILED)
