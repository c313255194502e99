"""The roll of a vote: who may vote, and by which two people's deeds they came onto it.

An entry is one voter, known by an account (the human being behind it, where one is known), by the
digest of a telephone number or address, or by the number of a paper ballot alone. It counts once
the change that brought it is confirmed.
"""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.forum.models.votes import Vote
from gongzhi.parties.models import Person
from gongzhi.trust.identifiers import new_id

WHO_MAX = 80


class RollChange(models.Model):
    """A change of the roll: who proposed it and why, and who else confirmed it."""

    class Stage(models.TextChoices):
        """How far it got."""

        PROPOSED = "proposed", _("待另一人确认")
        CONFIRMED = "confirmed", _("已确认")
        REJECTED = "rejected", _("未通过")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="roll_changes")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PROPOSED)
    added = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True)

    class Meta:
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(name="one_roll_change_a_number", fields=["vote", "number"]),
            models.CheckConstraint(
                name="two_people_change_a_roll",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_roll_change_is_decided_by_somebody",
                condition=Q(stage="proposed", decided_by=None, decided_on=None)
                | Q(
                    stage__in=["confirmed", "rejected"],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote} {self.number}"


class RollEntryQuerySet(models.QuerySet[Any]):
    """Entries of rolls."""

    def standing(self) -> Self:
        """Those who may vote: brought by a confirmed change, and taken off by none."""
        return self.filter(change__stage="confirmed").exclude(removal__stage="confirmed")


class RollEntry(models.Model):
    """Somebody who may vote: at most one ballot each, whichever way they come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="roll")
    change = models.ForeignKey(RollChange, models.PROTECT, related_name="entries")
    removal = models.ForeignKey(RollChange, models.PROTECT, null=True, related_name="removals")
    who = models.CharField(max_length=WHO_MAX, blank=True)

    objects = RollEntryQuerySet.as_manager()

    class Meta:
        ordering = ["vote", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_roll_entry_a_voter",
                fields=["vote", "who"],
                condition=Q(removal=None) & ~Q(who=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
