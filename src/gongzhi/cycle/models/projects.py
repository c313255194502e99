"""Projects: identity and state only, everything else happened to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.cycle.reading import ProjectQuerySet
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Organisation
from gongzhi.trust.identifiers import new_id


class Project(models.Model):
    """What money is spent on: identity and state only, everything else happened to it."""

    class Stage(models.TextChoices):
        """Whether anybody but the unit knows of it."""

        REGISTERED = "registered", _("已登记")
        DISCLOSED = "disclosed", _("已公开")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=300)
    unit = models.ForeignKey(Organisation, models.PROTECT)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REGISTERED)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="project_stage_is_known", condition=Q(stage__in=["registered", "disclosed"])
            )
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """The project as the charter sees it."""
        return Thing(
            kind="project",
            id=str(self.pk),
            owner=str(self.unit_id),
            stage=self.stage,
            regions=self.unit.region.line(),
            conflicted=self.conflicted(),
        )

    def conflicted(self) -> frozenset[str]:
        """Who declared a conflict of interest about the project or its unit."""
        return conflicted(f"project:{self.pk}", f"organisation:{self.unit_id}")
