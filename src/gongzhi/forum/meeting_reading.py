"""Which meetings a member may read, and what belongs to them: compiled from the charter."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.participating.meetings import WERE_THERE, MeetingStage
from gongzhi.parties.reading import readable_by

COMING = [str(MeetingStage.PLANNED), str(MeetingStage.CONVENED)]
PRESENT = [*map(str, WERE_THERE)]
UNDONE = ["open", "reported"]


def _as_series(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}organiser_id",
        "stage": f"{way}stage",
        "regions": f"{way}organiser__region",
    }
    return readable_by(member, "meeting_series", columns=columns)


def _as_meeting(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}organiser_id",
        "overseer": f"{way}organiser__parent_id",
        "stage": f"{way}stage",
        "regions": f"{way}organiser__region",
    }
    return readable_by(member, "meeting", columns=columns)


def _as_action_item(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}organisation_id",
        "commissioner": f"{way}meeting__organiser_id",
        "stage": f"{way}stage",
        "regions": f"{way}organisation__region",
    }
    return readable_by(member, "action_item", columns=columns)


class MeetingSeriesQuerySet(models.QuerySet[Any]):
    """Series of meetings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_series(member, way=""))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("organiser__region", "project__unit")


class OfSeriesQuerySet(models.QuerySet[Any]):
    """What belongs to series of meetings."""

    def visible_to(self, member: Member) -> Self:
        """What belongs to those that the member may view."""
        return self.filter(_as_series(member, way="series__"))


class MeetingQuerySet(models.QuerySet[Any]):
    """Meetings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_meeting(member, way=""))

    def coming(self) -> Self:
        """Those that are still to be held."""
        return self.filter(stage__in=COMING)

    def held(self) -> Self:
        """Those that were not called off and have begun."""
        return self.exclude(stage__in=[*COMING, str(MeetingStage.CANCELLED)])

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(
            "organiser__region", "series__organiser__region", "project__unit__region", "process"
        )


class OfMeetingQuerySet(models.QuerySet[Any]):
    """What belongs to meetings."""

    def visible_to(self, member: Member) -> Self:
        """What belongs to those that the member may view."""
        return self.filter(_as_meeting(member, way="meeting__"))


class AttendanceQuerySet(models.QuerySet[Any]):
    """Who takes part in meetings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: their own, and those of meetings that they hold."""
        columns = {
            "owner": "organisation_id",
            "holder": "person_id",
            "commissioner": "meeting__organiser_id",
            "stage": "stage",
            "regions": "meeting__organiser__region",
        }
        return self.filter(readable_by(member, "attendance", columns=columns))

    def own(self, member: Member) -> Self:
        """Those of the member's organisation, else their own."""
        if member.organisation is not None:
            return self.filter(organisation=member.organisation)
        return self.filter(person=member.person) if member.person else self.none()

    def present(self) -> Self:
        """Those who came."""
        return self.filter(stage__in=PRESENT)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(
            "meeting__organiser__region", "meeting__project__unit", "organisation", "person"
        )


class ActionItemQuerySet(models.QuerySet[Any]):
    """What organisations have to do since a meeting."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_action_item(member, way=""))

    def undone(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(stage__in=UNDONE)

    def overdue(self, *, today: date) -> Self:
        """Those whose day has passed without a report that they are done."""
        return self.filter(stage="open", due_on__lt=today)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(
            "organisation__region", "meeting__organiser__region", "project__unit", "resolution"
        )


class OfActionItemQuerySet(models.QuerySet[Any]):
    """How far action items got."""

    def visible_to(self, member: Member) -> Self:
        """Of those that the member may view."""
        return self.filter(_as_action_item(member, way="item__"))
