"""Jobs that run by themselves, as the system, each by a clause of its own; twice is like once."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.management import call_command
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongzhi.desk import hooks
from gongzhi.desk.actions import digests, exports, notices, openings, sharing
from gongzhi.desk.models import HookDelivery
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import IdempotencyKey
from gongzhi.rules.keeping import kept_since

KEYS_KEPT = timedelta(days=8)  # QUALITY R05 asks for seven
DELIVERIES_KEPT = timedelta(days=30)


class TryAgain(Exception):
    """An address didn't take a message; its row says why."""


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="expire_shared_results")
def expire_shared_results(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every ten minutes: delete the shared results whose days are over."""
    sharing.expire_shared_results()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="expire_exports")
def expire_exports(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every five minutes: delete the packages of attachments whose minutes are over."""
    exports.expire_exports()


@app.task(name=exports.JOB)
def make_export(export: str) -> None:
    """Make a package, with the rights that whoever asked for it has now."""
    found = exports.to_make(export)
    if found is None:
        return
    with suppress(Refused):  # which stands in the access log
        exports.make_export(export=found)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_members")
def tell_members(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every minute: tell those concerned of the deeds that have entered the log, some at once."""
    while notices.tell_members():
        pass
    digests.send_digests(at_once=True)


@app.task(
    name=hooks.JOB,
    retry=RetryStrategy(
        max_attempts=hooks.TRIES_MAX, exponential_wait=4, retry_exceptions=frozenset({TryAgain})
    ),
)
def deliver_hook(delivery: str) -> None:
    """Hand a message to an organisation's address, again later if it doesn't take it."""
    if not hooks.deliver(UUID(delivery)):
        raise TryAgain(delivery)


@app.periodic(cron="30 8 * * *")
@app.task(queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every morning: send the notices that people haven't read to those who want that."""
    digests.send_digests()


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="seal_openings")
def seal_openings(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every hour: enter the access log of the days that are over, unless that was done."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    openings.seal_openings(until=midnight)


@app.periodic(cron="29 3 * * *")
@app.task(queueing_lock="purge_openings")
def purge_openings(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every night: delete of the access log what no longer needs to be kept."""
    openings.purge_openings(before=kept_since("openings", today=timezone.localdate()))


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="tidy_up")
def tidy_up(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every night: what belongs to the framework and is no deed: old sessions, keys, messages."""
    call_command("clearsessions")
    IdempotencyKey.objects.filter(used_at__lt=timezone.now() - KEYS_KEPT).delete()
    HookDelivery.objects.filter(settled_at__lt=timezone.now() - DELIVERIES_KEPT).delete()
