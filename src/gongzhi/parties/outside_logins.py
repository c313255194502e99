"""Accounts elsewhere by which people sign in here: an identity provider's subject (OpenID Connect).

One subject of one provider is one account here, by constraint. Of the subject only a digest under
a key of its own is kept, so that a copy of the database tells nobody's number at the provider.
"""

import hmac
from hashlib import sha256
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from gongzhi.parties.people import Person
from gongzhi.parties.subject_keys import keys_for
from gongzhi.trust.identifiers import new_id

SUBJECT = "outside logins"
ISSUER_MAX = 200


class OutsideLoginQuerySet(models.QuerySet["OutsideLogin"]):
    """Accounts elsewhere."""

    def of(self, person: models.Model) -> Self:
        """Those of a person."""
        return self.filter(person_id=person.pk)


class OutsideLogin(models.Model):
    """That somebody signs in through a provider, as one of its subjects."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="outside_logins")
    issuer = models.CharField(max_length=ISSUER_MAX)
    subject = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects: ClassVar[OutsideLoginQuerySet] = OutsideLoginQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="a_subject_is_one_account", fields=["issuer", "subject"])
        ]

    def __str__(self) -> str:
        return self.issuer


def subject_digest(issuer: str, subject: str) -> str:
    """By what a provider's subject is known again."""
    text = f"{issuer} {subject}"
    return hmac.new(keys_for([SUBJECT])[SUBJECT], text.encode(), sha256).hexdigest()


def known_login(issuer: str, subject: str) -> OutsideLogin | None:
    """Whose account a provider's subject opens; None for one who never came."""
    rows = OutsideLogin.objects.filter(issuer=issuer, subject=subject_digest(issuer, subject))
    return rows.select_related("person").first()


def keep_login(person: Person, *, issuer: str, subject: str) -> OutsideLogin:
    """Let a provider's subject sign in to an account; a constraint refuses a second account."""
    return OutsideLogin.objects.create(
        person=person,
        issuer=issuer,
        subject=subject_digest(issuer, subject),
        created_at=timezone.now(),
    )
