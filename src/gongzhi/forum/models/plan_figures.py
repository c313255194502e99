"""Figures of plans that stand in the cycle: which one is meant, and as what it was taken when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.cycle.models import Project
from gongzhi.forum.models.negotiations import OnTheTableQuerySet, PlanOption
from gongzhi.forum.models.settlements import Settlement
from gongzhi.parties.models import Office
from gongzhi.trust.identifiers import new_id

KEY_MAX, TOLD_MAX = 200, 400


class PlanFigure(models.Model):
    """Which figure of a project belongs to a plan; forum/plan_figures.py finds it by its key."""

    class Kind(models.TextChoices):
        """What it is in the cycle."""

        TOTAL = "total", _("项目总投资")
        BUDGET = "budget", _("项目预算")
        TARGET = "target", _("绩效目标")
        READING = "reading", _("监测读数")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    option = models.ForeignKey(PlanOption, models.PROTECT, related_name="linked")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    key = models.CharField(max_length=KEY_MAX, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)

    objects = OnTheTableQuerySet.as_manager()

    class Meta:
        ordering = ["option", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class FigureTaken(models.Model):
    """What a figure was when somebody took it: when it was linked, and for each settlement.

    `source` is the row in the cycle that it came from: whoever may read that, may read it here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    figure = models.ForeignKey(PlanFigure, models.PROTECT, related_name="taken")
    told = models.CharField(max_length=TOLD_MAX)
    source = models.CharField(max_length=40)
    source_on = models.DateField(null=True)
    taken_on = models.DateField()
    settlement = models.ForeignKey(Settlement, models.PROTECT, null=True, related_name="figures")

    class Meta:
        ordering = ["figure", "id"]

    def __str__(self) -> str:
        return f"{self.figure} {self.taken_on}"
