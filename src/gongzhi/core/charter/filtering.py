"""Which things of a kind may this member read? The charter's view policies as a condition.

Cedar evaluates the policies with the thing left unknown; what remains (the residual) is
compiled into a condition that an app turns into its database's language. Experimental in
Cedar, so a test compares it with `decide` thing by thing.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from cedarpy import is_authorized_partial

from gongzhi.core.charter.asking import Member
from gongzhi.core.charter.charter import Charter
from gongzhi.core.charter.deciding import rules_on
from gongzhi.core.charter.entities import known_by_schema, member_id
from gongzhi.core.charter.vocabulary import ATTRIBUTES

CONDITIONS_KEPT = 1024


@dataclass(frozen=True, slots=True)
class Among:
    """The thing's attribute is one of these values; of several values, one of them is."""

    attribute: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; of no parts, true."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds; of no parts, false."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part doesn't hold."""

    part: "Condition"


Condition: TypeAlias = Among | Every | Either | Not

TRUE, FALSE = Every(()), Either(())
UNLISTED = frozenset({"conflicted"})  # known of one thing at a time, a column of none
IS_REGION = "regions"  # the attribute that `resource in Region::"…"` asks about


class NotAFilterError(Exception):
    """A view policy uses something that no filter of rows can express."""


@lru_cache(maxsize=CONDITIONS_KEPT)
def readable(charter: Charter, member: Member, kind: str) -> Condition:
    """What must hold of a thing of this kind, so that the member may `view_<kind>` it.

    Where Cedar can't say, nothing is readable.
    """
    try:
        known = known_by_schema(charter, member)
    except ValueError:
        return FALSE
    verb = f"view_{kind}"
    request = {
        "principal": f"Member::{json.dumps(member_id(member), ensure_ascii=False)}",
        "action": f'Action::"{verb}"',
        "context": {},
    }
    result = is_authorized_partial(request, rules_on(charter, verb), known, charter.schema)
    if result.diagnostics.errors:
        return FALSE
    permits: list[Condition] = []
    forbids: list[Condition] = []
    for policy in result.residuals.values():
        condition = _conditions(policy["conditions"], member)
        (permits if policy["effect"] == "permit" else forbids).append(condition)
    return every(either(*permits), negated(either(*forbids)))


def every(*parts: Condition) -> Condition:
    """All of them, as short as it can be said."""
    left = tuple(part for part in parts if part != TRUE)
    if FALSE in left:
        return FALSE
    return left[0] if len(left) == 1 else Every(left)


def either(*parts: Condition) -> Condition:
    """Any of them, as short as it can be said."""
    left = tuple(part for part in parts if part != FALSE)
    if TRUE in left:
        return TRUE
    return left[0] if len(left) == 1 else Either(left)


def negated(part: Condition) -> Condition:
    """The opposite."""
    if part in {TRUE, FALSE}:
        return FALSE if part == TRUE else TRUE
    return Not(part)


def certain(condition: Condition, *, unknown: Collection[str]) -> Condition:
    """What must hold so that the condition does, whatever the unknown attributes are."""
    return _bounded(condition, unknown, otherwise=FALSE)


def _bounded(condition: Condition, unknown: Collection[str], *, otherwise: Condition) -> Condition:
    """The condition without the unknown attributes; a test of one counts as `otherwise` says."""
    match condition:
        case Among(attribute, _):
            return otherwise if attribute in unknown else condition
        case Every(parts):
            return every(*(_bounded(part, unknown, otherwise=otherwise) for part in parts))
        case Either(parts):
            return either(*(_bounded(part, unknown, otherwise=otherwise) for part in parts))
        case Not(part):
            return negated(_bounded(part, unknown, otherwise=negated(otherwise)))


def values_of(condition: Condition, *, attribute: str) -> frozenset[str] | None:
    """The values of an attribute that the condition asks for; None where it asks for others too."""
    match condition:
        case Among(name, values):
            return values if name == attribute else frozenset()
        case Every(parts) | Either(parts):
            found = [values_of(part, attribute=attribute) for part in parts]
            known = [values for values in found if values is not None]
            return frozenset().union(*known) if len(known) == len(found) else None
        case Not(part):
            return frozenset() if values_of(part, attribute=attribute) == frozenset() else None


def _conditions(conditions: list[Mapping[str, Any]], member: Member) -> Condition:
    return every(
        *(
            _compiled(c["body"], member)
            if c["kind"] == "when"
            else negated(_compiled(c["body"], member))
            for c in conditions
        )
    )


def _compiled(node: Mapping[str, Any], member: Member) -> Condition:
    """One node of a residual: the connectives here, the rest is a test of an attribute."""
    match node:
        case {"Value": bool(value)}:
            return TRUE if value else FALSE
        case {"&&": {"left": left, "right": right}}:
            return every(_compiled(left, member), _compiled(right, member))
        case {"||": {"left": left, "right": right}}:
            return either(_compiled(left, member), _compiled(right, member))
        case {"!": {"arg": part}}:
            return negated(_compiled(part, member))
    return _tested(node, member)


def _tested(node: Mapping[str, Any], member: Member) -> Condition:
    """A test of an attribute of the thing; what isn't listed here is refused."""
    match node:
        case {"==": {"left": left, "right": right}}:
            return _equal(left, right)
        case {"!=": {"left": left, "right": right}}:
            return negated(_equal(left, right))
        case {"in": {"left": {"unknown": _}, "right": {"Value": {"__entity": region}}}}:
            return Among(IS_REGION, frozenset({region["id"]}))
        case {"in": {"left": {"Value": {"__entity": _}}, "right": {".": path}}}:
            return _among(path["attr"], _around(member, path["attr"]))
        case {"contains": {"left": {".": path}, "right": {"Value": value}}}:
            return _among(path["attr"], frozenset({_plain(value)}))
        case {"contains": {"left": {"Set": values}, "right": {".": path}}}:
            return _among(path["attr"], frozenset(_plain(value["Value"]) for value in values))
        case {"contains": {"left": {"Value": list(values)}, "right": {".": path}}}:
            return _among(path["attr"], frozenset(_plain(value) for value in values))
    raise NotAFilterError(json.dumps(node)[:200])


def _equal(left: Mapping[str, Any], right: Mapping[str, Any]) -> Condition:
    match left, right:
        case ({".": path}, {"Value": value}) | ({"Value": value}, {".": path}):
            return _among(path["attr"], frozenset({_plain(value)}))
    raise NotAFilterError(json.dumps([left, right])[:200])


def _plain(value: Any) -> str:
    return str(value["__entity"]["id"] if isinstance(value, dict) else value)


def _among(attribute: str, values: frozenset[str]) -> Condition:
    if attribute in UNLISTED:
        raise NotAFilterError(attribute)
    return Among(attribute, values) if values else FALSE


def _around(member: Member, attribute: str) -> frozenset[str]:
    """What the member stands inside of, of the type that the attribute has."""
    if "Organisation" in ATTRIBUTES[attribute]:
        return frozenset(filter(None, (member.organisation,)))
    return frozenset(filter(None, (member.person, member.human)))
