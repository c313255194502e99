"""A proposed change of the charter: applied to its texts, and what no change may do (QUALITY S08).

`read_charter` refuses texts that don't hold together; here stands what a change may not do though
the result would: touch what is protected, give a right without condition, to somebody by name,
or to the platform itself.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.charter.charter import Charter, Policy
from gongzhi.core.charter.policy_texts import with_policy
from gongzhi.core.charter.texts import CharterTexts, Table
from gongzhi.core.charter.vocabulary import VIEW
from gongzhi.core.terms import Problem, Said, Where

NOBODY = "nobody"
# What a right may be given to is a kind of party; these name somebody in particular.
BY_NAME = frozenset({"Organisation", "Person", "Member"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """A policy as it shall be, in its file; no source takes it out."""

    file: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an amendment changes: clauses by number (None: repealed), policies by their @id.

    A clause is its whole table as in rules/charter/clauses, an institution as in institutions.toml.
    """

    clauses: Mapping[str, Table | None] = field(default_factory=dict)
    policies: Mapping[str, PolicyChange] = field(default_factory=dict)
    institutions: Mapping[str, Table | None] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """The changes as plain JSON."""
        return {
            "clauses": {number: _plain(entry) for number, entry in self.clauses.items()},
            "policies": {
                identifier: {"file": change.file, "source": change.source}
                for identifier, change in self.policies.items()
            },
            "institutions": {code: _plain(entry) for code, entry in self.institutions.items()},
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The changes of plain JSON; raises ValueError, TypeError or KeyError if it isn't them."""
        return cls(
            clauses={n: _dated(entry) for n, entry in record.get("clauses", {}).items()},
            policies={
                identifier: PolicyChange(file=str(change["file"]), source=change["source"])
                for identifier, change in record.get("policies", {}).items()
            },
            institutions={c: _dated(entry) for c, entry in record.get("institutions", {}).items()},
        )


def _plain(entry: Table | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in entry.items()
    }


def _dated(entry: Table | None) -> Table | None:
    """The table with its dates as dates: those fields whose names end as dates' names do."""
    if entry is None:
        return None
    return {
        name: date.fromisoformat(value)
        if isinstance(value, str) and name.endswith(("_on", "_from"))
        else value
        for name, value in entry.items()
    }


def amended(texts: CharterTexts, changes: Changes) -> CharterTexts:
    """The texts with the changes made; a new clause joins its part in the order of numbers."""
    policies = dict(texts.policies)
    for identifier, change in changes.policies.items():
        policies[change.file] = with_policy(
            policies.get(change.file, ""), identifier, change.source
        )
    institutions: dict[str, Table | None] = {
        **{entry["code"]: entry for entry in texts.institutions},
        **changes.institutions,
    }
    return replace(
        texts,
        parts=tuple(_amended_part(part, changes.clauses) for part in texts.parts),
        institutions=tuple(entry for entry in institutions.values() if entry is not None),
        policies=policies,
    )


def _amended_part(part: Table, changed: Mapping[str, Table | None]) -> Table:
    own = {n: entry for n, entry in changed.items() if n.partition(".")[0] == part["number"]}
    if not own:
        return part
    clauses = {entry["number"]: entry for entry in part["clause"]} | own
    in_order = sorted(clauses.items(), key=lambda item: [int(step) for step in item[0].split(".")])
    return {**part, "clause": [entry for _, entry in in_order if entry is not None]}


def faults_of_change(before: Charter, after: Charter) -> tuple[Problem, ...]:
    """What the change from one charter to the other may not do."""
    known = {policy.id: _meaning(policy) for policy in before.policies}
    new = [p for p in after.policies if p.permits and known.get(p.id) != _meaning(p)]
    return (
        *_touched_clauses(before, after),
        *_touched_forbids(before, after),
        *(problem for policy in new for problem in _faults_of_permit(policy)),
    )


def _touched_clauses(before: Charter, after: Charter) -> Iterator[Problem]:
    for number, clause in before.clauses.items():
        if (clause.protected or clause.amended_by == NOBODY) and after.clauses.get(
            number
        ) != clause:
            yield _fault(
                "第 {clause} 条受保护，不能修改或者废止",
                "请从修改稿中去掉对该条的改动",
                clause=number,
            )


def _touched_forbids(before: Charter, after: Charter) -> Iterator[Problem]:
    kept = {policy.id: _meaning(policy) for policy in after.policies}
    protected = {number for number, clause in before.clauses.items() if clause.protected}
    for policy in before.policies:
        holds_up = not policy.permits and not protected.isdisjoint(policy.clauses)
        if holds_up and kept.get(policy.id) != _meaning(policy):
            yield _fault(
                "禁止规则 {policy} 受保护，不能修改或者取消",
                "请从修改稿中去掉对该规则的改动",
                policy=policy.id,
            )


def _meaning(policy: Policy) -> str:
    """What Cedar reads in a policy, whatever its spaces."""
    return json.dumps(policy.body, sort_keys=True)


def _faults_of_permit(policy: Policy) -> Iterator[Problem]:
    may_do = any(not verb.startswith(VIEW) for verb in policy.verbs)
    if may_do and not any(_speaks_of_somebody(part) for part in policy.conditions):
        yield _fault(
            "规则 {policy} 无条件地授予办理权",
            "请写明条件，例如岗位角色、是否本单位、阶段",
            policy=policy.id,
        )
    if names := sorted(_named(policy.body)):
        yield _fault(
            "规则 {policy} 把权利指名授予 {names}",
            "权利只能授予一类主体，请改用各方、岗位角色和条件",
            policy=policy.id,
            names="、".join(names),
        )
    if policy.party == PartyKind.SYSTEM:
        yield _fault(
            "规则 {policy} 给平台自身增加权利",
            "平台自动办理的事项由程序规定，不由修改取得",
            policy=policy.id,
        )


def _speaks_of_somebody(node: Any) -> bool:
    """Whether a condition asks anything of who acts or of what it is about."""
    if isinstance(node, Mapping):
        return "Var" in node or any(_speaks_of_somebody(part) for part in node.values())
    return isinstance(node, list) and any(_speaks_of_somebody(part) for part in node)


def _named(node: Any) -> Iterator[str]:
    """The people and organisations that a policy names, wherever in it they stand."""
    if isinstance(node, Mapping):
        if node.get("type") in BY_NAME and "id" in node:
            yield str(node["id"])
        for part in node.values():
            yield from _named(part)
    elif isinstance(node, list):
        for part in node:
            yield from _named(part)


def _fault(what: str, hint: str, /, clause: str = "", policy: str = "", names: str = "") -> Problem:
    values = {"clause": clause, "policy": policy, "names": names}
    return Problem(where=Where(), what=Said(what, values), hint=Said(hint))
