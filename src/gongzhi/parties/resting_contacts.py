"""Contacts whose account was erased: for a while they open no other one.

So nobody who left speaks a second time where others speak once. Only the digest is kept, without
whose it was, and no longer than that while.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models

from gongzhi.parties.factors import limits


class RestingContact(models.Model):
    """A contact or provider's subject that opens no account until a day, by its digest."""

    digest = models.CharField(primary_key=True, max_length=64)
    until_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.until_on}"


def let_rest(digests: Iterable[str], *, today: date) -> None:
    """Keep these contacts from opening another account for a while."""
    until = today + timedelta(days=limits().contact_rest_days)
    rows = [RestingContact(digest=digest, until_on=until) for digest in digests]
    RestingContact.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["digest"], update_fields=["until_on"]
    )


def rests_until(digests: Iterable[str], *, today: date) -> date | None:
    """The day until which one of these opens no account; None if they may."""
    resting = RestingContact.objects.filter(digest__in=list(digests), until_on__gt=today).first()
    return resting.until_on if resting else None


def forget_rested(*, today: date) -> int:
    """Erase what has rested long enough; says how many."""
    return RestingContact.objects.filter(until_on__lte=today).delete()[0]
