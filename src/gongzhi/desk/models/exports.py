"""Packages that somebody asked for; made by a job, alive for some minutes or days."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member, Thing
from gongzhi.desk.models.attachments import Content
from gongzhi.parties.models import Office, Person
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class ExportQuerySet(models.QuerySet[Any]):
    """Exports."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: what they asked for themselves."""
        columns = {"holder": "person_id", "stage": "stage"}
        return self.filter(readable_by(member, "export", columns=columns))


class Export(models.Model):
    """All attachments of a thing, or many papers, as one file for who asked; `office`: as whom.

    `attachments` are those that went in: whoever may read one of them no more, may not take the
    file away either. `wanted` says which papers; `done` of `total` tells how far the job got.
    """

    class What(models.TextChoices):
        """What goes in."""

        ATTACHMENTS = "attachments"
        SELF_EVALUATIONS = "self_evaluations"
        LETTERS = "letters"

    class Stage(models.TextChoices):
        """Whether the job has run."""

        ORDERED = "ordered"
        MADE = "made"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=100)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ORDERED)
    what = models.CharField(max_length=20, choices=What, default=What.ATTACHMENTS)
    wanted = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attachments = models.JSONField(default=list)
    content = models.ForeignKey(Content, models.PROTECT, null=True, related_name="exports")
    expires_at = models.DateTimeField(db_index=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="export_has_its_file_once_made",
                condition=Q(stage="ordered", content__isnull=True)
                | Q(stage="made", content__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def thing(self) -> Thing:
        """The export as the charter sees it."""
        return Thing(kind="export", id=str(self.pk), holder=str(self.person_id), stage=self.stage)
