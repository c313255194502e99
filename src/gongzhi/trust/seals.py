"""What a seal mark says of a deed: its number in the log, and how many witnesses stand for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gongzhi.trust.models import Anchor, SignedCheckpoint, Witness
from gongzhi.trust.proofs import indexes_of
from gongzhi.trust.witnesses import quorum_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A deed's number, None while it waits for one; and who cosigned the checkpoint that proves it.

    `cosigners` of so many `witnesses`; whether those are enough, `is_anchored`.
    """

    index: int | None = None
    cosigners: int = 0
    witnesses: int = 0
    is_anchored: bool = False


WAITING = Seal()


def seals_of(leaves: Collection[UUID]) -> Mapping[UUID, Seal]:
    """The seals of leaves, in as many queries for a thousand of them as for one."""
    if not leaves:
        return {}
    numbers = indexes_of(leaves)
    anchored, newest = _checkpoints() if numbers else (None, None)
    witnesses = Witness.objects.filter(retired_at=None).count() if numbers else 0

    def sealed(index: int | None) -> Seal:
        if index is None:
            return WAITING
        is_anchored = anchored is not None and index < anchored[0]
        _, cosigners = (anchored if is_anchored else newest) or (0, 0)
        return Seal(index=index, cosigners=cosigners, witnesses=witnesses, is_anchored=is_anchored)

    return {leaf: sealed(numbers.get(leaf)) for leaf in leaves}


def _checkpoints() -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Size and cosigners of the newest anchored checkpoint and of the newest signed."""
    anchors = Anchor.objects.filter(quorum=quorum_in_force()).order_by("-checkpoint_id")
    newest = SignedCheckpoint.objects.order_by("-size")
    return _counted(anchors.values("checkpoint_id")[:1]), _counted(newest.values("size")[:1])


def _counted(sizes: "QuerySet[Any, Any]") -> tuple[int, int] | None:
    alive = Q(cosignatures__witness__retired_at=None)
    cosigned = Count("cosignatures__witness", distinct=True, filter=alive)
    rows = SignedCheckpoint.objects.filter(size__in=sizes).order_by().annotate(cosigned=cosigned)
    return rows.values_list("size", "cosigned").first()
