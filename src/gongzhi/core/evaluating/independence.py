"""Who may not evaluate a thing, and why: independence, ties, the same evaluator again.

Every obstacle names the clause it stands on: the charter's, which the pack names (nobody evaluates
themselves, who declared a conflict stands aside, nobody is paid by the evaluated), or the pack's
own rule of how many years must lie between.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.rules import EvaluationKind, EvaluationRules
from gongzhi.core.terms import FiscalYear, Said

OUTSIDE = (PartyKind.SOCIAL, PartyKind.ENTERPRISE, PartyKind.EVALUATOR, PartyKind.CITIZEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Who might evaluate, by code, with its ties.

    above are the organisations over it; conflicts the projects and organisations in which it
    declared an interest; paid_by those that paid it for something; evaluated the projects that it
    evaluated, with the fiscal year of each.
    """

    code: str
    party: PartyKind
    above: tuple[str, ...] = ()
    conflicts: frozenset[str] = frozenset()
    paid_by: frozenset[str] = frozenset()
    evaluated: frozenset[tuple[str, FiscalYear]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedThing:
    """What is evaluated: its code, the unit that answers for it, those over the unit, the year.

    code is the project's, or the organisation's own where it is evaluated as a whole.
    """

    code: str
    unit: str
    above: tuple[str, ...] = ()
    year: FiscalYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a candidate may not evaluate a thing, and by which rule or clause.

    only_warns: the pack's rules let it be chosen by hand all the same, and told.
    """

    code: str
    said: Said
    clause: str
    only_warns: bool = False


def obstacles(
    candidate: Candidate, *, thing: EvaluatedThing, kind: EvaluationKind, rules: EvaluationRules
) -> tuple[Obstacle, ...]:
    """Everything that stands in the way; nothing where the candidate may evaluate."""
    return (
        *_of_party(candidate, kind=kind, rules=rules),
        *_of_unit(candidate, thing=thing, kind=kind, rules=rules),
        *_of_ties(candidate, thing=thing, rules=rules),
        *_of_again(candidate, thing=thing, rules=rules),
    )


def why_not_reviewer(reviewer: str, *, worked: frozenset[str]) -> Said | None:
    """Why somebody may not answer an objection; worked are those who worked on the evaluation."""
    if reviewer in worked:
        return Said("参与过这次评价的人不能答复异议，请由另一人答复")
    return None


def _of_party(
    candidate: Candidate, *, kind: EvaluationKind, rules: EvaluationRules
) -> Iterator[Obstacle]:
    if candidate.party not in kind.parties:
        said = Said("这一类参与方不能承担这一类评价")
        yield Obstacle(code="party", said=said, clause=f"{rules.clause}/{kind.code}")


def _of_unit(
    candidate: Candidate, *, thing: EvaluatedThing, kind: EvaluationKind, rules: EvaluationRules
) -> Iterator[Obstacle]:
    """The unit itself, what stands under it, and its department where somebody outside is asked.

    A department may evaluate the projects of its units, but not as a third party; a kind without a
    frame is a self-evaluation, which is the unit's own.
    """
    if not kind.frame:
        return
    outside = set(kind.parties) <= set(OUTSIDE)
    if candidate.code in (thing.unit, thing.code):
        yield _by_clause("itself", said=Said("任何一方不得评价自己"), rules=rules)
    elif thing.unit in candidate.above:
        yield _by_clause("under", said=Said("是被评价单位的下属，不独立"), rules=rules)
    elif outside and set(thing.above) & {candidate.code, *candidate.above}:
        said = Said("是被评价单位的主管部门或者其下属，不能作为第三方")
        yield _by_clause("department", said=said, rules=rules)


def _of_ties(
    candidate: Candidate, *, thing: EvaluatedThing, rules: EvaluationRules
) -> Iterator[Obstacle]:
    if candidate.conflicts & {thing.code, thing.unit}:
        yield _by_clause("conflict", said=Said("已经申报利益冲突，应当回避"), rules=rules)
    if thing.unit in candidate.paid_by:
        yield _by_clause("paid", said=Said("接受过被评价单位的报酬，不独立"), rules=rules)


def _by_clause(code: str, *, said: Said, rules: EvaluationRules) -> Obstacle:
    own = rules.independence
    return Obstacle(code=code, said=said, clause=own.clauses[code], only_warns=code in own.warns)


def _of_again(
    candidate: Candidate, *, thing: EvaluatedThing, rules: EvaluationRules
) -> Iterator[Obstacle]:
    years = rules.independence.again_years
    since = thing.year - years
    past = [year for code, year in candidate.evaluated if code == thing.code]
    recent = [year for year in past if since <= year < thing.year]
    if recent:
        said = Said(
            "{year} 年度评价过同一对象，{years} 年内不重复评价",
            {"year": max(recent), "years": years},
        )
        warns = "again" in rules.independence.warns
        yield Obstacle(code="again", said=said, clause=rules.clause, only_warns=warns)
