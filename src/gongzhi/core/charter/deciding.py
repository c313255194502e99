"""Whether a member may do something with a thing, and by which clauses."""

from dataclasses import dataclass
from functools import lru_cache

from cedarpy import AuthzResult, PolicySet, is_authorized, is_authorized_batch

from gongzhi.core.charter.asking import Member, Thing
from gongzhi.core.charter.charter import Charter, cut_to_verb, in_order
from gongzhi.core.charter.entities import is_whole, known_with, request_for
from gongzhi.core.terms import Said

# A page asks some thirty questions; the answers to thousands of pages fit into a few megabytes.
ANSWERS_KEPT = 8192
RULES_KEPT = 1024  # the rules on each verb, for some versions of the charter

PERMITTED = Said("规则准许")
FORBIDDEN = Said("规则明文禁止")
NOT_GRANTED = Said("规则没有把这项权利授予您现在的身份")
BROKEN = Said("规则执行出错，按不准许处理")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the charter says to a question: by which clauses, and who could do it instead."""

    allowed: bool
    clauses: tuple[str, ...]
    reason: Said
    roles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


class Refused(Exception):
    """A deed that the charter doesn't allow: by which clauses, why, with what, and whom to ask."""

    def __init__(
        self,
        *,
        clauses: tuple[str, ...],
        verb: str = "",
        reason: Said = NOT_GRANTED,
        whom_to_ask: Said | None = None,
        thing: Thing | None = None,
    ) -> None:
        super().__init__(f"{verb} ({', '.join(clauses)})")
        self.clauses = clauses
        self.verb = verb
        self.reason = reason
        self.whom_to_ask = whom_to_ask
        self.thing = thing


def decide(charter: Charter, member: Member, verb: str, thing: Thing) -> Answer:
    """The charter's answer to a question."""
    return decide_all(charter, member, ((verb, thing),))[0]


@lru_cache(maxsize=ANSWERS_KEPT)
def decide_all(
    charter: Charter, member: Member, questions: tuple[tuple[str, Thing], ...]
) -> tuple[Answer, ...]:
    """The answers to all the questions of a page; equal ones are answered from memory.

    Everything that a right depends on is an attribute of the question: a right that was taken
    away makes another question, never a stale answer.
    """
    things = {thing for _, thing in questions}
    if len(things) > len({thing.name for thing in things}):  # things to be made share a name
        return tuple(decide_all(charter, member, (question,))[0] for question in questions)
    whole = {thing for thing in things if is_whole(charter, thing)}
    known = known_with(charter, member, tuple(whole))
    answers = [_denial(charter, verb, reason=BROKEN) for verb, _ in questions]
    if known is None:
        return tuple(answers)
    places: dict[str, list[int]] = {}
    for place, (verb, thing) in enumerate(questions):
        if thing in whole and _is_on(charter, verb, thing):
            places.setdefault(verb, []).append(place)
    for verb, asked in places.items():
        requests = [request_for(member, verb, questions[place][1]) for place in asked]
        results = is_authorized_batch(requests, rules_on(charter, verb), known)
        for place, result in zip(asked, results, strict=True):
            answers[place] = _answer(charter, verb, result)
    return tuple(answers)


def _is_on(charter: Charter, verb: str, thing: Thing) -> bool:
    """Whether a verb is one that is done with such a thing; an unknown one nobody may do."""
    verbs = charter.texts.vocabulary.verbs
    return verb not in verbs or thing.kind in verbs[verb]["on"]


@lru_cache(maxsize=RULES_KEPT)
def rules_on(charter: Charter, verb: str) -> PolicySet:
    """The rules in force on a verb: no other can match, and each costs a microsecond to try."""
    awake = (policy for policy in charter.policies if charter.is_awake(policy))
    return cut_to_verb(policy for policy in awake if verb in policy.verbs)


def applies(rules: PolicySet, charter: Charter, member: Member, verb: str, thing: Thing) -> bool:
    """Whether these rules, cut to the verb, permit it without any error."""
    known = known_with(charter, member, (thing,)) if is_whole(charter, thing) else None
    if known is None:
        return False
    result = is_authorized(request_for(member, verb, thing), rules, known)
    return bool(result.allowed) and not result.diagnostics.errors


def _answer(charter: Charter, verb: str, result: AuthzResult) -> Answer:
    """A policy whose condition fails is skipped by Cedar, forbids too: any error denies."""
    if result.diagnostics.errors:
        return _denial(charter, verb, reason=BROKEN)
    cited = _cited(charter, frozenset(result.diagnostics.id_annotations_by_reason.values()))
    if result.allowed:
        return Answer(allowed=True, clauses=cited, reason=PERMITTED)
    if cited:
        return _denial(charter, verb, reason=FORBIDDEN, clauses=cited)
    return _denial(charter, verb, reason=NOT_GRANTED)


def _denial(
    charter: Charter, verb: str, *, reason: Said, clauses: tuple[str, ...] | None = None
) -> Answer:
    """A no; where no policy matched it cites the clauses that would give the right."""
    granting, roles, parties = _whose(charter, verb)
    return Answer(
        allowed=False,
        clauses=granting if clauses is None else clauses,
        reason=reason,
        roles=roles,
        parties=parties,
    )


@lru_cache(maxsize=RULES_KEPT)
def _whose(charter: Charter, verb: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Whose right it is: by which clauses, in which roles, of which parties."""
    permits = charter.permits.get(verb, ())
    roles = sorted({role for policy in permits for role in policy.roles})
    parties = sorted({policy.party for policy in permits if policy.party})
    return charter.clauses_of(verb), tuple(roles), tuple(parties)


@lru_cache(maxsize=RULES_KEPT)
def _cited(charter: Charter, policies: frozenset[str]) -> tuple[str, ...]:
    """The clauses that policies cite."""
    return in_order({number for each in policies for number in charter.by_id[each].clauses})
