"""Why not? What stands against a deed, found by asking the charter again with one thing changed.

Every sentence rests on Cedar's own answer: which of a permit's conditions fail is asked one by
one, and what would help (another stage, a second factor, a part adopted) is tried.
"""

import json
from dataclasses import dataclass, replace
from functools import lru_cache

from cedarpy import PolicySet

from gongzhi.core.charter.asking import Assurance, Member, Thing
from gongzhi.core.charter.charter import Charter, Policy, in_order, policy_set_of
from gongzhi.core.charter.deciding import (
    BROKEN,
    FORBIDDEN,
    Answer,
    applies,
    decide,
)
from gongzhi.core.charter.wording import LEVELS, condition_said
from gongzhi.core.terms import Said

NOT_IN_FORCE = Said("给予这项权利的章在本地尚未施行")
WRONG_STAGE = Said("现在的阶段还不能办，或者已经办过了")
NEEDS_FACTOR = Said("有岗位的人须用两重验证登录后才能办理")
NEEDS_LEVEL = "这一项要求本人{level}；在“我的账号”里可以提高"
NEEDS_FRESH = Said("这是重要办理，须重新验证身份")
CONDITIONS_KEPT = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that a permit asks for, and whether it holds now."""

    said: Said
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A permit that could allow the deed: by which clauses, for which party, if what holds."""

    clauses: tuple[str, ...]
    party: str
    is_own_party: bool
    is_in_force: bool
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> int:
        """How many things stand against it."""
        failing = sum(not condition.holds for condition in self.conditions)
        return failing + (not self.is_own_party) + (not self.is_in_force)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An answer with its true reason, what forbids, and the ways there are, the nearest first."""

    answer: Answer
    forbids: tuple[str, ...]
    ways: tuple[Way, ...]


@lru_cache(maxsize=CONDITIONS_KEPT)
def explained(charter: Charter, member: Member, verb: str, thing: Thing) -> Explanation:
    """Why the member may or may not do this, in all detail; told again from memory.

    Like an answer it depends on nothing but the question.
    """
    answer = reasoned(charter, member, verb, thing)
    is_forbidden = answer.reason in (FORBIDDEN, NEEDS_FACTOR, NEEDS_FRESH)
    forbids = answer.clauses if is_forbidden else ()
    permits = charter.permits.get(verb, ())
    ways = (_way(charter, policy, member, verb, thing) for policy in permits)
    return Explanation(
        answer=answer, forbids=forbids, ways=tuple(sorted(ways, key=lambda way: way.missing))
    )


def reasoned(charter: Charter, member: Member, verb: str, thing: Thing) -> Answer:
    """The charter's answer; a no gives the one thing that stands against the deed, if it is one."""
    answer = decide(charter, member, verb, thing)
    if answer.allowed or answer.reason == BROKEN:
        return answer
    assured = replace(member, second_factor=True, fresh=True)
    in_any_case = decide(charter, assured, verb, thing)
    if in_any_case:
        refreshed = decide(charter, replace(member, fresh=True), verb, thing)
        return replace(answer, reason=NEEDS_FRESH if refreshed else NEEDS_FACTOR)
    if level := _level_that_helps(charter, assured, verb, thing):
        return replace(in_any_case, reason=Said(NEEDS_LEVEL, {"level": LEVELS[level]}))
    if thing.stage is not None and any(
        decide(charter, assured, verb, replace(thing, stage=stage))
        for stage in _stages_asked_for(charter, verb)
    ):
        return replace(in_any_case, reason=WRONG_STAGE)
    if charter.whole is not None:
        awake = decide(charter.whole, assured, verb, thing)
        if awake:
            return Answer(allowed=False, clauses=awake.clauses, reason=NOT_IN_FORCE)
    return in_any_case


def _level_that_helps(
    charter: Charter, member: Member, verb: str, thing: Thing
) -> Assurance | None:
    """The lowest level of assurance with which the member could do it; None if none helps."""
    levels = list(Assurance)
    higher = levels[levels.index(member.assurance) + 1 :]
    return next(
        (each for each in higher if decide(charter, replace(member, assurance=each), verb, thing)),
        None,
    )


def _stages_asked_for(charter: Charter, verb: str) -> tuple[str, ...]:
    known = charter.texts.vocabulary
    kinds = known.verbs[verb]["on"] if verb in known.verbs else ()
    return tuple(stage for kind in kinds for stage in known.kinds[kind].get("stages", ()))


def _way(charter: Charter, policy: Policy, member: Member, verb: str, thing: Thing) -> Way:
    assert policy.party is not None, "a permit names its party"
    return Way(
        clauses=in_order(set(policy.clauses)),
        party=policy.party,
        is_own_party=policy.party in charter.groups_of(str(member.kind)),
        is_in_force=charter.is_awake(policy),
        conditions=tuple(
            Condition(
                said=condition_said(charter, condition),
                holds=_holds(charter, json.dumps(condition), member, verb, thing),
            )
            for condition in policy.conditions
        ),
    )


def _holds(charter: Charter, condition: str, member: Member, verb: str, thing: Thing) -> bool:
    """Whether Cedar finds a condition true of this member and thing; a failing one isn't."""
    return applies(_only(condition), charter, member, verb, thing)


@lru_cache(maxsize=CONDITIONS_KEPT)
def _only(condition: str) -> PolicySet:
    """A policy that asks for nothing but this condition."""
    body = {
        "effect": "permit",
        "principal": {"op": "All"},
        "action": {"op": "All"},
        "resource": {"op": "All"},
        "conditions": [{"kind": "when", "body": json.loads(condition)}],
    }
    return policy_set_of(
        [Policy(id="only", permits=True, clauses=(), verbs=frozenset(), body=body)]
    )
