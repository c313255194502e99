"""What a side of a negotiation states, and who may see it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.forum.models.negotiations import (
    LINE_MAX,
    TEXT_MAX,
    NegotiationParty,
    tables_of,
)
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import NOBODY, Columns, readable_by
from gongzhi.trust.identifiers import new_id


class NegotiationPositionQuerySet(models.QuerySet[Any]):
    """Positions."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: one's own, and what others let one see."""
        way = "party__negotiation"
        columns: Columns = {
            "owner": "party__organisation_id",
            "holder": "party__person_id",
            "addressed": f"{way}__mediator_id",
            "panel": lambda values: Q(**{f"{way}__in": tables_of(organisations=values)}),
            "affected": lambda values: Q(**{f"{way}__in": tables_of(people=values)}),
            "label": "label",
        }
        return self.filter(readable_by(member, "negotiation_position", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        whole = self.select_related(
            "party__organisation",
            "party__person",
            "party__negotiation__project__unit__region",
            "terms",
        )
        return whole.prefetch_related("party__negotiation__parties__person")


class NegotiationPosition(models.Model):
    """What a side states, anew each time: interests, worth of each plan, what it could live with.

    `worth`, `points` and `scores` go by the codes of plans and the names of criteria. The limit
    stands here only locked, bound to its row.
    """

    class Label(models.TextChoices):
        """Who may see it."""

        CONFIDENTIAL = "confidential", _("只给主持人看")
        INTERNAL = "internal", _("给在场各方看")
        PUBLIC = "public", _("公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(NegotiationParty, models.PROTECT, related_name="positions")
    text = models.TextField(max_length=TEXT_MAX)
    measure = models.CharField(max_length=10)
    worth = models.JSONField(default=dict)
    points = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    accepts = models.JSONField(default=list)
    limit_locked = models.BinaryField(null=True)
    evidence = models.CharField(max_length=LINE_MAX, blank=True)
    label = models.CharField(max_length=20, choices=Label, default=Label.CONFIDENTIAL)
    stated_on = models.DateField()

    objects = NegotiationPositionQuerySet.as_manager()
    own_words = OwnWords(
        name=Said("协商中的立场"), whose="party__person", columns=("text", "evidence")
    )

    class Meta:
        ordering = ["party", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_position_is_shown_to_somebody_known",
                condition=Q(label__in=["confidential", "internal", "public"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.stated_on}"

    def thing(self) -> Thing:
        """The position as the charter sees it: whose it is, and who sits at the same table."""
        table = self.party.negotiation.thing()
        return Thing(
            kind="negotiation_position",
            id=str(self.pk),
            owner=str(self.party.organisation_id or NOBODY),
            holder=str(self.party.person_id or NOBODY),
            addressed=table.addressed,
            panel=table.panel,
            affected=table.affected,
            label=self.label,
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.party.negotiation.thing(),)

    def bond(self) -> str:
        """What the locked limit is bound to."""
        return f"negotiation limit {self.pk}"
