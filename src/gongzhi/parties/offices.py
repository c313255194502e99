"""Offices (岗位): a person's post in an organisation, with its roles and dates.

An office ends once and is never changed otherwise (a trigger sees to it). A delegated one is an
office of its own that acts for another: with some of its roles, and no longer than it.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.people import Person
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.rules.offices import office_rules
from gongzhi.trust.identifiers import new_id

TITLE_MAX = 100
ORDINARY, ENTRUSTED, INCOMPATIBLE = "ordinary", "entrusted", "incompatible"


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view; who holds them is another question."""
        columns = {
            "owner": "organisation_id",
            "holder": "person_id",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "office", columns=columns))

    def held(self, *, on: date) -> Self:
        """Those that somebody holds on a day; one that acts for another ends with it."""
        return self.filter(_running("", on=on), Q(acts_for=None) | _running("acts_for__", on=on))

    def held_in_person(self, *, on: date) -> Self:
        """Those of them that act for no other."""
        return self.filter(_running("", on=on), acts_for=None)

    def current(self, *, on: date) -> Self:
        """Those that aren't over, begun or not, with their facts."""
        lasting = Q(until_on=None) | Q(until_on__gte=on)
        origin = Q(acts_for=None) | Q(acts_for__ended_on=None)
        return self.with_facts().filter(lasting, origin, ended_on=None)

    def of(self, person: Person) -> Self:
        """Those of a person."""
        return self.filter(person=person)

    def of_human(self, person: Person) -> Self:
        """Those of whoever stands behind a person's account, under all accounts."""
        if person.human_id is None:
            return self.filter(person=person)
        return self.filter(person__human=person.human_id)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("person", "organisation__region", "acts_for__person")


def _running(prefix: str, *, on: date) -> Q:
    """That an office has begun, hasn't ended, and its person wasn't suspended."""
    begun = Q(**{f"{prefix}since_on__lte": on, f"{prefix}ended_on": None})
    lasting = Q(**{f"{prefix}until_on": None}) | Q(**{f"{prefix}until_on__gte": on})
    return begun & lasting & Q(**{f"{prefix}person__is_active": True})


class Office(models.Model):
    """A post that somebody holds from one day to another, unless it is ended before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="offices")
    title = models.CharField(max_length=TITLE_MAX)
    roles = models.JSONField(default=list)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, editable=False)
    acts_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="delegated")

    objects: ClassVar[Any] = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__code", "title", "id"]
        constraints = [
            models.CheckConstraint(
                name="office_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
            ),
            models.CheckConstraint(
                name="delegated_office_has_a_last_day",
                condition=Q(acts_for__isnull=True) | Q(until_on__isnull=False),
            ),
            models.CheckConstraint(
                name="office_acts_for_another_one",
                condition=Q(acts_for__isnull=True) | ~Q(acts_for=F("id")),
            ),
        ]

    def __str__(self) -> str:
        mark = "（代）" if self.acts_for_id else ""
        return f"{self.organisation} {self.title}{mark}"

    @property
    def stage(self) -> str:
        """Held, delegated or ended; that its last day is over is for who knows the date."""
        if self.ended_on is not None:
            return "ended"
        return "delegated" if self.acts_for_id else "held"

    @property
    def label(self) -> str:
        """Whether its organisation may give it, only the security administrator, or nobody."""
        rules, roles = office_rules(on=self.since_on), set(self.roles)
        if rules.apart & roles and len(roles) > 1:
            return INCOMPATIBLE
        return ENTRUSTED if rules.entrusted & roles else ORDINARY

    def thing(self) -> Thing:
        """The office as the charter sees it; whoever delegated it is its author."""
        return Thing(
            kind="office",
            id=str(self.pk),
            owner=str(self.organisation_id),
            holder=self.person.who if self.person_id else NOBODY,
            stage=self.stage,
            label=self.label,
            authors=self.acts_for.person.selves() if self.acts_for else frozenset(),
            regions=self.organisation.region.line(),
        )
