"""What somebody writes into the form of an amendment, and the changes of the rules that it makes.

A draft is what the form holds, right or wrong; `changes_of` turns it into what the core reads,
with what could not be read of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongzhi.core.charter import Charter
from gongzhi.core.charter.amending import Changes, PolicyChange
from gongzhi.core.charter.granting import Grant, cedar_of
from gongzhi.core.charter.policy_texts import policies_in
from gongzhi.core.terms import Problem, Said, Where

BY_EXPERTS = "amendments.cedar"  # where policies stand that somebody wrote as Cedar


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClause:
    """A clause as it shall read; a new one has a kind of its own choice."""

    number: str
    is_new: bool
    kind: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    within_days: str = ""
    is_owed: bool = False
    repealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPolicy:
    """A policy that rests on one of the clauses: as it is, as it shall be, or withdrawn."""

    id: str
    file: str
    before: str
    text: str
    dropped: bool = False
    is_protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGrant:
    """A right to be added, as chosen: an empty party is none."""

    party: str = ""
    verb: str = ""
    role: str = ""
    own_unit: bool = True
    stage: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything that the form holds."""

    title: str = ""
    reason: str = ""
    clauses: tuple[DraftClause, ...] = ()
    policies: tuple[DraftPolicy, ...] = ()
    grants: tuple[DraftGrant, ...] = ()
    cedar: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The clauses that it is about."""
        return tuple(clause.number for clause in self.clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The changes that a draft makes, and what in it could not be read."""

    changes: Changes
    problems: tuple[Problem, ...]


def draft_about(base: Charter, numbers: tuple[str, ...]) -> Draft:
    """A draft that changes nothing yet: the clauses as they read, the rights that rest on them."""
    known = tuple(number for number in dict.fromkeys(numbers) if _is_possible(base, number))
    return Draft(
        clauses=tuple(_clause_of(base, number) for number in known),
        policies=tuple(
            DraftPolicy(
                id=policy.id,
                file=policy.file,
                before=policy.source,
                text=policy.source,
                is_protected=not policy.permits,
            )
            for policy in base.policies
            if not frozenset(known).isdisjoint(policy.clauses)
        ),
    )


def next_number(base: Charter, part: str) -> str:
    """The number that a new clause of the part would get."""
    used = (n for n, clause in base.clauses.items() if clause.part == part)
    return f"{part}.{max((int(n.partition('.')[2]) for n in used), default=0) + 1}"


def _is_possible(base: Charter, number: str) -> bool:
    part = number.partition(".")[0]
    return number in base.clauses or (part in base.parts and number == next_number(base, part))


def _clause_of(base: Charter, number: str) -> DraftClause:
    clause = base.clauses.get(number)
    if clause is None:
        return DraftClause(
            number=number,
            is_new=True,
            kind="right",
            title_zh="",
            title_en="",
            text_zh="",
            text_en="",
        )
    days = clause.owed.within_days if clause.owed else None
    return DraftClause(
        number=number,
        is_new=False,
        kind=str(clause.kind),
        title_zh=clause.title.zh,
        title_en=clause.title.en,
        text_zh=clause.text.zh,
        text_en=clause.text.en,
        within_days="" if days is None else str(days),
        is_owed=clause.owed is not None,
    )


def changes_of(draft: Draft, base: Charter, *, today: date) -> Written:
    """What the draft changes of the base."""
    problems = tuple(_unread(draft))
    clauses = {
        clause.number: None if clause.repealed else _table(clause, base, today=today)
        for clause in draft.clauses
        if clause.repealed or clause != _clause_of(base, clause.number)
    }
    return Written(
        changes=Changes(clauses=clauses, policies=_policies(draft, base)), problems=problems
    )


def _table(clause: DraftClause, base: Charter, *, today: date) -> Mapping[str, Any]:
    known = {str(entry["number"]): entry for entry in base.texts.clauses}
    table: dict[str, Any] = dict(
        known.get(clause.number)
        or {"number": clause.number, "kind": clause.kind, "since_on": today}
    )
    table["title"] = {"zh": clause.title_zh, "en": clause.title_en}
    table["text"] = {"zh": clause.text_zh, "en": clause.text_en}
    if clause.is_owed:
        owed = {name: value for name, value in table["owed"].items() if name != "within_days"}
        days = {"within_days": int(clause.within_days)} if clause.within_days.isdecimal() else {}
        table["owed"] = {**owed, **days}
    return table


def _policies(draft: Draft, base: Charter) -> dict[str, PolicyChange]:
    changed = {
        policy.id: PolicyChange(
            file=policy.file, source=None if policy.dropped else policy.text.strip()
        )
        for policy in draft.policies
        if policy.dropped or policy.text.split() != policy.before.split()
    }
    for identifier, source in policies_in(draft.cedar).items():
        changed[identifier] = PolicyChange(file=BY_EXPERTS, source=source)
    taken = {policy.id for policy in base.policies} | changed.keys()
    for grant in draft.grants:
        if _is_complete(grant):
            identifier = _free(f"{grant.party}-{grant.verb}", taken)
            taken.add(identifier)
            changed[identifier] = PolicyChange(
                file=f"{grant.party}.cedar", source=cedar_of(_grant(identifier, grant))
            )
    return changed


def _is_complete(grant: DraftGrant) -> bool:
    return bool(grant.party and grant.verb and grant.clause)


def _grant(identifier: str, grant: DraftGrant) -> Grant:
    return Grant(
        id=identifier,
        clause=grant.clause,
        party=grant.party,
        verbs=(grant.verb,),
        roles=(grant.role,) if grant.role else (),
        own_unit=grant.own_unit,
        stages=(grant.stage,) if grant.stage else (),
    )


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number after it if somebody has it already."""
    wanted = name.replace("_", "-")
    number = 2
    while wanted in taken:
        wanted = f"{name.replace('_', '-')}-{number}"
        number += 1
    return wanted


def _unread(draft: Draft) -> Iterator[Problem]:
    for clause in draft.clauses:
        if clause.is_owed and clause.within_days and not clause.within_days.isdecimal():
            yield _problem(
                Said("第 {clause} 条的期限不是数字", {"clause": clause.number}),
                hint=Said("写天数，例如 15；没有期限的不填"),
            )
    for position, grant in enumerate(draft.grants, start=1):
        if grant != DraftGrant() and grant.party and not _is_complete(grant):
            yield _problem(
                Said(
                    "新的权利 {number} 没有选全：哪一方、做什么、依据哪一条", {"number": position}
                ),
                hint=Said("三样都选上；不要这一项的，把“哪一方”选回空"),
            )
    if draft.cedar.strip() and not policies_in(draft.cedar):
        yield _problem(
            Said("直接写的规则里没有一条带 @id 的完整规则"),
            hint=Said('每条规则以 @id("…") @clause("…") 开头，以分号结束'),
        )


def _problem(what: Said, *, hint: Said) -> Problem:
    return Problem(where=Where(), what=what, hint=hint)
