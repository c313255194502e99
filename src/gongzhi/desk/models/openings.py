"""Who opened what isn't public and belongs to somebody else: an access log, kept half a year."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id


class OpeningQuerySet(models.QuerySet[Any]):
    """Openings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: of the own data; what auditors read, they alone."""
        columns = {
            "owner": "organisation_id",
            "holder": "person_id",
            "stage": "stage",
            "authors": "by_person",
        }
        return self.filter(readable_by(member, "opening", columns=columns))


class Opening(models.Model):
    """That somebody read something of another's; `stage` says whether its owner is told.

    `by_office` is null for a person who acts for themselves.
    """

    class Stage(models.TextChoices):
        """Whether the owner sees it: what auditors read is told to nobody but themselves."""

        TOLD = "told"
        AUDITED = "audited"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=100)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage)
    by_party = models.CharField(max_length=100)
    by_person = models.UUIDField()
    by_office = models.UUIDField(null=True)
    opened_at = models.DateTimeField(db_index=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="opening_stage_is_known", condition=Q(stage__in=["told", "audited"])
            ),
            models.CheckConstraint(
                name="opening_is_of_somebodys",
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.about

    def thing(self) -> Thing:
        """The opening as the charter sees it; it belongs to whose data was opened."""
        return Thing(
            kind="opening",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            holder=str(self.person_id or NOBODY),
            stage=self.stage,
            authors=frozenset({str(self.by_person)}),
        )
