"""Invitations: an account is opened by whoever was invited, and by nobody else (clause 3.11).

The link's token stands only in the message; here stands its digest. Name and address of whoever
is invited are locked, and erased once the invitation is settled.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.offices import TITLE_MAX, Office
from gongzhi.parties.people import Person
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id

TOKEN_BYTES = 32
TOKEN_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Whom an invitation is for, in clear: never written to a log."""

    name: str
    channel: str
    address: str

    def __repr__(self) -> str:
        return "Invitee()"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their organisation's, or for administrators all."""
        columns = {"owner": "organisation_id", "stage": "stage"}
        return self.filter(readable_by(member, "invitation", columns=columns))

    def open(self) -> Self:
        """Those neither accepted nor withdrawn; their last day may be over."""
        return self.filter(stage="open")

    def by_token(self, token: str, *, on: date) -> "Invitation | None":
        """The invitation that can be accepted with this token on a day."""
        held = Q(given_by=None) | Q(given_by__in=Office.objects.held(on=on))
        known = self.open().filter(held, digest=digest_of(token), expires_on__gte=on)
        return known.select_related("organisation__region", "given_by").first()


class Invitation(models.Model):
    """That somebody may open an account, and perhaps takes an office with it.

    It lives only as long as whoever gave it holds the office in which they did.
    """

    class Stage(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待接受")
        ACCEPTED = "accepted", _("已接受")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, related_name="+")
    locked_invitee = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=32, unique=True)
    title = models.CharField(max_length=TITLE_MAX, blank=True)
    roles = models.JSONField(default=list)
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    given_on = models.DateField()
    expires_on = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.OPEN)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="invitation_stage_is_known",
                condition=Q(stage__in=["open", "accepted", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_by_somebody",
                condition=Q(stage="accepted", person__isnull=False)
                | (~Q(stage="accepted") & Q(person__isnull=True)),
            ),
            models.CheckConstraint(
                name="invitation_with_an_office_has_an_organisation",
                condition=Q(title="") | Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def thing(self) -> Thing:
        """The invitation as the charter sees it."""
        return Thing(
            kind="invitation",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            stage=self.stage,
        )

    def put_in(self, invitee: Invitee) -> None:
        """Lock whom it is for into the row."""
        values = json.dumps([invitee.name, invitee.channel, invitee.address])
        self.locked_invitee = lock(values, bound_to=self.pk)

    def taken_out(self) -> Invitee | None:
        """Whom it is for; None once it is settled."""
        if self.locked_invitee is None:
            return None
        name, channel, address = json.loads(unlock(self.locked_invitee, bound_to=self.pk))
        return Invitee(name=name, channel=channel, address=address)


def new_token() -> str:
    """A token for a link: 256 bits of chance."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> bytes:
    """What the database keeps of a token."""
    return sha256(token.encode()).digest()
