"""The stakeholder register: who is affected by a project and how, who spoke, who was invited.

It names organisations and groups, never people (clause 5.21).
"""

from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.voices import VoiceStage
from gongzhi.cycle.models import Project
from gongzhi.forum.models.voices import Voice
from gongzhi.parties.models import Deed, Office, Organisation
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id

NAME_MAX, TEXT_MAX = 100, 1000


class StakeholderQuerySet(models.QuerySet[Any]):
    """Who is affected."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "project__unit_id",
            "overseer": "project__unit__parent_id",
            "stage": "project__stage",
            "regions": "project__unit__region",
        }
        return self.filter(readable_by(member, "stakeholder", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and whether they spoke or were invited.

        An organisation has spoken, too, when it gave a voice about the project itself.
        """
        noted = StakeholderWord.objects.filter(stakeholder=OuterRef("pk"))
        voices = Voice.objects.exclude(stage=VoiceStage.WITHDRAWN)
        own = voices.filter(project=OuterRef("project"), organisation=OuterRef("organisation"))
        invited = StakeholderInvitation.objects.filter(stakeholder=OuterRef("pk"))
        chosen = self.select_related("project__unit__region", "organisation")
        return chosen.annotate(has_spoken=Exists(noted) | Exists(own), was_invited=Exists(invited))


class Stakeholder(models.Model):
    """A group or an organisation that a project affects, and how."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="stakeholders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=NAME_MAX)
    effect = models.CharField(max_length=TEXT_MAX)
    registered_on = models.DateField()

    objects = StakeholderQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(name="a_stakeholder_once", fields=["project", "name"]),
            models.CheckConstraint(
                name="a_stakeholder_has_a_name", condition=~Q(name="") & ~Q(effect="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def thing(self) -> Thing:
        """Who is affected, as the charter sees them: the project's."""
        return Thing(
            kind="stakeholder",
            id=str(self.pk),
            owner=str(self.project.unit_id),
            overseer=str(self.project.unit.parent_id or self.project.unit_id),
            stage=self.project.stage,
            regions=self.project.unit.region.line(),
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The things that it is part of: who follows them is told of it too."""
        return (self.project.thing(),)

    def answered_by(self, deed: Deed) -> dict[UUID, str]:
        """The people of a registered organisation, whom an invitation reaches."""
        if deed.verb != "invite_stakeholder" or self.organisation_id is None:
            return {}
        held = Office.objects.held(on=deed.business_date).filter(organisation=self.organisation_id)
        return dict.fromkeys(held.values_list("person", flat=True), self.thing().name)


class StakeholderWord(models.Model):
    """That they spoke, and where it is to be read: a voice, a meeting, a survey by its name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="words")
    about = models.CharField(max_length=100)
    said = models.CharField(max_length=TEXT_MAX)
    heard_on = models.DateField()

    class Meta:
        ordering = ["stakeholder", "id"]

    def __str__(self) -> str:
        return f"{self.stakeholder} {self.heard_on}"


class StakeholderInvitation(models.Model):
    """That they were asked to speak, by whom, in which words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="invitations")
    text = models.CharField(max_length=TEXT_MAX)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    invited_on = models.DateField()

    class Meta:
        ordering = ["stakeholder", "id"]

    def __str__(self) -> str:
        return f"{self.stakeholder} {self.invited_on}"
