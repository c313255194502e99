"""Which proposals for next year's money a member may read: compiled from the charter."""

from collections.abc import Callable, Collection
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q

from gongzhi.core.charter import Member
from gongzhi.parties.reading import readable_by

PUBLIC, INTERNAL = "public", "internal"


def _as_proposal(member: Member, *, way: str) -> Q:
    def labelled(labels: Collection[str]) -> Q:
        """What is said of a disclosed project may be public, of any other it stays inside."""
        is_disclosed = Q(**{f"{way}project__stage": "disclosed"})
        found = is_disclosed if PUBLIC in labels else Q(pk__in=[])
        return found | ~is_disclosed if INTERNAL in labels else found

    columns: dict[str, str | Callable[[Collection[str]], Q]] = {
        "owner": f"{way}project__unit_id",
        "overseer": f"{way}project__unit__parent_id",
        "stage": f"{way}stage",
        "label": labelled,
        "regions": f"{way}project__unit__region",
    }
    return readable_by(member, "result_proposal", columns=columns)


class ProposalQuerySet(models.QuerySet[Any]):
    """Proposals."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: decided ones, and what is theirs to decide."""
        return self.filter(_as_proposal(member, way=""))

    def standing(self) -> Self:
        """Those that no later one replaced."""
        return self.exclude(stage="replaced")

    def with_facts(self) -> Self:
        """With all that the charter asks about them, and what was decided."""
        whole = self.select_related("project__unit__region", "made_by")
        decisions = self.model._meta.get_field("decisions").related_model._default_manager
        return whole.prefetch_related(
            Prefetch("decisions", decisions.select_related("office__organisation").order_by("id"))
        )


class OfProposalQuerySet(models.QuerySet[Any]):
    """What was decided on proposals, and told of it."""

    def visible_to(self, member: Member) -> Self:
        """Those of the proposals that the member may view."""
        return self.filter(_as_proposal(member, way="proposal__"))

    def standing(self) -> Self:
        """Those that no later one corrects."""
        return self.filter(corrected_by=None)
