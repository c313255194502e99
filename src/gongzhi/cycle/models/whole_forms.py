"""What a unit states of all its spending in a year: goals, then results, version by version.

A published version is never changed (a trigger sees to it); a correction is the next number.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Thing
from gongzhi.core.self_evaluating import WHOLE_FORMS
from gongzhi.cycle.whole_reading import WholeFormQuerySet
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.models import Organisation, Person
from gongzhi.trust.identifiers import new_id


class WholeForm(models.Model):
    """A version of a unit's goals, or of its self-evaluation, as a whole.

    Its record is that of cycle.whole_forms; `explained` are the places where it says otherwise
    than the facts did when it was drafted, as those of a project's form are.
    """

    class Stage(models.TextChoices):
        """How far it got."""

        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已公开")
        WITHDRAWN = "withdrawn", _("已撤回")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_type = models.CharField(max_length=40)
    fiscal_year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    record = models.JSONField()
    explained = models.JSONField(default=list)
    pack = models.CharField(max_length=60)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    published_on = models.DateField(null=True)

    objects = WholeFormQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "form_type", "-id"]
        constraints = [
            models.CheckConstraint(
                name="whole_form_type_is_known",
                condition=Q(form_type__in=[*map(str, WHOLE_FORMS)]),
            ),
            models.CheckConstraint(
                name="published_whole_forms_have_number_and_day",
                condition=Q(stage="published", number__isnull=False, published_on__isnull=False)
                | Q(stage__in=["draft", "withdrawn"], number=None, published_on=None),
            ),
            models.UniqueConstraint(
                name="one_whole_form_a_number",
                fields=["organisation", "fiscal_year", "form_type", "number"],
            ),
            models.UniqueConstraint(
                name="one_draft_of_a_whole_form",
                fields=["organisation", "fiscal_year", "form_type"],
                condition=Q(stage="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.fiscal_year}"

    def thing(self) -> Thing:
        """The form as the charter sees it."""
        return Thing(
            kind="whole_form",
            id=str(self.pk),
            owner=str(self.organisation_id),
            stage=self.stage,
            authors=self.drafted_by.selves(),
            regions=self.organisation.region.line(),
            conflicted=conflicted(f"organisation:{self.organisation_id}"),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.organisation.thing(),)
