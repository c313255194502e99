"""What the two curves showed last, and the alerts that came of it, step by step to their end.

Steps are only added; an alert's stage follows from them by `core.monitoring.alert.TRANSITIONS` and
is kept beside them to filter by.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.monitoring import Level
from gongzhi.core.monitoring.alert import MOVED, TRANSITIONS, Choice, Side
from gongzhi.core.monitoring.alert import Stage as AlertStage
from gongzhi.core.telling import Standing
from gongzhi.cycle.models.projects import OfProjectQuerySet, Project
from gongzhi.cycle.reading import AlertQuerySet, OfAlertQuerySet
from gongzhi.cycle.standing import behind, graveness, standing
from gongzhi.parties.models import Office
from gongzhi.trust.identifiers import new_id

MOVED_ON = "moved"  # how the charter calls an answer to reallocate or cancel
FALLING_SHORT = [str(each) for each in (Standing.BEHIND, Standing.MISSED)]
ANSWERING = frozenset(each.verb for each in TRANSITIONS if each.side is Side.UNIT)


class Watched(models.Model):
    """A project's curves, forecasts and signals as of a day: derived, recomputable."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="watched")
    fiscal_year = models.PositiveSmallIntegerField()
    on = models.DateField()
    level = models.CharField(max_length=10, blank=True)
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    paid = models.DecimalField(max_digits=18, decimal_places=2)
    money_now = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    goals_now = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    curves = models.JSONField()
    signals = models.JSONField()
    forecasts = models.JSONField()
    standing = models.GeneratedField(
        expression=standing(), output_field=models.CharField(max_length=10), db_persist=True
    )
    points_behind = models.GeneratedField(
        expression=behind(),
        output_field=models.DecimalField(max_digits=12, decimal_places=1, null=True),
        db_persist=True,
    )

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        ordering = ["project", "fiscal_year"]
        indexes = [
            # The short lists: the gravest, the largest, those whose goals lag most behind money or
            # plan. The colours stand as `core.monitoring` orders them.
            models.Index(
                "fiscal_year", graveness(), F("budget").desc(), name="watched_gravest_first"
            ),
            models.Index(
                "fiscal_year", F("budget").desc(nulls_last=True), name="watched_largest_first"
            ),
            models.Index("fiscal_year", F("goals_now") - F("money_now"), name="watched_by_gap"),
            models.Index(
                F("fiscal_year"),
                F("points_behind").desc(),
                F("budget").desc(nulls_last=True),
                name="watched_most_behind_first",
                condition=Q(standing__in=FALLING_SHORT),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="watched_once_a_year", fields=["project", "fiscal_year"])
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.on}"


class Alert(models.Model):
    """A project's alert of a round, with the signals that it is about."""

    class Stage(models.TextChoices):
        """How far it got; which steps lead where stands in core.monitoring.alert."""

        OPEN = AlertStage.OPEN, _("待答复")
        UNANSWERED = AlertStage.UNANSWERED, _("逾期未答复")
        ANSWERED = AlertStage.ANSWERED, _("已答复")
        PLANNED = AlertStage.PLANNED, _("整改中")
        REPORTED = AlertStage.REPORTED, _("待核查")
        CLOSED = AlertStage.CLOSED, _("已办结")
        WITHDRAWN = AlertStage.WITHDRAWN, _("已撤回")

    class Level(models.TextChoices):
        """How grave it is."""

        RED = Level.RED, _("红色")
        YELLOW = Level.YELLOW, _("黄色")
        BLUE = Level.BLUE, _("蓝色")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="alerts")
    fiscal_year = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    level = models.CharField(max_length=10, choices=Level)
    signals = models.JSONField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.OPEN)
    label = models.CharField(max_length=20, default="internal")

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "project"]
        indexes = [models.Index(fields=["stage", "opened_on"])]
        constraints = [
            models.CheckConstraint(
                name="alert_stage_is_known", condition=Q(stage__in=[*map(str, AlertStage)])
            ),
            models.CheckConstraint(
                name="alert_label_is_known", condition=Q(label__in=["internal", "public"])
            ),
            models.UniqueConstraint(
                name="one_alert_a_round", fields=["project", "fiscal_year", "round"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.fiscal_year}/{self.round}"

    def thing(self) -> Thing:
        """The alert as the charter sees it."""
        unit = self.project.unit
        return Thing(
            kind="alert",
            id=str(self.pk),
            owner=str(unit.pk),
            overseer=self.project.overseer,
            stage=self.course(),
            label=self.label,
            authors=self.answerers(),
            regions=unit.region.line(),
            conflicted=self.project.conflicted(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)

    def course(self) -> str:
        """Its stage, with what was answered: what is moved or given up needs no plan."""
        if self.stage != AlertStage.ANSWERED:
            return self.stage
        choices = [step.choice for step in self.steps.all() if step.choice]
        return MOVED_ON if choices and choices[-1] in MOVED else self.stage

    def answerers(self) -> frozenset[str]:
        """Who answered, planned and reported for the unit: they don't judge it."""
        offices = (step.office for step in self.steps.all() if step.verb in ANSWERING)
        return frozenset().union(*(office.person.selves() for office in offices if office))


class AlertStep(models.Model):
    """What was done to an alert on a day; without an office, by the platform."""

    class Decision(models.TextChoices):
        """What was decided where suspension had been proposed."""

        SUSPEND = "suspend", _("暂停拨付")
        PAY = "pay", _("不暂停")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    choice = models.CharField(max_length=20, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField()

    objects = OfAlertQuerySet.as_manager()

    class Meta:
        ordering = ["alert", "id"]
        constraints = [
            models.CheckConstraint(
                name="choice_is_known", condition=Q(choice__in=["", *map(str, Choice)])
            ),
            models.CheckConstraint(
                name="decision_is_known", condition=Q(decision__in=["", "suspend", "pay"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.done_on}"
