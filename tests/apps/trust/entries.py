"""Entries as deeds leave them."""

from gongzhi.core.sealed import commitment
from gongzhi.trust.appending import leave


def entry(number=0, **changes):
    """A good entry, with some of its fields changed."""
    return {
        "v": 1,
        "verb": "publish_form",
        "party": "某省某县某局",
        "clause": ["4.2"],
        "charter": "2026-01",
        "on": f"form:{number}",
        "business_date": "2026-03-31",
        "claimed_at": "2026-03-31T08:00:00+00:00",
        "public": {"number": number},
        "c": {"reviewer": commitment("somebody", salt=bytes(32))},
        "because": None,
        "batch": None,
    } | changes


def leave_many(count, *, first=0):
    """Leave so many entries; their identifiers."""
    return [leave(entry(number)).pk for number in range(first, first + count)]
