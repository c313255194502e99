"""Jobs of the parties' room; twice is like once."""

from datetime import timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongzhi.parties.actions.batches import close_pool
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contacts import digest_earlier_contacts
from gongzhi.parties.entry_codes import erase_entry_codes
from gongzhi.parties.models import Alarm
from gongzhi.parties.resetting import send_link
from gongzhi.parties.resting_contacts import forget_rested
from gongzhi.parties.sending import TRIES_MAX, deliver, erase_old_letters
from gongzhi.parties.unseen import pools_due

GUESSES_KEPT = timedelta(days=1)
ALARMS_KEPT = timedelta(days=180)


class TryAgain(Exception):
    """The provider didn't take a message; the row says why, this says only which."""


@app.task(
    name="gongzhi.parties.tasks.deliver_message",
    retry=RetryStrategy(
        max_attempts=TRIES_MAX, exponential_wait=4, retry_exceptions=frozenset({TryAgain})
    ),
)
def deliver_message(message: str) -> None:
    """Hand a message to its provider, again later if it doesn't take it."""
    if not deliver(UUID(message)):
        raise TryAgain(message)


@app.task(name="gongzhi.parties.tasks.send_reset_link")
def send_reset_link(username: str, site: str, language: str) -> None:
    """Send somebody the link to set a new password, if there is such a person."""
    send_link(username=username, site=site, language=language)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="tidy_parties")
def tidy_parties(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every night: what belongs to the framework and is no deed: letters, guesses, alarms."""
    erase_old_letters()
    digest_earlier_contacts()
    erase_entry_codes()
    forget_rested(today=business_date())
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - GUESSES_KEPT).delete()
    Alarm.objects.filter(raised_at__lt=timezone.now() - ALARMS_KEPT).delete()


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="close_batches")
def close_batches(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every hour: let the hidden deeds of days that are over enter the log, shuffled."""
    for pool in pools_due(today=business_date()):
        close_pool(pool)
