"""Targets and plans by month as other systems' files tell them; append-only, like all facts.

They are nobody's approval here: monitoring follows a project by them where it has no goals in
force. Figures are kept to the last digit as they were written, so that each row answers its seal.
"""

from typing import Any, ClassVar

from django.db import models

from gongzhi.core.facts import PlanFact, TargetFact
from gongzhi.cycle.models.facts import CODE, TEXT, Fact
from gongzhi.cycle.reading import PromisedQuerySet


class ExactField(models.DecimalField):  # type: ignore[type-arg]  # it takes none when it runs
    """A decimal with the digits that were written: 60.50 doesn't come back as 60.5."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002 - as Django asks it
        """A number of any scale."""
        return "numeric"


class TargetLine(Fact):
    """What a file says that a project promised of an indicator for a year."""

    KIND = "project"
    FACT = TargetFact

    indicator = models.CharField(max_length=CODE)
    fiscal_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=TEXT, blank=True)
    value = ExactField(max_digits=40, decimal_places=20, null=True)
    text = models.CharField(max_length=TEXT, blank=True)
    measure = models.CharField(max_length=TEXT, blank=True)
    less_is_better = models.BooleanField(default=False)
    course = models.CharField(max_length=CODE, blank=True)
    weight = ExactField(max_digits=40, decimal_places=20, null=True)
    baseline = ExactField(max_digits=40, decimal_places=20, null=True)

    objects: ClassVar[Any] = PromisedQuerySet.as_manager()

    class Meta:
        ordering = ["fiscal_year", "id"]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["project", "fiscal_year"]),
            models.Index(fields=["unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.indicator} {self.fiscal_year}"

    @property
    def target(self) -> str:
        """The target as it reads: in words, or the figure with its unit."""
        return self.text or ("" if self.value is None else f"{self.value:f} {self.measure}".strip())


class PlanLine(Fact):
    """What a file says was planned for a month alone: money, or an indicator's figure."""

    KIND = "project"
    FACT = PlanFact

    fiscal_year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    amount = ExactField(max_digits=40, decimal_places=20)
    indicator = models.CharField(max_length=CODE, blank=True)
    part = models.CharField(max_length=TEXT, blank=True)
    currency = models.CharField(max_length=CODE, blank=True)

    objects: ClassVar[Any] = PromisedQuerySet.as_manager()

    class Meta:
        ordering = ["fiscal_year", "month", "id"]
        indexes = [
            *Fact.Meta.indexes,
            models.Index(fields=["project", "fiscal_year"]),
            models.Index(fields=["unit"]),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.month:02} {self.amount}"
