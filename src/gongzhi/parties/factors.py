"""Second factors: what a person has besides the password. The framework's, not deeds."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.room import room_for_one
from gongzhi.rules.sign_in import SignInLimits, sign_in_limits
from gongzhi.trust.identifiers import new_id

NAME_MAX = 60
FACTORS_MAX = 10  # of one person


class FactorKind(models.TextChoices):
    """What kinds there are; a recovery code stands in for them when they are lost."""

    TIME_CODE = "time_code", _("动态码")
    SECURITY_KEY = "security_key", _("安全密钥")
    RECOVERY_CODE = "recovery_code", _("备用码")


def limits() -> SignInLimits:
    """The limits of signing in that hold today: real time, a demo's moved date changes nothing."""
    return sign_in_limits(on=timezone.localdate())


class FactorQuerySet(models.QuerySet["Factor"]):
    """Second factors."""

    def of(self, person: models.Model, *, kind: str | None = None) -> Self:
        """Those of a person, the oldest first."""
        own = self.filter(person_id=person.pk)
        return own.filter(kind=kind) if kind else own


class Factor(models.Model):
    """A telephone that makes codes, or a security key; its secret is locked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Person", models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=20, choices=FactorKind)
    name = models.CharField(max_length=NAME_MAX)
    secret = models.BinaryField()
    credential = models.BinaryField(unique=True, null=True)
    counter = models.BigIntegerField(default=0)
    wrong_in_a_row = models.PositiveIntegerField(default=0)
    closed_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FactorQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="factor_kind_is_known", condition=Q(kind__in=["time_code", "security_key"])
            ),
            models.CheckConstraint(
                name="factor_has_a_credential_if_it_is_a_key",
                condition=Q(kind="security_key", credential__isnull=False)
                | Q(kind="time_code", credential__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def put_in(self, secret: str) -> None:
        """Lock the secret into the row."""
        self.secret = lock(secret, bound_to=self.pk)

    def taken_out(self) -> str:
        """The secret in clear."""
        return unlock(self.secret, bound_to=self.pk)

    def is_closed(self, *, at: datetime) -> bool:
        """Whether it takes no codes for the moment, because too many were wrong."""
        return self.closed_until is not None and at < self.closed_until

    def note_wrong(self, *, at: datetime) -> None:
        """Count a wrong code; from the limit on each closes it, for twice as long as before."""
        held = limits()
        self.wrong_in_a_row += 1
        beyond = self.wrong_in_a_row - held.wrong_codes_in_a_row_max
        if beyond >= 0:
            minutes = min(2 ** min(beyond, 30), held.wrong_code_minutes_max)
            self.closed_until = at + timedelta(minutes=minutes)

    def note_used(self, *, counter: int, at: datetime) -> None:
        """Remember how far it got, so that what was used can't be used again."""
        self.counter, self.last_used_at = counter, at
        self.wrong_in_a_row, self.closed_until = 0, None


def keep_factor(factor: Factor) -> bool:
    """Keep a new one, if its person has room for it."""
    owned = Factor.objects.of(factor.person)
    with room_for_one(owned, of=factor.person, at_most=FACTORS_MAX) as has_room:
        if has_room:
            factor.save(force_insert=True)
    return has_room


class RecoveryCode(models.Model):
    """A code on paper for the day the other factors are lost; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("parties.Person", models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


def has_second_factor(person: models.Model) -> bool:
    """Whether somebody has set up a second factor; recovery codes alone are none."""
    return bool(Factor.objects.of(person).exists())
