"""A project's panel of a year: what each party came to, and the one score, as far as it is open.

Derived, never kept by hand: from sheets that lie open and from the published self-evaluation,
under the pack of the evaluations. A reader gets the panel of what that reader may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.evaluating.stages import AWAITED, OPEN, EvaluationStage
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.panel import Judged, PanelScore, score_panel
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.scoring.scorecard import score_form
from gongzhi.core.scoring.sheet import score_sheet
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.evaluated_facts import sheet_of
from gongzhi.cycle.models import Evaluation, FormVersion, GoalVersion, Project, ScoreSheet
from gongzhi.papers.record import form_from_record
from gongzhi.rules.packs import PACKS, load_packs
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL

SELF = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSheet:
    """A sheet that lies open to a reader, with the evaluation that it stands for."""

    evaluation: Evaluation
    row: ScoreSheet
    judged: Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All of a panel: who is in it, what lies open, and the score of that.

    awaited: how many aren't in yet. frame is that of the newest evaluation.
    """

    pack: str
    frame: Frame | None
    evaluations: tuple[Evaluation, ...]
    sheets: tuple[OpenSheet, ...]
    self_evaluation: FormVersion | None
    self_judged: Judged | None
    score: PanelScore | None
    awaited: int


def panel_for(member: Member, project: Project, *, year: FiscalYear) -> Panel:
    """The panel of a project's year, as far as the member may see it."""
    readable = Evaluation.objects.visible_to(member).filter(project=project, fiscal_year=year)
    rows = list(readable.with_facts().order_by("id"))
    pack = rows[-1].pack if rows else pack_for(project, year=year)
    frame = frame_from_record(rows[-1].frame) if rows else None
    sheets = tuple(_open_sheets(member, rows))
    form = _self_evaluation(member, project, year=year)
    self_judged = _judged_self(form, pack=pack) if form else None
    judged = [*(each.judged for each in sheets), *([self_judged] if self_judged else [])]
    rules = load_evaluation(pack).panel(Scope.PROJECT)
    return Panel(
        pack=pack,
        frame=frame,
        evaluations=tuple(rows),
        sheets=sheets,
        self_evaluation=form,
        self_judged=self_judged,
        score=score_panel(judged, frame=frame, rules=rules) if frame and judged else None,
        awaited=sum(EvaluationStage(row.stage) in AWAITED for row in rows),
    )


def pack_for(project: Project, *, year: FiscalYear) -> str:
    """The pack that a project is evaluated under: that of its form, else of its goals."""
    forms = FormVersion.objects.current().filter(project=project, fiscal_year=year)
    goals = GoalVersion.objects.in_force().filter(project=project, fiscal_year=year)
    for rows in (forms, goals):
        pack = rows.order_by("-id").values_list("pack", flat=True).first()
        if pack in PACKS:
            return str(pack)
    return USUAL


def _open_sheets(member: Member, rows: Iterable[Evaluation]) -> Iterable[OpenSheet]:
    is_open = {row.pk: row for row in rows if EvaluationStage(row.stage) in OPEN}
    sheets = ScoreSheet.objects.visible_to(member).filter(evaluation__in=is_open)
    for row in sheets.order_by("evaluation_id", "-number").distinct("evaluation_id"):
        evaluation = is_open[row.evaluation_id]
        score = score_sheet(sheet_of(row), pack=load_packs()[evaluation.pack])
        if score.total is None:
            continue
        points = {each.line.code: each.points for each in score.lines if each.points is not None}
        judged = Judged(
            kind=evaluation.kind,
            evaluator=str(evaluation.evaluator_id),
            total=score.total,
            points=points,
        )
        yield OpenSheet(evaluation=evaluation, row=row, judged=judged)


def _self_evaluation(member: Member, project: Project, *, year: FiscalYear) -> FormVersion | None:
    readable = FormVersion.objects.visible_to(member).current().self_evaluations()
    forms = readable.filter(project=project, fiscal_year=year).with_facts()
    found: FormVersion | None = forms.order_by("number").last()
    return found


def _judged_self(form: FormVersion, *, pack: str) -> Judged | None:
    """What the unit's own form earns; None where its points are open."""
    known = form.pack if form.pack in PACKS else pack
    total = score_form(form_from_record(form.record), pack=load_packs()[known]).total.points
    if total is None:
        return None
    return Judged(kind=SELF, evaluator=str(form.project.unit_id), total=total)
