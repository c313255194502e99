"""Which voices a member may read, and what is found of them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.participating.voices import WAITING, VoiceStage
from gongzhi.parties.reading import readable_by


def _as_voice(member: Member, *, way: str) -> Q:
    columns = {
        "owner": f"{way}organisation_id",
        "overseer": f"{way}addressed__parent_id",
        "holder": f"{way}person_id",
        "addressed": f"{way}addressed_id",
        "stage": f"{way}stage",
        "label": f"{way}label",
        "regions": f"{way}addressed__region",
    }
    return readable_by(member, "voice", columns=columns)


class VoiceQuerySet(models.QuerySet[Any]):
    """Needs, proposals and suggestions."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_voice(member, way=""))

    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(stage__in=WAITING)

    def overdue(self, *, today: date) -> Self:
        """Those that wait for an answer longer than they may."""
        return self.waiting().filter(due_on__lt=today)

    def standing(self) -> Self:
        """Those that weren't taken back."""
        return self.exclude(stage=VoiceStage.WITHDRAWN)

    def of(self, member: Member) -> Self:
        """Those that the member gave: as a citizen, or in the name of the organisation."""
        if member.organisation is not None:
            return self.filter(organisation=member.organisation)
        return self.filter(person=member.person) if member.person is not None else self.none()

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what they are about."""
        return self.select_related(
            "addressed__region",
            "organisation",
            "office",
            "person",
            "place",
            "project__unit__region",
            "process",
            "suggestion__version",
            "change__decided",
            "change__version",
            "merged_into",
        )


class OfVoiceQuerySet(models.QuerySet[Any]):
    """What is part of a voice."""

    def visible_to(self, member: Member) -> Self:
        """Those of the voices that the member may view."""
        return self.filter(_as_voice(member, way="voice__"))
