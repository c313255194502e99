"""Whose word makes the one score: evaluators by their sheets, a unit by its form, citizens' mean.

A panel that is shown and the judgements by which next year's money goes have the same parties.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from gongzhi.core.evaluating.citizens import Heard
from gongzhi.core.scoring.panel import Judged, PanelRules
from gongzhi.core.scoring.points import NOTHING
from gongzhi.core.scoring.scorecard import score_form
from gongzhi.core.terms import Points
from gongzhi.cycle.citizens import CITIZEN
from gongzhi.cycle.models import Evaluation, FormVersion, ScoreSheet, WholeForm
from gongzhi.papers.record import form_from_record
from gongzhi.rules.packs import PACKS, load_packs

SELF, WHOLE_SELF = "self", "department_wide_self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who judged, by which row: a sheet of an evaluation, the unit's own form, or by none.

    citizens: how many of them, where it is their mean.
    """

    judged: Judged
    sheet: UUID | None = None
    evaluation: UUID | None = None
    form: UUID | None = None
    citizens: int = 0


def parties_of(
    sheets: Iterable[Party], *, own: Party | None, heard: Heard | None, rules: PanelRules
) -> tuple[Party, ...]:
    """All whose word makes the one score.

    A sheet whose kind weighs nothing, such as a re-check's, stands beside; citizens join once they
    are enough, and no single one of them stands out.
    """
    weighing = (each for each in sheets if rules.weights.get(each.judged.kind, NOTHING) > 0)
    together = None
    if heard is not None and heard.counts and heard.mean is not None:
        together = by_citizens(heard.mean, count=heard.count)
    others = (own, together)
    return (*weighing, *(each for each in others if each is not None))


def by_sheet(
    evaluation: Evaluation, row: ScoreSheet, given: Mapping[str, Points | None]
) -> Party | None:
    """What an evaluation came to by one of its sheets; None where a line of it is open."""
    points = {line: each for line, each in given.items() if each is not None}
    if not points or len(points) < len(given):
        return None
    judged = Judged(
        kind=evaluation.kind,
        evaluator=str(evaluation.evaluator_id),
        total=sum(points.values(), start=NOTHING),
        points=points,
    )
    return Party(judged=judged, sheet=row.pk, evaluation=evaluation.pk)


def by_form(form: FormVersion | WholeForm | None, *, pack: str) -> Party | None:
    """What the unit's own form earns; None where its points are open."""
    if form is None:
        return None
    if isinstance(form, WholeForm):
        kind, unit, record = WHOLE_SELF, form.organisation_id, form.record["form"]
    else:
        kind, unit, record = SELF, form.project.unit_id, form.record
    known = form.pack if form.pack in PACKS else pack
    total = score_form(form_from_record(record), pack=load_packs()[known]).total.points
    if total is None:
        return None
    return Party(judged=Judged(kind=kind, evaluator=str(unit), total=total), form=form.pk)


def by_citizens(mean: Points, *, count: int) -> Party:
    """What so many citizens gave on average."""
    return Party(judged=Judged(kind=CITIZEN, evaluator="", total=mean), citizens=count)
