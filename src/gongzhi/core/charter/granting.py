"""A right as somebody chooses it in a form, and the Cedar policy that says the same.

Whoever proposes an amendment need not know Cedar: party, verbs, role, own unit, stage are chosen,
the policy is written here. The static checks then read it like any other.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A right to be given: to whom, to do what, in which role, where, and by which clause."""

    id: str
    clause: str
    party: str
    verbs: tuple[str, ...]
    roles: tuple[str, ...] = ()
    own_unit: bool = False
    stages: tuple[str, ...] = ()
    own_region: bool = False


def cedar_of(grant: Grant) -> str:
    """The policy that gives this right and no more; without a condition it is unconditional."""
    party, conditions = f"Party::{_quoted(grant.party)}", _conditions(grant)
    head = f"@id({_quoted(grant.id)}) @clause({_quoted(grant.clause)})"
    scope = f"permit (principal in {party}, {_action(grant.verbs)}, resource)"
    if not conditions:
        return f"{head}\n{scope};"
    return f"{head}\n{scope}\nwhen {{ {' && '.join(conditions)} }};"


def _action(verbs: Sequence[str]) -> str:
    named = [f"Action::{_quoted(verb)}" for verb in verbs]
    return f"action == {named[0]}" if len(named) == 1 else f"action in [{', '.join(named)}]"


def _conditions(grant: Grant) -> list[str]:
    conditions = ["principal in resource.owner"] if grant.own_unit else []
    if grant.own_region:
        conditions.append("resource in principal.region")
    held = [f"principal.roles.contains({_quoted(role)})" for role in grant.roles]
    if held:
        conditions.append(held[0] if len(held) == 1 else f"({' || '.join(held)})")
    if len(grant.stages) == 1:
        conditions.append(f"resource.stage == {_quoted(grant.stages[0])}")
    elif grant.stages:
        among = ", ".join(map(_quoted, grant.stages))
        conditions.append(f"[{among}].contains(resource.stage)")
    return conditions


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
