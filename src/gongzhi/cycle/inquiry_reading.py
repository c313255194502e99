"""Which questions and opinions of the people's congress a member may read."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.inquiring import InquiryStage
from gongzhi.parties.reading import readable_by


def _as_inquiry(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}congress_id",
        "overseer": f"{way}addressed__parent_id",
        "addressed": f"{way}addressed_id",
        "stage": f"{way}stage",
        "label": f"{way}label",
        "regions": f"{way}addressed__region",
    }
    return readable_by(member, "inquiry", columns=columns)


class InquiryQuerySet(models.QuerySet[Any]):
    """Questions and opinions."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_inquiry(member, way=""))

    def overdue(self, *, today: date) -> Self:
        """Those that wait for an answer longer than they may."""
        return self.filter(stage=InquiryStage.OPEN, due_on__lt=today)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what they are about."""
        return self.select_related(
            "addressed__region", "congress", "project__unit", "evaluation__evaluator", "department"
        )


class OfInquiryQuerySet(models.QuerySet[Any]):
    """The points of inquiries, and what was done with them."""

    def visible_to(self, member: Member) -> Self:
        """Those of the inquiries that the member may view."""
        return self.filter(_as_inquiry(member, way="inquiry__"))


class AnswerToPointQuerySet(models.QuerySet[Any]):
    """Answers to points."""

    def visible_to(self, member: Member) -> Self:
        """Those of the inquiries that the member may view."""
        return self.filter(_as_inquiry(member, way="point__inquiry__"))
