"""Messages by e-mail and text message: written in the caller's transaction, delivered by a job.

    send(channel="sms", address=address, subject=_("…"), text=_("…"))

What a deed undone would have said is never sent. A message may arrive twice when a worker dies
at the wrong moment; its id lets the provider see that. No address and no text is ever logged.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.outgoing import Channel, OutgoingMessage
from gongzhi.parties.providers import NotDelivered, can_send, provider_for

__all__ = ["TRIES_MAX", "can_send", "deliver", "erase_old_letters", "send", "take_back"]

ERASED = "the addressee was erased"
TRIES_MAX = 8  # with four to the power of the try between them: about six hours
FAILED_KEPT = timedelta(days=7)  # so that whoever repairs the provider can see what is missing


def send(*, channel: str, address: str, subject: str, text: str, calendar: str = "") -> None:
    """Put a message into the queue; it leaves when the caller's transaction holds."""
    assert channel in Channel.values, f"no such channel: {channel}"
    message = OutgoingMessage(channel=channel, created_at=timezone.now())
    plain = " ".join(subject.split())
    message.put_in(address=address.strip(), subject=plain, text=text, calendar=calendar)
    with transaction.atomic():
        message.save(force_insert=True)
        app.configure_task("gongzhi.parties.tasks.deliver_message").defer(message=str(message.pk))


def deliver(identifier: UUID) -> bool:
    """Try to hand a message to its provider; False if it should be tried again."""
    with transaction.atomic():
        waiting = OutgoingMessage.objects.select_for_update().filter(state="waiting")
        message = waiting.filter(pk=identifier).first()
        if message is None:  # settled before, by a worker that died before it could say so
            return True
        letter = message.taken_out()
        assert letter is not None, "the database holds it"
        message.tries += 1
        try:
            provider_for(message.channel).send(letter)
        except NotDelivered as refused:
            message.fault = refused.fault
            if refused.final or message.tries >= TRIES_MAX:
                _settle(message, state="failed")
        else:
            message.fault = ""
            _settle(message, state="sent")
        message.save()
    return message.state != "waiting"


def _settle(message: OutgoingMessage, *, state: str) -> None:
    """No more tries; a letter that was sent is erased, except in a demo, whose inbox shows it."""
    message.state = state
    message.settled_at = timezone.now()
    if state == "sent" and not settings.DEMO:
        message.letter = None


def erase_old_letters() -> int:
    """Erase the letters that were given up a week ago; says how many."""
    given_up = OutgoingMessage.objects.filter(state="failed", letter__isnull=False)
    return given_up.filter(settled_at__lt=timezone.now() - FAILED_KEPT).update(letter=None)


def take_back(addresses: Collection[str]) -> None:
    """Erase every letter to one of these addresses; what still waits is never sent."""
    kept = OutgoingMessage.objects.filter(letter__isnull=False)
    for message in kept.select_for_update():
        if _addressee(message) in addresses:
            if message.state == "waiting":
                message.fault = ERASED
                _settle(message, state="failed")
            message.letter = None
            message.save()


def _addressee(message: OutgoingMessage) -> str | None:
    """To whom a letter goes; None where its key is gone: nobody reads it any more."""
    try:
        letter = message.taken_out()
    except CannotUnlock:
        return None
    return letter.address if letter else None
