"""Which remarks a member may see; what they say is opened by a deed of its own."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.participating.remarks import RemarkStage
from gongzhi.parties.reading import readable_by

WAITING = (RemarkStage.OPEN, RemarkStage.ASKED)


def _as_remark(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}receiver_id",
        "overseer": f"{way}receiver__parent_id",
        "holder": f"{way}person_id",
        "stage": f"{way}stage",
        "label": _labelled(way),
        "regions": f"{way}receiver__region",
    }
    return readable_by(member, "remark", columns=columns)


def _labelled(way: str) -> Any:
    """The remarks with one of several labels: whether somebody stands behind them."""

    def rows(labels: Any) -> Q:
        found = Q(pk__in=[])
        if "anonymous" in labels:
            found |= Q(**{f"{way}person__isnull": True})
        if "named" in labels:
            found |= Q(**{f"{way}person__isnull": False})
        return found

    return rows


class RemarkQuerySet(models.QuerySet[Any]):
    """Remarks."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may see."""
        return self.filter(_as_remark(member, way=""))

    def waiting(self) -> Self:
        """Those that still wait for their answer."""
        return self.filter(stage__in=WAITING)

    def overdue(self, *, today: date) -> Self:
        """Those that wait longer than they may."""
        return self.waiting().filter(due_on__lt=today)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what they are about."""
        return self.select_related("receiver__region", "project__unit__region")


class RemarkMessageQuerySet(models.QuerySet[Any]):
    """What is said about remarks."""

    def visible_to(self, member: Member) -> Self:
        """That of the remarks that the member may see; it stays locked."""
        return self.filter(_as_remark(member, way="remark__"))
