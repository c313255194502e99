"""Tasks that somebody gave by hand: to an organisation or one of its offices, about a thing."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Office, Organisation, Person
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id

TEXT_MAX = 500


class TaskQuerySet(models.QuerySet[Any]):
    """Tasks."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: of the own organisation, and given by themselves."""
        columns = {
            "owner": "organisation_id",
            "authors": "given_by_id",
            "stage": "stage",
        }
        return self.filter(readable_by(member, "task", columns=columns))

    def open(self) -> Self:
        """Those that nobody has finished yet."""
        return self.filter(stage="open")


class Task(models.Model):
    """Something that somebody asked an organisation to do, by a clause, within working days."""

    class Stage(models.TextChoices):
        """Whether it is done."""

        OPEN = "open", _("待办")
        FINISHED = "finished", _("已办")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=100)
    what = models.CharField(max_length=TEXT_MAX)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tasks")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="tasks")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    clause = models.CharField(max_length=10)
    opened_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    outcome = models.CharField(max_length=TEXT_MAX, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["organisation", "stage"])]
        constraints = [
            models.CheckConstraint(
                name="task_stage_is_known", condition=Q(stage__in=["open", "finished"])
            ),
            models.CheckConstraint(
                name="task_is_due_after_it_opens", condition=Q(due_on__gte=F("opened_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def thing(self) -> Thing:
        """The task as the charter sees it; it belongs to whoever it was given to."""
        return Thing(
            kind="task",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            authors=frozenset({str(self.given_by_id)}),
            regions=self.organisation.region.line(),
        )
