"""What many projects show as one, kept: derived from what each of them shows, recomputable."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gongzhi.cycle.models.projects import Project
from gongzhi.cycle.reading import SumQuerySet
from gongzhi.parties.models import Organisation


def _weighed() -> "ArrayField[Any, Any]":
    """Shares times budgets, for each of twelve months."""
    return ArrayField(models.DecimalField(max_digits=30, decimal_places=8), size=12)


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=22, decimal_places=2)


class WatchedSum(models.Model):
    """The projects of a unit that may be viewed alike and show the same colour, added up.

    Of two kinds of reader one sees only what is public, so the stage of the projects stays apart;
    so does the colour, by which they are counted and filtered. The fields are those of
    `core.monitoring.Sums`.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Project.Stage)
    level = models.CharField(max_length=10, blank=True)
    fiscal_year = models.PositiveSmallIntegerField()
    on = models.DateField()
    month = models.PositiveSmallIntegerField()
    ended = models.PositiveSmallIntegerField()
    projects = models.PositiveIntegerField()
    goals_of = models.PositiveIntegerField()
    budget = _money()
    paid = _money()
    money = _weighed()
    goals = _weighed()
    goals_weight = _weighed()
    money_planned = _weighed()
    money_planned_weight = _money()
    goals_planned = _weighed()
    goals_planned_weight = _money()

    objects = SumQuerySet.as_manager()

    class Meta:
        ordering = ["fiscal_year", "unit", "stage", "level"]
        constraints = [
            models.UniqueConstraint(
                name="watched_sum_once", fields=["fiscal_year", "unit", "stage", "level"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.fiscal_year} {self.level}"
