"""Conflicts of interest (利益冲突): who declared one about what, and how the charter is told.

Whoever has declared a conflict about a thing, or about the organisation that it belongs to,
stands in `Thing.conflicted` of that thing; a protected forbid then keeps them from judging it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.asked_once import answer
from gongzhi.parties.business_date import business_date
from gongzhi.parties.people import Person
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id

REASON_MAX = 500
NONE: frozenset[str] = frozenset()
Conflicts = Mapping[str, frozenset[str]]


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Declared conflicts of interest."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own, and those that they watch over."""
        columns = {"owner": "organisation_id", "holder": "person_id"}
        return self.filter(readable_by(member, "conflict", columns=columns))

    def in_force(self, *, on: date) -> Self:
        """Those that keep somebody from judging on a day."""
        lasting = Q(until_on=None) | Q(until_on__gte=on)
        return self.filter(lasting, since_on__lte=on, lifted_on=None)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("person", "organisation")


class Conflict(models.Model):
    """That somebody has an interest in a thing; why is sealed and not shown to the public."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey("Organisation", models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=100)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    lifted_on = models.DateField(null=True, editable=False)

    objects: ClassVar[Any] = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["about"])]
        constraints = [
            models.CheckConstraint(
                name="conflict_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.since_on}"

    def thing(self) -> Thing:
        """The declaration as the charter sees it."""
        return Thing(
            kind="conflict",
            id=str(self.pk),
            owner=str(self.organisation_id or NOBODY),
            holder=str(self.person_id),
            authors=self.person.selves(),
            stage="declared" if self.lifted_on is None else "lifted",
        )


def conflicted(*names: str) -> frozenset[str]:
    """Who declared a conflict about one of these things: accounts, and the humans behind them."""
    conflicts = answer(_in_force)
    return NONE.union(*(conflicts.get(name, NONE) for name in names))


def _in_force() -> Conflicts:
    found: dict[str, frozenset[str]] = {}
    rows = Conflict.objects.in_force(on=business_date())
    for about, person, human in rows.values_list("about", "person_id", "person__human_id"):
        found[about] = found.get(about, NONE) | {str(person), str(human or person)}
    return found
