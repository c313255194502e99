"""What somebody on a panel thinks, by its number, and what the convener answered to it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.core.privacy.masking import redacted
from gongzhi.core.terms import Said
from gongzhi.forum.models.moderation import Posted
from gongzhi.forum.models.panels import Panel, PanelVolunteer
from gongzhi.parties.models import Deed, Office
from gongzhi.parties.own_words import OwnWords
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class PanelOpinionQuerySet(models.QuerySet[Any]):
    """Opinions of panels."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "panel__convener_id",
            "holder": "seat__person_id",
            "stage": "stage",
        }
        return self.filter(readable_by(member, "panel_opinion", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(
            "panel__convener__region", "seat__person", "office__organisation"
        )

    def overdue(self, *, today: date) -> Self:
        """Those that wait for an answer longer than they may."""
        return self.filter(stage=PanelOpinion.Stage.RECEIVED, due_on__lt=today)


class PanelOpinion(models.Model):
    """An opinion of somebody on the panel, by its number, and what the convener answered to it."""

    class Stage(models.TextChoices):
        """Whether it was answered."""

        RECEIVED = "received", _("待答复")
        ANSWERED = "answered", _("已答复")

    class Outcome(models.TextChoices):
        """What became of it."""

        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        REFUSED = "refused", _("不采纳")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="opinions")
    seat = models.ForeignKey(PanelVolunteer, models.PROTECT, related_name="opinions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=2000)
    submitted_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.RECEIVED)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    changed = models.TextField(max_length=1000, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)

    objects = PanelOpinionQuerySet.as_manager()
    own_words = OwnWords(name=Said("代表的意见"), whose="seat__person", columns=("text",))

    class Meta:
        ordering = ["panel", "number"]
        indexes = [models.Index(fields=["stage", "due_on"])]
        constraints = [
            models.UniqueConstraint(name="one_opinion_a_number", fields=["panel", "number"]),
            models.CheckConstraint(
                name="a_panel_opinion_is_answered_whole",
                condition=Q(stage="received", outcome="", answered_on=None, office=None)
                | (
                    Q(stage="answered", outcome__in=["adopted", "partly", "refused"])
                    & Q(answered_on__isnull=False, office__isnull=False)
                    & ~Q(reason="")
                    & (Q(outcome="refused") | ~Q(changed=""))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} {self.number}"

    def thing(self) -> Thing:
        """The opinion as the charter sees it."""
        return Thing(
            kind="panel_opinion",
            id=str(self.pk),
            owner=str(self.panel.convener_id),
            holder=str(self.seat.person_id),
            stage=self.stage,
        )

    def part_of(self) -> tuple[Thing, ...]:
        """The panel, which others may follow."""
        return (self.panel.thing(),)

    def posted(self) -> Posted:
        """The opinion as a public post, with names and numbers of people masked."""
        return Posted(
            kind="panel_opinion",
            id=self.pk,
            author=self.seat.person_id,
            owner=self.panel.convener,
            text=redacted(self.text),
        )

    def answered_by(self, deed: Deed) -> dict[Any, str]:
        """Whose opinion it is, once it is answered."""
        if deed.verb != "answer_panel_opinion":
            return {}
        return {self.seat.person_id: self.thing().name}
