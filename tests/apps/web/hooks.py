"""Hooks for the sweeps: one that listens and one that was retired."""

from collections.abc import Iterator

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.desk.actions import hooks as actions
from gongzhi.desk.models import Hook
from gongzhi.parties.business_date import business_date


def hooks(unit: city_hall.Unit, by: Member) -> Iterator[Hook]:
    """Two of the unit's."""
    for path in ("a", "b"):
        address = f"https://hooks.example.org/{path}"
        row, _ = actions.register_hook(by=by, organisation=unit.organisation, address=address)
        if path == "b":
            row.stage, row.retired_on = Hook.Stage.RETIRED, business_date()
            row.save()
        yield row


def hook_to_be(_: object, by: Member) -> Thing:
    """What somebody would register for their own organisation."""
    return Thing(kind="hook", id="new", owner=by.organisation or "nobody", stage="listening")
