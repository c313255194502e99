"""Requests to erase personal data (clause 8.4), and what became of them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.conflicts import conflicted
from gongzhi.parties.people import Person
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id

REASON_MAX = 500


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Requests to erase."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own, and all for who decides on them."""
        columns = {"holder": "person_id", "stage": "stage"}
        return self.filter(readable_by(member, "erasure", columns=columns))

    def waiting(self) -> Self:
        """Those that nobody has decided yet, the oldest first."""
        return self.filter(stage="waiting").order_by("id")

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("person")


class Erasure(models.Model):
    """That somebody wants their personal data erased; the words they asked with go as well."""

    class Stage(models.TextChoices):
        """What was decided."""

        WAITING = "waiting", _("等候办理")
        ERASED = "erased", _("已删除")
        DECLINED = "declined", _("不予删除")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(max_length=REASON_MAX, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.WAITING)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True)
    answer = models.TextField(max_length=REASON_MAX, blank=True)

    objects: ClassVar[Any] = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="one_waiting_erasure_a_person",
                fields=["person"],
                condition=Q(stage="waiting"),
            ),
            models.CheckConstraint(
                name="erasure_stage_is_known",
                condition=Q(stage="waiting", decided_on=None)
                | Q(stage="erased", decided_on__isnull=False)
                | (Q(stage="declined", decided_on__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def thing(self) -> Thing:
        """The request as the charter sees it."""
        return Thing(
            kind="erasure",
            id=str(self.pk),
            holder=str(self.person_id),
            authors=self.person.selves(),
            stage=self.stage,
            conflicted=conflicted(f"person:{self.person_id}"),
        )
