"""Which letters and rectifications a member may read: compiled from the charter."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Prefetch, Q

from gongzhi.core.charter import Member
from gongzhi.core.rectifying.stages import UNFINISHED, RectificationStage
from gongzhi.parties.reading import readable_by

OPEN_STAGES = [*map(str, UNFINISHED)]
SENT = "sent"  # how the charter calls a letter that has gone out


def _told(member: Member, kind: str, *, way: str, stage: str) -> Q:
    columns: dict[str, Any] = {
        "owner": f"{way}unit_id",
        "overseer": f"{way}unit__parent_id",
        "commissioner": f"{way}sender_id",
        "label": f"{way}label",
        "regions": f"{way}unit__region",
        "stage": stage or _is_sent,
    }
    return readable_by(member, kind, columns=columns)


def _is_sent(stages: Collection[str]) -> Q:
    """Every letter that is kept has gone out."""
    return Q() if SENT in stages else Q(pk__in=[])


def _as_rectification(member: Member, *, way: str) -> Q:
    return _told(member, "rectification", way=f"{way}feedback__", stage=f"{way}stage")


class FeedbackQuerySet(models.QuerySet[Any]):
    """Letters that tell a unit of a result."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_told(member, "feedback", way="", stage=""))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit__region", "unit__region", "sender", "evaluation")


class RectificationQuerySet(models.QuerySet[Any]):
    """What has to be put right."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_rectification(member, way=""))

    def unfinished(self) -> Self:
        """Those that haven't passed."""
        return self.filter(stage__in=OPEN_STAGES)

    def overdue(self, *, today: date) -> Self:
        """Those whose present step was due before today."""
        return self.filter(
            Q(stage=RectificationStage.OPEN, plan_due_on__lt=today)
            | Q(stage=RectificationStage.PLANNED, report_due_on__lt=today)
            | Q(stage=RectificationStage.REPORTED, check_due_on__lt=today)
        )

    def open_for(self, projects: Collection[UUID]) -> Mapping[UUID, int]:
        """How many of each of these projects haven't passed; only where there are some."""
        mine = self.unfinished().filter(feedback__project__in=projects).order_by()
        counted = mine.values_list("feedback__project").annotate(count=Count("pk"))
        return dict(counted)

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        whole = self.select_related(
            "feedback__project__unit__region",
            "feedback__unit__region",
            "feedback__sender",
            "evaluation__evaluator",
        )
        return whole.prefetch_related(self._steps())

    def _steps(self) -> "Prefetch[Any]":
        """Its steps with who did them, in their order, in one query."""
        steps = self.model._meta.get_field("steps").related_model._default_manager
        return Prefetch("steps", steps.select_related("office__person").order_by("id"))


class OfRectificationQuerySet(models.QuerySet[Any]):
    """What was done to put things right."""

    def visible_to(self, member: Member) -> Self:
        """That of the rectifications which the member may view."""
        return self.filter(_as_rectification(member, way="rectification__"))
