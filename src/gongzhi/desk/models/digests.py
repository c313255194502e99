"""Who wants their notices once a day by e-mail or text message."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Person
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class DigestQuerySet(models.QuerySet[Any]):
    """Digests."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own."""
        columns = {"holder": "person_id"}
        return self.filter(readable_by(member, "digest", columns=columns))


class Digest(models.Model):
    """That a person wants the day's notices together, and in which language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="digest")
    language = models.CharField(max_length=2)
    since_on = models.DateField()

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="digest_language_is_known", condition=Q(language__in=["zh", "en"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def thing(self) -> Thing:
        """The digest as the charter sees it."""
        return Thing(kind="digest", id=str(self.pk), holder=str(self.person_id))
