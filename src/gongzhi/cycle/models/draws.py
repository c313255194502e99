"""Draws that anybody can do again: who evaluates, or which self-evaluations are checked again.

First a draw is announced, with everybody who takes part in it; its seed is the root of the first
checkpoint of the log that covers the announcement, which nobody knows before. Then it is held.
"""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models.projects import Project
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY, readable_by
from gongzhi.trust.identifiers import new_id


class DrawQuerySet(models.QuerySet[Any]):
    """Draws."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "commissioner_id",
            "overseer": "evaluated__parent_id",
            "stage": "stage",
            "label": "label",
            "regions": "commissioner__region",
        }
        return self.filter(readable_by(member, "draw", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit", "evaluated", "commissioner__region")


class Draw(models.Model):
    """A draw: among whom, of how many, by which seed, and who was drawn.

    pool is everybody who took part, as it was when the draw was announced; lots come of the seed.
    evaluated is whose project, or what as a whole, the drawn evaluate; none for a sample.
    """

    class Stage(models.TextChoices):
        """Whether it was held."""

        ANNOUNCED = "announced", _("已公布，待抽签")
        DRAWN = "drawn", _("已抽签")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="draws")
    evaluated = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.ANNOUNCED)
    label = models.CharField(max_length=20, default="internal")
    pack = models.CharField(max_length=60)
    because = models.TextField(max_length=2000)
    count = models.PositiveSmallIntegerField(default=1)
    pool = models.JSONField()
    announced_on = models.DateField()
    seed = models.CharField(max_length=100, blank=True)
    checkpoint = models.BigIntegerField(null=True)
    lots = models.JSONField(default=list)
    drawn_on = models.DateField(null=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "-id"]
        constraints = [
            models.CheckConstraint(
                name="draw_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.CheckConstraint(
                name="draw_is_announced_or_held",
                condition=Q(stage="announced", seed="", drawn_on=None, checkpoint=None)
                | (
                    Q(stage="drawn", drawn_on__isnull=False, checkpoint__isnull=False) & ~Q(seed="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project or self.evaluated or ''} {self.fiscal_year}".strip()

    def thing(self) -> Thing:
        """The draw as the charter sees it."""
        overseer = self.evaluated.parent_id if self.evaluated else None
        return Thing(
            kind="draw",
            id=str(self.pk),
            owner=str(self.commissioner_id),
            overseer=str(overseer or NOBODY),
            stage=self.stage,
            label=self.label,
            regions=self.commissioner.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),) if self.project else ()

    def drawn(self) -> Collection[str]:
        """The codes that were drawn, the lowest lot first."""
        return [each["code"] for each in self.lots if each["drawn"]]
