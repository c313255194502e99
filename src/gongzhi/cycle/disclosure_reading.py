"""Which packs of disclosure a member may read, and which of their pieces, by the charter."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from gongzhi.core.charter import Member
from gongzhi.core.disclosure.stages import UNFINISHED, PackStage
from gongzhi.parties.reading import readable_by


class PackQuerySet(models.QuerySet[Any]):
    """Packs of disclosure."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: published ones, and the own unit's others."""
        columns = {
            "owner": "organisation_id",
            "overseer": "organisation__parent_id",
            "stage": "stage",
            "authors": "drafted_by_id",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "disclosure_pack", columns=columns))

    def published(self) -> Self:
        """Published ones, replaced ones too."""
        return self.filter(stage=PackStage.PUBLISHED)

    def current(self) -> Self:
        """Published and not replaced by a published version."""
        later = self.model._default_manager.filter(
            stage=PackStage.PUBLISHED, replaces=OuterRef("pk")
        )
        return self.published().filter(~Exists(later))

    def unfinished(self) -> Self:
        """Drafted or examined, not yet out."""
        return self.filter(stage__in=[*map(str, UNFINISHED)])

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("organisation__region", "drafted_by", "replaces")


class OfPackQuerySet(models.QuerySet[Any]):
    """Pieces of packs, and what was kept back of them: each read by its own right."""

    KIND = "pack_piece"
    WAY = ""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(self._readable(member))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related(f"{self.WAY}pack__organisation__region")

    def _readable(self, member: Member) -> Q:
        way = self.WAY
        columns = {
            "owner": f"{way}pack__organisation_id",
            "stage": f"{way}stage",
            "regions": f"{way}pack__organisation__region",
        }
        return readable_by(member, self.KIND, columns=columns)


class RedactionQuerySet(OfPackQuerySet):
    """Passages that were kept back."""

    KIND = "redaction"
    WAY = "piece__"
