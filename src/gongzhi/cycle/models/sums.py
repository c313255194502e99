"""What many projects show as one, kept: derived from what each of them shows, recomputable."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from gongzhi.cycle.models.projects import Aim, Project
from gongzhi.cycle.reading import SumQuerySet
from gongzhi.parties.models import Organisation, Region

CLASS = 3  # digits of a class of function


def _weighed() -> "ArrayField[Any, Any]":
    """Shares times budgets, for each of twelve months."""
    return ArrayField(models.DecimalField(max_digits=30, decimal_places=8), size=12)


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=22, decimal_places=2)


def _shares() -> "models.DecimalField[Any, Any]":
    """Shares added up, perhaps each times a budget."""
    return models.DecimalField(max_digits=30, decimal_places=8)


class Summed(models.Model):
    """Projects that may be viewed alike, added up: of a unit, of a department, of a whole region.

    A unit's sums have the unit, a department's the department, a region's neither. Of two kinds of
    reader one sees only what is public, so the stage of the projects stays apart. Whoever may read
    a region's projects whosever they are needs its sums alone, few rows however many units there
    are (`SumQuerySet.whole_for`).
    """

    id = models.BigAutoField(primary_key=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=20, choices=Project.Stage)
    fiscal_year = models.PositiveSmallIntegerField()
    projects = models.PositiveIntegerField()

    objects = SumQuerySet.as_manager()

    class Meta:
        abstract = True


class WatchedSum(Summed):
    """Projects of the same colour: their curves as one.

    The colour stays apart, by which they are counted and filtered. The fields are those of
    `core.monitoring.Sums`.
    """

    level = models.CharField(max_length=10, blank=True)
    on = models.DateField()
    month = models.PositiveSmallIntegerField()
    ended = models.PositiveSmallIntegerField()
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

    class Meta:
        ordering = ["fiscal_year", "unit", "stage", "level"]
        constraints = [
            models.UniqueConstraint(
                name="watched_sum_once", fields=["fiscal_year", "unit", "stage", "level"]
            ),
            models.UniqueConstraint(
                name="watched_sum_once_a_region",
                fields=["fiscal_year", "region", "stage", "level"],
                condition=Q(unit__isnull=True, department__isnull=True),
            ),
            models.UniqueConstraint(
                name="watched_sum_once_a_department",
                fields=["fiscal_year", "department", "region", "stage", "level"],
                condition=Q(unit__isnull=True, department__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.region} {self.fiscal_year} {self.level}"


class PurposeSum(Summed):
    """Projects for the same purpose: of one class of function, for one aim, as described last.

    A department's sums are of all purposes, without class and aim. By how the projects stand they
    are counted (`core.telling.Standing`); the last seven fields are those of
    `core.telling.Parts`, `goals` and `goals_weight` are shares as they are kept, without a limit,
    times the budgets that weigh them.
    """

    functional = models.CharField(max_length=CLASS, blank=True)
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, related_name="+")
    red = models.PositiveIntegerField()
    yellow = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    on_plan = models.PositiveIntegerField()
    behind = models.PositiveIntegerField()
    missed = models.PositiveIntegerField()
    unread = models.PositiveIntegerField()
    budget = _money()
    paid = _money()
    paid_of_budget = _money()
    goals_weight = _money()
    goals = _shares()
    read = models.PositiveIntegerField()
    dated = models.PositiveIntegerField()
    over = models.PositiveIntegerField()
    reached = _shares()
    reached_evenly = _shares()
    due = _shares()
    due_evenly = _shares()

    class Meta:
        ordering = ["fiscal_year", "unit", "stage", "functional", "aim"]
        indexes = [models.Index(name="purpose_sum_of_a_region", fields=["fiscal_year", "unit"])]

    def __str__(self) -> str:
        return f"{self.unit or self.region} {self.fiscal_year} {self.functional}"
