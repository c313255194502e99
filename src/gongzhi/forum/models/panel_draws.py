"""What a panel is drawn from, and how far the solver got with it."""

from django.db import models
from django.db.models import Q

from gongzhi.forum.models.panels import Panel


class PanelLottery(models.Model):
    """What is drawn from, as published before the seed is known; then the seed and who was drawn.

    `content` is the published file of that time; `digest` is what the log was promised.
    """

    panel = models.OneToOneField(Panel, models.PROTECT, primary_key=True, related_name="lottery")
    content = models.JSONField()
    digest = models.CharField(max_length=80)
    closed_on = models.DateField()
    seed = models.CharField(max_length=100, blank=True)
    checkpoint = models.BigIntegerField(null=True)
    chosen = models.JSONField(default=list)
    reserve = models.JSONField(default=list)
    drawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["panel"]
        constraints = [
            models.CheckConstraint(
                name="a_panel_is_drawn_by_a_seed",
                condition=Q(seed="", drawn_on=None, checkpoint=None)
                | (Q(drawn_on__isnull=False, checkpoint__isnull=False) & ~Q(seed="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.closed_on}"


class PanelSolving(models.Model):
    """How far the job got with the lottery of a closed pool: groups of people, and how many."""

    panel = models.OneToOneField(Panel, models.PROTECT, primary_key=True, related_name="solving")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()

    class Meta:
        ordering = ["panel"]

    def __str__(self) -> str:
        return f"{self.panel} {self.done}/{self.total}"
