"""Between which moments an entry became provable; what it says of its time is only a claim.

At `after` a quorum of witnesses had not yet signed anything that has the entry, at `before` one
had. So until `after` nobody could be shown a proof of it, and from `before` on anybody could.

What is not proved: that the entry lay nowhere before `after`. Whoever runs the log can write it
early, even number it, and show it late; a witness knows only what it was shown. `before` needs
one honest witness among those that were counted. `after` needs that any two quorums share an
honest one, as does that nobody is shown two histories: whoever signed a smaller tree at a moment
had not signed a larger one by then, so no quorum without it was large enough.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from gongzhi.core.ledger.keys import VerifierKey
from gongzhi.core.ledger.policy import NOBODY, Policy, read_policy
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.trust.cosignatures import moment_stated
from gongzhi.trust.models import Anchor, Cosignature


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The two moments, as the witnesses state them; None where no checkpoint had its quorum."""

    after: datetime | None
    before: datetime | None


def interval_of(index: int) -> Interval:
    """What is proved about when the entry of that number became provable.

    A quorum counts its own witnesses only. Of the last checkpoint without the entry it is the
    quorum that was in force last while it stood, of the first with the entry the one that it
    reached first.
    """
    anchors = Anchor.objects.select_related("quorum")
    without = anchors.filter(checkpoint_id__lte=index).order_by("-checkpoint_id", "-quorum_id")
    within = anchors.filter(checkpoint_id__gt=index).order_by("checkpoint_id", "quorum_id")
    return Interval(after=_last_lacking(without.first()), before=_first_having(within.first()))


def _last_lacking(anchor: Anchor | None) -> datetime | None:
    """The latest moment by which a quorum had seen no more than this checkpoint."""
    if anchor is None:
        return None
    lasts = _each_witness(anchor, Max("stated_at_s"))
    return _completed(sorted(lasts, reverse=True), anchor)


def _first_having(anchor: Anchor | None) -> datetime | None:
    """The earliest moment by which a quorum had signed this checkpoint."""
    if anchor is None:
        return None
    firsts = _each_witness(anchor, Min("stated_at_s"))
    return _completed(sorted(firsts), anchor)


def _each_witness(anchor: Anchor, which: Max | Min) -> list[tuple[int, str]]:
    """One moment that each witness states under the checkpoint, with the witness's name."""
    rows = Cosignature.objects.filter(checkpoint=anchor.checkpoint_id).order_by()
    return [
        (seconds, name)
        for name, seconds in rows.values_list("witness__name").annotate(stated=which)
    ]


def _completed(stated: Iterable[tuple[int, str]], anchor: Anchor) -> datetime | None:
    """The moment in this order with which the anchor's quorum is complete, if it is."""
    policy = _policy(anchor)
    if policy is None:
        return None
    signed: set[VerifierKey] = set()
    for seconds, name in stated:
        if name in policy.witnesses:
            signed.add(policy.witnesses[name])
            if policy.is_satisfied_by(signed):
                return moment_stated(seconds)
    return None


def _policy(anchor: Anchor) -> Policy | None:
    """What the quorum asks for; None where it asks for nobody or was altered."""
    try:
        policy = read_policy(anchor.quorum.text)
    except RejectedError:
        return None
    return None if policy.quorum == NOBODY else policy
