"""Shares as bars, standings as words with a shape."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.core.telling import STANDINGS, Standing
from gongzhi.core.terms import Ratio, Said
from gongzhi.web.shown import Bar

FULL = 100
STATES: Mapping[Standing, str] = {
    Standing.KEPT: "kept",
    Standing.ON_PLAN: "under-way",
    Standing.BEHIND: "watch",
    Standing.MISSED: "fault",
    Standing.UNREAD: "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """A standing with its shape and its word."""

    state: str
    name: Said


def stands(standing: Standing) -> Stands:
    """How a standing is shown."""
    return Stands(state=STATES[standing], name=STANDINGS[standing])


def bar(kind: str, share: Ratio | None, *, due: Ratio | None = None) -> Bar | None:
    """A share as a bar that ends at the whole; None where there is none."""
    if share is None:
        return None
    return Bar(kind=kind, filled=_within(share), due=None if due is None else _within(due))


def _within(share: Ratio) -> float:
    return round(min(max(float(share), 0.0), 1.0) * FULL, 1)
