"""Putting the rules in force as a story tells it: by whom, under which paper, which part isn't."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongzhi.core.charter import Member
from gongzhi.parties.actions.charter import adopt_part
from gongzhi.parties.adoption import part_states_today


def adopt_as_told(entry: Mapping[str, Any], *, by: Member, in_force_from: date) -> None:
    """Adopt every part that still waits for it, but for those that the story leaves out."""
    waiting = [state for state in part_states_today().values() if state.stage == "model"]
    for part in waiting:
        if part.number not in entry["not_adopted"]:
            adopt_part(
                by=by,
                part=part,
                authority=entry["authority"],
                document_number=entry["document_number"],
                in_force_from=in_force_from,
            )
