"""What people look at again and again: a list with its filters, under a name of their own."""

from typing import Any, Self

from django.db import models

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Organisation, Person
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id


class SavedViewQuerySet(models.QuerySet[Any]):
    """Saved views."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own, and what colleagues share."""
        columns = {"holder": "person_id", "owner": "organisation_id"}
        return self.filter(readable_by(member, "saved_view", columns=columns))


class SavedView(models.Model):
    """A page with what it is asked for; with an organisation it is shared there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="saved_views")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    page = models.CharField(max_length=40)
    query = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=60)
    saved_on = models.DateField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["page", "name", "id"]
        constraints = [
            models.UniqueConstraint(name="one_saved_view_a_name", fields=["person", "page", "name"])
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The view as the charter sees it."""
        return Thing(
            kind="saved_view",
            id=str(self.pk),
            holder=str(self.person_id),
            owner=str(self.organisation_id or NOBODY),
        )
