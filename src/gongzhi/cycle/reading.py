"""What a member may read of the cycle: one filter for each kind, compiled from the charter."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from gongzhi.core.charter import Member
from gongzhi.parties.reading import readable_by


class ProjectQuerySet(models.QuerySet[Any]):
    """Projects."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {"stage": "stage", "owner": "unit_id"}
        return self.filter(readable_by(member, "project", columns=columns))


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of forms."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: what is published, and drafts of the own unit."""
        columns = {"stage": "stage", "owner": "project__unit_id", "authors": "drafted_by_id"}
        return self.filter(readable_by(member, "form_version", columns=columns))

    def published(self) -> Self:
        """Published ones, replaced ones too."""
        return self.filter(stage="published")

    def current(self) -> Self:
        """Published and not replaced by a published correction."""
        later = self.model._default_manager.filter(stage="published", replaces=OuterRef("pk"))
        return self.published().filter(~Exists(later))

    def with_finding(self, code: str) -> Self:
        """Those in which a check fired."""
        return self.filter(findings__code=code).distinct()

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit__region", "drafted_by")


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers to findings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {"owner": "version__project__unit_id"}
        return self.filter(readable_by(member, "answer", columns=columns))
