"""Addresses to which an organisation wants to be told by program, and what was sent there."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongzhi.core.charter import Member, Thing
from gongzhi.intake.reaching import LENGTH_MAX
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import readable_by
from gongzhi.trust.identifiers import new_id


class HookQuerySet(models.QuerySet[Any]):
    """Hooks."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own organisation's."""
        columns = {"owner": "organisation_id", "stage": "stage"}
        return self.filter(readable_by(member, "hook", columns=columns))


class Hook(models.Model):
    """An address of an organisation's that is told of each deed that concerns it.

    The secret by which it knows our messages is locked with the organisation's own key.
    """

    class Stage(models.TextChoices):
        """Whether it is told."""

        LISTENING = "listening", _("接收中")
        RETIRED = "retired", _("已停用")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hooks")
    address = models.CharField(max_length=LENGTH_MAX)
    locked_secret = models.BinaryField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.LISTENING)
    registered_on = models.DateField()
    retired_on = models.DateField(null=True)

    objects = HookQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "id"]
        constraints = [
            models.UniqueConstraint(
                name="a_hook_listens_once",
                fields=["organisation", "address"],
                condition=Q(stage="listening"),
            ),
            models.CheckConstraint(
                name="hook_stage_is_known",
                condition=Q(stage="listening", retired_on=None)
                | Q(stage="retired", retired_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def thing(self) -> Thing:
        """The hook as the charter sees it."""
        return Thing(
            kind="hook", id=str(self.pk), owner=str(self.organisation_id), stage=self.stage
        )


class HookDelivery(models.Model):
    """A message to a hook: a queue, not a register; it holds what the log tells everybody."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有发出")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hook = models.ForeignKey(Hook, models.PROTECT, related_name="deliveries")
    deed = models.UUIDField()
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="a_hook_is_told_once", fields=["hook", "deed"]),
            models.CheckConstraint(
                name="hook_delivery_is_settled_or_waits",
                condition=Q(state="waiting", settled_at=None)
                | Q(state__in=["sent", "failed"], settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
