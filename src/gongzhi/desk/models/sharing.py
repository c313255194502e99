"""Links that expire: results of checks that a visitor chose to share."""

from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from gongzhi.trust.identifiers import new_id


class SharedResultQuerySet(models.QuerySet[Any]):
    """Shared results."""

    def behind(self, link_key: str, *, at: datetime) -> Self:
        """The one behind a link, while it lives: who holds the link may read it (clause 6.2)."""
        return self.filter(key_digest=key_digest(link_key), expires_at__gt=at)

    def due(self, *, at: datetime) -> Self:
        """Those whose days are over."""
        return self.filter(expires_at__lte=at)


def key_digest(link_key: str) -> bytes:
    """What is stored of a link's key: who reads the table can't open the links."""
    return sha256(link_key.encode()).digest()


class SharedResult(models.Model):
    """A result that its visitor agreed to keep behind a link for some days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key_digest = models.BinaryField(max_length=32, unique=True)
    result = models.JSONField()
    consented_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = SharedResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="shared_result_expires_after_consent",
                condition=Q(expires_at__gt=F("consented_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
