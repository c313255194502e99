"""Which reports a member may read: compiled from the charter."""

from typing import Any, Self

from django.db import models
from django.db.models import Prefetch

from gongzhi.core.charter import Member
from gongzhi.parties.reading import readable_by

COLUMNS = {
    "owner": "writer_id",
    "evaluated": "project__unit_id",
    "commissioner": "evaluation__commissioner_id",
    "stage": "stage",
    "label": "label",
    "regions": "project__unit__region",
}


class ReportQuerySet(models.QuerySet[Any]):
    """Reports."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "report", columns=COLUMNS))

    def with_facts(self) -> Self:
        """With all that the charter asks about them."""
        whole = self.select_related("project__unit__region", "evaluation", "writer")
        versions = self.model._meta.get_field("versions").related_model._default_manager
        return whole.prefetch_related(Prefetch("versions", versions.select_related("written_by")))
