"""Between which moments an entry came into the log; what it says of its time is only a claim.

After the witnesses signed the last checkpoint without it, before they signed the first with it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from gongzhi.trust.cosignatures import moment_stated
from gongzhi.trust.models import Anchor, Cosignature


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The two moments, as the witnesses state them; None where no checkpoint had its quorum."""

    after: datetime | None
    before: datetime | None


def interval_of(index: int) -> Interval:
    """What is proved about when the entry of that number came."""
    anchors = Anchor.objects.select_related("quorum")
    without = anchors.filter(checkpoint_id__lte=index).order_by("-checkpoint_id").first()
    within = anchors.filter(checkpoint_id__gt=index).order_by("checkpoint_id").first()
    return Interval(
        after=_moment(without, place=0) if without else None,
        before=_moment(within, place=within.quorum.threshold - 1) if within else None,
    )


def _moment(anchor: Anchor, *, place: int) -> datetime | None:
    """The moment of the signature at that place, the earliest of each witness being counted."""
    rows = Cosignature.objects.filter(checkpoint=anchor.checkpoint_id)
    firsts = rows.order_by().values("witness").annotate(first=Min("stated_at_s"))
    moments = sorted(row["first"] for row in firsts)
    if not moments:
        return None
    return moment_stated(moments[min(max(place, 0), len(moments) - 1)])
