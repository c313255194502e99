"""What plans are looked at for in a negotiation, and the terms that a side states beside its worth.

Bounds of an institution stand in their row only locked, as its limit does.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from gongzhi.forum.models.negotiation_positions import NegotiationPosition
from gongzhi.forum.models.negotiations import (
    LINE_MAX,
    WITHDRAWN_SAYS_WHY,
    Negotiation,
    OnTheTableQuerySet,
)
from gongzhi.trust.identifiers import new_id

NAME_MAX = 100


class NegotiationCriterion(models.Model):
    """What every side may weigh and score plans by; later ones say when they came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    negotiation = models.ForeignKey(Negotiation, models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_MAX)
    added_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    why_withdrawn = models.CharField(max_length=LINE_MAX, blank=True)

    objects = OnTheTableQuerySet.as_manager()

    class Meta:
        ordering = ["negotiation", "number"]
        constraints = [
            models.UniqueConstraint(
                name="negotiation_criteria_are_numbered", fields=["negotiation", "number"]
            ),
            models.UniqueConstraint(
                name="negotiation_criteria_have_names", fields=["negotiation", "name"]
            ),
            models.CheckConstraint(
                name="a_withdrawn_criterion_says_why", condition=WITHDRAWN_SAYS_WHY
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PositionTerms(models.Model):
    """What stands beside a position: payments that law asks for, bounds, judgements of pairs.

    `floors` and `offered` go by the codes of plans; `judgements` are two criteria with how many
    times as important the first is. `tells_mediator`: the mediator's computation may use the limit
    and the bounds of an institution; nobody else's does, and no page shows them to anybody else.
    """

    position = models.OneToOneField(
        NegotiationPosition, models.PROTECT, primary_key=True, related_name="terms"
    )
    floors = models.JSONField(default=dict)
    offered = models.JSONField(default=dict)
    judgements = models.JSONField(default=list)
    alike = models.CharField(max_length=NAME_MAX, blank=True)
    size = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(1))
    bounds_locked = models.BinaryField(null=True)
    tells_mediator = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_size_is_above_nothing", condition=Q(size__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.position}"

    def bond(self) -> str:
        """What the locked bounds are bound to."""
        return f"negotiation bounds {self.pk}"
