"""Which forms of a unit's whole spending a member may read: compiled from the charter."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery

from gongzhi.core.charter import Member
from gongzhi.parties.reading import readable_by

COLUMNS = {
    "owner": "organisation_id",
    "stage": "stage",
    "authors": "drafted_by_id",
    "regions": "organisation__region",
}


class WholeFormQuerySet(models.QuerySet[Any]):
    """Forms of a unit's whole spending."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: what is published, and the own unit's others."""
        return self.filter(readable_by(member, "whole_form", columns=COLUMNS))

    def current(self) -> Self:
        """Published and not replaced by a later number."""
        same = self.model._default_manager.filter(
            stage="published",
            organisation=OuterRef("organisation"),
            fiscal_year=OuterRef("fiscal_year"),
            form_type=OuterRef("form_type"),
        )
        newest = same.order_by("-number").values("pk")[:1]
        return self.filter(stage="published", pk=Subquery(newest))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("organisation__region", "organisation__parent", "drafted_by")
