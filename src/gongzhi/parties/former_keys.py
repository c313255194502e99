"""Keys of digests that were made under an earlier key of the installation.

A digest can't be locked anew: nobody has the identity number any more from which it was made. So
the key of the digest alone, which opens nothing, is kept, locked with the key of today; the
earlier key of the installation itself is needed no more.
"""

from collections.abc import Iterable
from uuid import uuid4

from django.db import models

from gongzhi.parties.locked_values import lock, unlock


class FormerKey(models.Model):
    """A key under which digests of one purpose were made before."""

    class Purpose(models.TextChoices):
        """What was digested."""

        IDENTITY = "identity"
        ERASED = "erased"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
    locked = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="former_key_has_a_purpose",
                condition=models.Q(purpose__in=["identity", "erased"]),
            )
        ]

    def __str__(self) -> str:
        return self.purpose


def former_keys(purpose: FormerKey.Purpose) -> tuple[bytes, ...]:
    """The earlier keys of a purpose."""
    rows = FormerKey.objects.filter(purpose=purpose)
    return tuple(bytes.fromhex(unlock(row.locked, bound_to=row.pk)) for row in rows)


def remember(purpose: FormerKey.Purpose, keys: Iterable[bytes]) -> None:
    """Keep keys of a purpose that aren't kept yet."""
    known = former_keys(purpose)
    for key in keys:
        if key not in known:
            row = FormerKey(purpose=purpose)
            row.locked = lock(key.hex(), bound_to=row.pk)
            row.save()
