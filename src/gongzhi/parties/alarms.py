"""Alarms of the sign-in: what the security administrator should look at. No deeds."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id

QUIET = timedelta(hours=1)  # the same alarm isn't raised again within it


class AlarmQuerySet(models.QuerySet["Alarm"]):
    """Alarms."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "alarm", columns={}))

    def since(self, moment: datetime) -> Self:
        """Those raised from a moment on."""
        return self.filter(raised_at__gte=moment)


class Alarm(models.Model):
    """Something about signing in that isn't as it should be; whom it is about, if it is known."""

    class Kind(models.TextChoices):
        """What there is to be alarmed about."""

        ONE_ACCOUNT = "one_account", _("多处试猜同一账号的密码")
        MANY_ACCOUNTS = "many_accounts", _("一处试猜多个账号的密码")
        CODES = "codes", _("密码正确而动态码连续错误")
        MANY_CITIZENS = "many_citizens", _("一处一小时内开立了很多市民账号")
        COPIED_KEY = "copied_key", _("安全密钥可能被复制")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=64)
    person = models.ForeignKey("parties.Person", models.CASCADE, null=True, related_name="alarms")
    raised_at = models.DateTimeField()

    objects: ClassVar[Any] = AlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "about", "raised_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.raised_at}"

    def thing(self) -> Thing:
        """The alarm as the charter sees it."""
        return Thing(kind="alarm", id=str(self.pk))


def raise_alarm(kind: str, *, about: str, person: models.Model | None = None) -> Alarm | None:
    """Raise an alarm about an account or address (kept as a digest); None if it rang just now."""
    now = timezone.now()
    digest = salted_hmac("gongzhi.parties.alarms", about, algorithm="sha256").hexdigest()
    if Alarm.objects.since(now - QUIET).filter(kind=kind, about=digest).exists():
        return None
    alarm: Alarm = Alarm.objects.create(
        kind=kind, about=digest, person_id=person.pk if person else None, raised_at=now
    )
    return alarm
