"""Messages on their way to a person's mailbox or telephone: a queue, not a register of deeds."""

import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class Channel(models.TextChoices):
    """The ways to reach somebody outside the product."""

    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message in clear: handed to a provider, never written to a log."""

    id: UUID
    channel: str
    address: str
    subject: str
    text: str
    calendar: str = ""  # an invitation (RFC 5545), for mailboxes that put it into a calendar

    def __repr__(self) -> str:
        return f"Letter({self.id})"  # traces and logs show no address and no text


class OutgoingMessageQuerySet(models.QuerySet["OutgoingMessage"]):
    """Outgoing messages."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view; the letter stays locked."""
        return self.filter(readable_by(member, "outgoing_message", columns={}))

    def unsent(self) -> Self:
        """Those given up or tried in vain so far, the newest first."""
        return self.filter(Q(state="failed") | Q(tries__gt=0, state="waiting")).order_by("-id")


class OutgoingMessage(models.Model):
    """A message to send; its letter is locked, and erased once nobody needs it any more."""

    class State(models.TextChoices):
        """Where a message stands."""

        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有发出")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=10, choices=Channel)
    letter = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = OutgoingMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "created_at"])]
        constraints = [
            models.CheckConstraint(
                name="outgoing_message_keeps_its_letter_while_waiting",
                condition=~Q(state="waiting") | Q(letter__isnull=False),
            ),
            models.CheckConstraint(
                name="outgoing_message_is_settled_or_waits",
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def thing(self) -> Thing:
        """The message as the charter sees it."""
        return Thing(kind="outgoing_message", id=str(self.pk))

    def put_in(self, *, address: str, subject: str, text: str, calendar: str = "") -> None:
        """Lock the letter into the row."""
        parts = [address, subject, text, *([calendar] if calendar else [])]
        self.letter = lock(json.dumps(parts), bound_to=self.pk)

    def taken_out(self) -> Letter | None:
        """The letter in clear; None once it was erased."""
        if self.letter is None:
            return None
        address, subject, text, *more = json.loads(unlock(self.letter, bound_to=self.pk))
        return Letter(
            id=self.pk,
            channel=self.channel,
            address=address,
            subject=subject,
            text=text,
            calendar=more[0] if more else "",
        )
