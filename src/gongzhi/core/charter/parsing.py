"""From the charter's texts to a Charter; whatever is wrong with them is refused here, by place.

The static checks hold against any change of the charter: a policy names its party, its verbs
and its clause, and a protected clause keeps the policy that enforces it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cedarpy import PolicySet, Schema, policies_to_json_str, validate_policies

from gongzhi.core.charter.charter import Charter, Policy, in_order
from gongzhi.core.charter.clauses import (
    clauses_from,
    clauses_problems,
    names_from,
    parties_from,
    texts_from,
)
from gongzhi.core.terms import Problem, Said, Where

ACTION = re.compile(r'^\s*action\s+"?(\w+)"?(?:\s+in\s+\[([^\]]*)\])?', re.MULTILINE)


class BadCharter(Exception):
    """The charter's texts break their own rules; nothing was loaded."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(p.what.text.format(**p.what.values) for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterTexts:
    """What the charter is read from: the clauses' table, the schema, the policies by file name."""

    table: Mapping[str, Any]
    schema: str
    policies: Mapping[str, str]


def read_charter(texts: CharterTexts) -> Charter:
    """The charter that the texts state; raises BadCharter with every fault and its place."""
    schema, policies = _parsed(texts)
    problems = (
        *clauses_problems(texts.table),
        *_policy_problems(policies, texts),
        *_unfit_problems(texts, schema),
        *_unnamed_problems(policies, texts.table),
    )
    if problems:
        raise BadCharter(problems)
    return Charter(
        title=texts_from(texts.table["title"]),
        status=texts_from(texts.table["status"]),
        version=f"{texts.table['version']}+sha256.{_digest(texts)}",
        clauses=clauses_from(texts.table),
        parties=parties_from(texts.table),
        roles=names_from(texts.table["role"]),
        verb_names=names_from(texts.table["verb"]),
        policies=tuple(policy for _, policy in policies),
        policy_set=PolicySet.from_str(_joined(texts)),
        schema=schema,
    )


def _joined(texts: CharterTexts) -> str:
    return "\n".join(texts.policies[name] for name in sorted(texts.policies))


def _digest(texts: CharterTexts) -> str:
    whole = [texts.table, texts.schema, dict(texts.policies)]
    return sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


def _parsed(texts: CharterTexts) -> tuple[Schema, list[tuple[str, Policy]]]:
    try:
        schema = Schema.from_str(texts.schema)
    except ValueError as error:
        raise BadCharter((_unreadable("schema.cedarschema", error),)) from error
    groups = _groups(texts.schema)
    policies: list[tuple[str, Policy]] = []
    for name, text in sorted(texts.policies.items()):
        try:
            parsed = json.loads(policies_to_json_str(text))["staticPolicies"]
        except ValueError as error:
            raise BadCharter((_unreadable(name, error),)) from error
        policies += [(name, _policy(body, groups)) for body in parsed.values()]
    return schema, policies


def _unreadable(name: str, error: ValueError) -> Problem:
    return Problem(
        where=Where(),
        what=Said("{file} 读不懂：{error}", {"file": name, "error": str(error)}),
        hint=Said("请按 Cedar 语法改正该文件"),
    )


def _groups(schema: str) -> dict[str, frozenset[str]]:
    """Which verbs belong to each group of actions; a verb is a group of itself."""
    members: dict[str, set[str]] = {}
    for verb, parents in ACTION.findall(schema):
        members.setdefault(verb, {verb})
        for parent in re.findall(r"\w+", parents):
            members.setdefault(parent, set()).add(verb)
            members[parent].discard(parent)
    return {name: frozenset(verbs) for name, verbs in members.items()}


