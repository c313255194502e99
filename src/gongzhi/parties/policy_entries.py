"""What the log's own entries tell of witnesses and quorum (`actions.witnesses` writes them)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.core.ledger.policy import addresses_in
from gongzhi.trust.policy_changes import PolicyChange
from gongzhi.trust.witnesses import Candidate

ADMITS, RETIRES = "admit_witness", "retire_witness"
CHANGES = frozenset({ADMITS, RETIRES, "move_witness", "set_quorum"})


def policy_change_of(entry: Mapping[str, Any]) -> PolicyChange | None:
    """The change of the policy that an entry tells of, if it does."""
    if entry.get("verb") not in CHANGES:
        return None
    public = entry["public"]
    return PolicyChange(
        number=public["number"],
        text=public["policy"],
        deed=UUID(public["deed"]),
        at=datetime.fromisoformat(entry["claimed_at"]),
        admitted=_candidate(public) if entry["verb"] == ADMITS else None,
        retired=public["witness"] if entry["verb"] == RETIRES else None,
    )


def _candidate(public: Mapping[str, Any]) -> Candidate:
    organisation = public["organisation"]
    return Candidate(
        key=public["key"],
        operator=public["operator"],
        organisation=UUID(organisation) if organisation else None,
        address=addresses_in(public["policy"])[public["witness"]],
    )
