"""A proposed change of the charter: applied to its texts, and what no change may do (QUALITY S08).

`read_charter` refuses texts that don't hold together; here stands what a change may not do though
the result would: touch what is protected, or close the way of amending. What a single new rule may
not say stands in new_rules.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from gongzhi.core.charter.charter import Charter, Policy
from gongzhi.core.charter.new_rules import faults_of_rule
from gongzhi.core.charter.parsing import BadCharter
from gongzhi.core.charter.policy_texts import fault_of_source, with_policy
from gongzhi.core.charter.samples import somebody_may
from gongzhi.core.charter.tables import is_code, is_number
from gongzhi.core.charter.texts import CharterTexts, Table
from gongzhi.core.charter.vocabulary import verbs_in_groups
from gongzhi.core.terms import Problem, Said, Where

NOBODY = "nobody"
LASTING = "lasting"
FILE = re.compile(r"[a-z][a-z_]{0,30}\.cedar")
PARTS = ("clauses", "policies", "institutions")


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
    def from_record(cls, record: Any) -> Self:
        """The changes that plain JSON states; raises BadCharter where it isn't of their form."""
        given = {name: _tables(record, name) for name in PARTS}
        return cls(
            clauses={number: _dated(entry) for number, entry in given["clauses"].items()},
            policies={name: _policy_change(entry) for name, entry in given["policies"].items()},
            institutions={code: _dated(entry) for code, entry in given["institutions"].items()},
        )


def _tables(record: Any, name: str) -> Mapping[str, Table | None]:
    """The tables of one part of a record, or none."""
    found = record.get(name, {}) if isinstance(record, Mapping) else None
    is_tables = isinstance(found, Mapping) and all(
        isinstance(key, str) and (entry is None or isinstance(entry, Mapping))
        for key, entry in found.items()
    )
    if not is_tables:
        raise BadCharter((_fault("修改的内容读不懂", "请在平台的页面上重新填写"),))
    return dict(found or {})


def _policy_change(entry: Table | None) -> PolicyChange:
    given = entry or {}
    file, source = given.get("file"), given.get("source")
    if not isinstance(file, str) or not isinstance(source, str | None):
        raise BadCharter((_fault("修改的内容读不懂", "请在平台的页面上重新填写"),))
    return PolicyChange(file=file, source=source)


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
        name: _day(value) if name.endswith(("_on", "_from")) else value
        for name, value in entry.items()
    }


def _day(value: Any) -> Any:
    """A date out of its text; anything else stays, for the check of the table to find."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def amended(texts: CharterTexts, changes: Changes) -> CharterTexts:
    """The texts with the changes made; a new clause joins its part in the order of numbers.

    Raises BadCharter for changes that say something else than where they stand.
    """
    if problems := tuple(_astray(texts, changes)):
        raise BadCharter(problems)
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


def _astray(texts: CharterTexts, changes: Changes) -> Iterator[Problem]:
    """Changes of a clause in no part, under another's number, or of more than the one policy."""
    parts = {str(part["number"]) for part in texts.parts}
    for number, entry in changes.clauses.items():
        if not is_number(number) or number.partition(".")[0] not in parts:
            yield _fault("第 {about} 条不属于任何一章", "新条款的编号须是“章.条”", about=number)
        elif entry is not None and entry.get("number") != number:
            yield _fault("对第 {about} 条的改动写的是另一条", "请重新填写该条", about=number)
    for code, entry in changes.institutions.items():
        if not is_code(code) or (entry is not None and entry.get("code") != code):
            yield _fault("对制度 {about} 的改动写的是另一项", "请重新填写该项", about=code)
    for identifier, change in changes.policies.items():
        if not FILE.fullmatch(change.file):
            yield _fault("规则 {about} 的文件名不对", "请使用已有的规则文件", about=identifier)
        elif change.source is not None and (
            fault := fault_of_source(change.source, identifier=identifier)
        ):
            yield Problem(where=Where(), what=fault, hint=Said("请重新填写该条规则"))


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
    new = [policy for policy in after.policies if known.get(policy.id) != _meaning(policy)]
    return (
        *_touched_clauses(before, after),
        *_touched_forbids(before, after),
        *(problem for policy in new for problem in faults_of_rule(policy, before, after)),
        *_closed_ways(before, after),
    )


def _touched_clauses(before: Charter, after: Charter) -> Iterator[Problem]:
    for number, clause in before.clauses.items():
        if (clause.protected or clause.amended_by == NOBODY) and after.clauses.get(
            number
        ) != clause:
            yield _fault(
                "第 {about} 条受保护，不能修改或者废止",
                "请从修改稿中去掉对该条的改动",
                about=number,
            )


def _touched_forbids(before: Charter, after: Charter) -> Iterator[Problem]:
    kept = {policy.id: _meaning(policy) for policy in after.policies}
    protected = {number for number, clause in before.clauses.items() if clause.protected}
    for policy in before.policies:
        holds_up = not policy.permits and not protected.isdisjoint(policy.clauses)
        if holds_up and kept.get(policy.id) != _meaning(policy):
            yield _fault(
                "禁止规则 {about} 受保护，不能修改或者取消",
                "请从修改稿中去掉对该规则的改动",
                about=policy.id,
            )


def _closed_ways(before: Charter, after: Charter) -> Iterator[Problem]:
    """What must go on wherever the program runs: else no later amendment could mend this one."""
    lasting = verbs_in_groups(before.texts.vocabulary).get(LASTING, frozenset())
    bare, bare_after = (charter.restricted_to(frozenset()) for charter in (before, after))
    for verb in (verb for verb in before.verb_names if verb in lasting):
        if somebody_may(bare, verb) and not somebody_may(bare_after, verb):
            yield _fault(
                "修改以后没有人还能{about}",
                "制定、修改规则和平台运行的办理不能断；请保留至少一方能办",
                about=before.verb_names[verb],
            )


def _meaning(policy: Policy) -> str:
    """What Cedar reads in a policy, whatever its spaces."""
    return json.dumps(policy.body, sort_keys=True)


def _fault(what: str, hint: str, /, *, about: str | Said = "") -> Problem:
    return Problem(where=Where(), what=Said(what, {"about": about}), hint=Said(hint))