def _policy(body: Mapping[str, Any], groups: Mapping[str, frozenset[str]]) -> Policy:
    notes, action, principal = body["annotations"], body["action"], body["principal"]
    named = action.get("entities", [action["entity"]] if "entity" in action else [])
    verbs = [groups.get(entity["id"], frozenset()) for entity in named]
    return Policy(
        id=notes.get("id") or "",
        permits=body["effect"] == "permit",
        clauses=in_order(set(re.findall(r"\d+(?:\.\d+)*", notes.get("clause") or ""))),
        verbs=frozenset().union(*verbs),
        party=principal["entity"]["id"] if principal["op"] == "in" else None,
        roles=frozenset(_roles(body["conditions"])),
    )


def _roles(node: Any) -> Iterator[str]:
    """The roles that a policy's conditions ask for, wherever in them they stand."""
    if isinstance(node, list):
        for part in node:
            yield from _roles(part)
    elif isinstance(node, dict):
        asked = node.get("contains")
        if asked and asked["left"].get(".", {}).get("attr") == "roles":
            yield asked["right"]["Value"]
        for part in node.values():
            yield from _roles(part)


def _policy_problems(policies: list[tuple[str, Policy]], texts: CharterTexts) -> Iterator[Problem]:
    known = {str(clause["number"]): clause for clause in texts.table["clause"]}
    seen: set[str] = set()
    for name, policy in policies:
        where = Where(row=_line(texts.policies[name], policy.id))
        values = {"file": name, "policy": policy.id or "?"}
        for what in _faults_of(policy, known=frozenset(known), seen=frozenset(seen)):
            yield Problem(where=where, what=Said(what, values), hint=Said("请改正该条规则后再加载"))
        seen.add(policy.id)
    enforced = {number for _, policy in policies if not policy.permits for number in policy.clauses}
    for number, clause in known.items():
        if clause.get("protected") and number not in enforced:
            yield Problem(
                where=Where(),
                what=Said("受保护的第 {clause} 条没有禁止规则", {"clause": number}),
                hint=Said("请恢复 protected.cedar 中引用该条的 forbid"),
            )


def _faults_of(policy: Policy, *, known: frozenset[str], seen: frozenset[str]) -> Iterator[str]:
    if not policy.id:
        yield "{file}：有一条规则没有 @id"
    if policy.id in seen:
        yield "{file}：规则 {policy} 的 @id 重复"
    if not policy.clauses:
        yield "{file}：规则 {policy} 没有引用条款（@clause）"
    if not known.issuperset(policy.clauses):
        yield "{file}：规则 {policy} 引用了不存在的条款"
    if not policy.verbs:
        yield "{file}：规则 {policy} 没有写明行为（action）"
    if policy.permits and policy.party is None:
        yield "{file}：规则 {policy} 没有写明授予哪一方（principal in Party）"


def _line(text: str, identifier: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if f'@id("{identifier}")' in line:
            return number
    return None


def _unfit_problems(texts: CharterTexts, schema: Schema) -> Iterator[Problem]:
    """Policies that read attributes which their things don't have, by Cedar's own validator."""
    for name, text in sorted(texts.policies.items()):
        for error in validate_policies(text, schema).errors:
            yield Problem(
                where=Where(),
                what=Said(
                    "{file} 与 schema.cedarschema 不符：{error}",
                    {"file": name, "error": error.error},
                ),
                hint=Said("请对照 schema.cedarschema 改正属性名或行为名"),
            )


def _unnamed_problems(
    policies: list[tuple[str, Policy]], table: Mapping[str, Any]
) -> Iterator[Problem]:
    """Parties, roles and verbs that policies speak of and the table doesn't name."""
    for name, policy in policies:
        used = {("party", policy.party)} if policy.party else set()
        used |= {("role", role) for role in policy.roles}
        used |= {("verb", verb) for verb in policy.verbs}
        for table_name, code in sorted(used):
            if code not in table[table_name]:
                yield Problem(
                    where=Where(),
                    what=Said(
                        "{file}：规则 {policy} 用到的 {code} 没有名称",
                        {"file": name, "policy": policy.id, "code": str(code)},
                    ),
                    hint=Said("请在 clauses.toml 的 [{table}] 中写上名称", {"table": table_name}),
                )
