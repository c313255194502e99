"""What may be chosen, and who might evaluate it, with the ties that the platform knows of.

What it knows: who stands over whom, conflicts that an outside party's people declared, payments of
the evaluated to it, what it evaluated before. A civil servant's conflict is that person's own: the
charter keeps them from judging, not the whole office.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Thing
from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.independence import (
    OUTSIDE,
    Candidate,
    EvaluatedThing,
    Obstacle,
    obstacles,
)
from gongzhi.core.evaluating.rules import EvaluationKind, EvaluationRules
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import Evaluation, Payment, Project
from gongzhi.parties.models import Conflict, Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.rules.packs.evaluation import load_evaluation

DEPTH_MAX = 8  # of organisations over one another


def evaluated_thing(
    project: Project | None, evaluated: Organisation, *, year: FiscalYear
) -> EvaluatedThing:
    """A project, or an organisation as a whole, as something that is evaluated."""
    return EvaluatedThing(
        code=project.code if project else evaluated.code,
        unit=evaluated.code,
        above=_above([evaluated])[evaluated.pk],
        year=year,
    )


def choice_to_be(
    evaluated: Organisation, *, commissioner: UUID | str, project: Project | None = None
) -> Thing:
    """An evaluation that somebody could choose, as the charter is asked about it: nobody's yet."""
    row = Evaluation(
        project=project,
        evaluated=evaluated,
        commissioner_id=commissioner,
        stage=Evaluation.Stage.ASSIGNED,
        label=project.label if project else "public",
    )
    return replace(row.thing(), owner=NOBODY)


def obstacles_of(
    organisations: Iterable[Organisation],
    *,
    project: Project | None,
    evaluated: Organisation,
    year: FiscalYear,
    kind: EvaluationKind,
    rules: EvaluationRules,
    today: date,
) -> Mapping[UUID, tuple[Obstacle, ...]]:
    """What stands in the way of each, as far as the platform knows."""
    thing = evaluated_thing(project, evaluated, year=year)
    chosen = list(organisations)
    found = candidates(chosen, project=project, evaluated=evaluated, today=today)
    return {
        each.pk: obstacles(found[each.pk], thing=thing, kind=kind, rules=rules) for each in chosen
    }


def known_obstacles(evaluation: Evaluation, *, today: date) -> tuple[Obstacle, ...]:
    """What stands in the way of an evaluation's evaluator, other than the evaluation itself."""
    rules = load_evaluation(evaluation.pack)
    kind = rules.kind(evaluation.kind)
    if kind is None:
        return ()
    found = obstacles_of(
        [evaluation.evaluator],
        project=evaluation.project,
        evaluated=evaluation.evaluated,
        year=evaluation.fiscal_year,
        kind=kind,
        rules=rules,
        today=today,
    )
    return found[evaluation.evaluator_id]


def candidates(
    organisations: Iterable[Organisation],
    *,
    project: Project | None,
    evaluated: Organisation,
    today: date,
) -> Mapping[UUID, Candidate]:
    """Organisations with their ties to a thing, in as many queries for many as for one."""
    chosen = list(organisations)
    above = _above(chosen)
    conflicts = _conflicts(chosen, project=project, evaluated=evaluated, today=today)
    paid = _paid_by(chosen, evaluated=evaluated)
    before = _evaluated_before(chosen, project=project, evaluated=evaluated)
    return {
        each.pk: Candidate(
            code=each.code,
            party=PartyKind(each.kind),
            above=above[each.pk],
            conflicts=conflicts.get(each.pk, frozenset()),
            paid_by=frozenset({evaluated.code} if each.code in paid else ()),
            evaluated=before.get(each.pk, frozenset()),
        )
        for each in chosen
    }


def _above(organisations: Iterable[Organisation]) -> Mapping[UUID, tuple[str, ...]]:
    """The codes of those over each, the nearest first."""
    known: dict[UUID, Organisation] = {each.pk: each for each in organisations}
    chosen = list(known)
    wanted = {each.parent_id for each in known.values()}
    for _ in range(DEPTH_MAX):
        more = Organisation.objects.in_bulk(filter(None, wanted - known.keys()))
        known |= more
        wanted = {each.parent_id for each in more.values()}
    return {pk: tuple(_codes_over(known[pk], known)) for pk in chosen}


def _codes_over(organisation: Organisation, known: Mapping[UUID, Organisation]) -> list[str]:
    codes: list[str] = []
    over = known.get(organisation.parent_id) if organisation.parent_id else None
    while over is not None and len(codes) < DEPTH_MAX:
        codes.append(over.code)
        over = known.get(over.parent_id) if over.parent_id else None
    return codes


def _conflicts(
    organisations: list[Organisation],
    *,
    project: Project | None,
    evaluated: Organisation,
    today: date,
) -> Mapping[UUID, frozenset[str]]:
    """In which of the two an outside party's people declared an interest."""
    names = {f"organisation:{evaluated.pk}": evaluated.code}
    if project is not None:
        names[f"project:{project.pk}"] = project.code
    outside = [each.pk for each in organisations if each.kind in map(str, OUTSIDE)]
    rows = Conflict.objects.in_force(on=today).filter(about__in=names, organisation__in=outside)
    return _gathered((of, names[about]) for of, about in rows.values_list("organisation", "about"))


def _paid_by(organisations: list[Organisation], *, evaluated: Organisation) -> frozenset[str]:
    """The codes of those to whom the evaluated paid something, by their credit code."""
    codes = [each.code for each in organisations]
    payments = Payment.objects.filter(unit=evaluated, payee_id__in=codes)
    return frozenset(payments.values_list("payee_id", flat=True))


def _evaluated_before(
    organisations: list[Organisation], *, project: Project | None, evaluated: Organisation
) -> Mapping[UUID, frozenset[tuple[str, FiscalYear]]]:
    code = project.code if project else evaluated.code
    rows = Evaluation.objects.filter(project=project, evaluated=evaluated)
    mine = rows.filter(evaluator__in=[each.pk for each in organisations])
    past = mine.that_stand().values_list("evaluator", "fiscal_year")
    return _gathered((of, (code, year)) for of, year in past)


def _gathered(pairs: Iterable[tuple[UUID, Any]]) -> Mapping[UUID, frozenset[Any]]:
    found: dict[UUID, frozenset[Any]] = {}
    for of, what in pairs:
        found[of] = found.get(of, frozenset()) | {what}
    return found
