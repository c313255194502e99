"""From the charter's texts to a Charter; whatever is wrong with them is refused here, by place.

The static checks hold against any change of the charter: a policy names its party, its verbs
and its clause, and a protected clause keeps the policy that enforces it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cedarpy import Schema, validate_policies

from gongzhi.core.charter.charter import Charter, Policy, in_order
from gongzhi.core.charter.clauses import (
    clauses_from,
    clauses_problems,
    institutions_from,
    institutions_problems,
    named_from,
    names_from,
    parties_from,
    parts_from,
    texts_from,
)
from gongzhi.core.charter.policy_texts import parsed, policies_in
from gongzhi.core.charter.texts import CharterTexts, Vocabulary
from gongzhi.core.charter.vocabulary import schema_of, verbs_in_groups
from gongzhi.core.terms import Problem, Said, Where

# A change touches a file or two of some thirty: the others needn't be read again.
FILES_KEPT = 256
SCHEMAS_KEPT = 16


class BadCharter(ValueError):
    """The charter's texts break their own rules; nothing was loaded."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(p.what.text.format(**p.what.values) for p in problems))
        self.problems = problems


def read_charter(texts: CharterTexts) -> Charter:
    """The charter that the texts state; raises BadCharter with every fault and its place."""
    schema, policies = _parsed(texts)
    problems = (
        *institutions_problems(texts),
        *clauses_problems(texts),
        *_policy_problems(policies, texts),
        *_unfit_problems(texts, schema),
        *_unnamed_problems(policies, texts.vocabulary),
    )
    if problems:
        raise BadCharter(problems)
    vocabulary = texts.vocabulary
    return Charter(
        title=texts_from(texts.heading["title"]),
        status=texts_from(texts.heading["status"]),
        version=f"{texts.heading['version']}+sha256.{_digest(texts)}",
        texts=texts,
        parts=parts_from(texts),
        clauses=clauses_from(texts),
        institutions=institutions_from(texts),
        parties=parties_from(vocabulary.parties),
        roles=names_from(vocabulary.roles),
        verb_names=named_from(vocabulary.verbs),
        kind_names=named_from(vocabulary.kinds),
        labels=names_from(vocabulary.labels),
        policies=tuple(policy for _, policy in policies),
        schema=schema,
        in_force=frozenset(str(part["number"]) for part in texts.parts),
    )


def _digest(texts: CharterTexts) -> str:
    whole = json.dumps(asdict(texts), sort_keys=True, default=str)
    return sha256(whole.encode()).hexdigest()


def _parsed(texts: CharterTexts) -> tuple[Schema, list[tuple[str, Policy]]]:
    groups = verbs_in_groups(texts.vocabulary)
    policies: list[tuple[str, Policy]] = []
    for name, text in sorted(texts.policies.items()):
        try:
            bodies = _bodies_in(text)
        except ValueError as error:
            raise BadCharter((_unreadable(name, error),)) from error
        sources = policies_in(text)
        for body in bodies.values():
            policy = _policy(body, groups)
            source = sources.get(policy.id, "")
            policies.append((name, replace(policy, file=name, source=source)))
    return _schema(schema_of(texts.vocabulary)), policies


@lru_cache(maxsize=FILES_KEPT)
def _bodies_in(text: str) -> Mapping[str, Any]:
    """The policies of a file as Cedar's JSON, for reading alone."""
    bodies: Mapping[str, Any] = parsed(text)["staticPolicies"]
    return bodies


@lru_cache(maxsize=SCHEMAS_KEPT)
def _schema(text: str) -> Schema:
    """The schema that a text states; one object for each text, so that it can stand for it."""
    return Schema.from_str(text)


def _unreadable(name: str, error: ValueError) -> Problem:
    return Problem(
        where=Where(),
        what=Said("{file} 读不懂：{error}", {"file": name, "error": str(error)}),
        hint=Said("请按 Cedar 语法改正该文件"),
    )


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
        conditions=tuple(_conjuncts(body["conditions"])),
        body=body,
    )


def _conjuncts(conditions: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What must hold, one by one: the parts of every when, the opposite of every unless."""
    for condition in conditions:
        body = condition["body"]
        yield from _parted(body) if condition["kind"] == "when" else ({"!": {"arg": body}},)


def _parted(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "&&" in body:
        yield from _parted(body["&&"]["left"])
        yield from _parted(body["&&"]["right"])
    elif body != {"Value": True}:
        yield body


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
    known = {str(clause.get("number")): clause for clause in texts.clauses}
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
    elif not policy.source:
        yield '{file}：规则 {policy} 的 @id 没有写作 @id("…")，或者前面的注释里另有一个'
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
        for error in _errors_in(text, schema):
            yield Problem(
                where=Where(),
                what=Said(
                    "{file} 与词汇表不符：{error}",
                    {"file": name, "error": error},
                ),
                hint=Said("请对照 kinds.toml 和 verbs.toml 改正属性名或行为名"),
            )


@lru_cache(maxsize=FILES_KEPT)
def _errors_in(text: str, schema: Schema) -> tuple[str, ...]:
    """What Cedar's validator finds wrong with a file."""
    return tuple(error.error for error in validate_policies(text, schema).errors)


def _unnamed_problems(
    policies: list[tuple[str, Policy]], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Parties and roles that policies speak of and the program doesn't know."""
    for name, policy in policies:
        unknown = {policy.party} - {None, *vocabulary.parties}
        for code in sorted(map(str, unknown | (policy.roles - vocabulary.roles.keys()))):
            yield Problem(
                where=Where(),
                what=Said(
                    "{file}：规则 {policy} 用到的 {code} 没有名称",
                    {"file": name, "policy": policy.id, "code": code},
                ),
                hint=Said("请使用 parties.toml 中已有的各方和岗位角色"),
            )
