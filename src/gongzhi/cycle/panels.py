"""A panel of a year: what each party came to, and the one score, as far as it is open.

Derived, never kept by hand: from sheets that lie open and from the published self-evaluation,
under the pack of the evaluations. A reader gets the panel of what that reader may see. What weighs
nothing in the score, such as a re-check, stands beside it and widens no gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.citizens import Heard
from gongzhi.core.evaluating.gaps import Explained, answered, asked_of
from gongzhi.core.evaluating.rules import EvaluationRules, Scope
from gongzhi.core.evaluating.stages import AWAITED, OPEN, EvaluationStage
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.panel import Gap, Judged, PanelScore, score_panel
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.terms import FiscalYear, FormType
from gongzhi.cycle.citizens import CITIZEN, heard_of
from gongzhi.cycle.evaluated_facts import points_of
from gongzhi.cycle.judged import Party, by_form, by_sheet, parties_of
from gongzhi.cycle.models import (
    Aim,
    Evaluation,
    FormVersion,
    GapExplanation,
    GoalVersion,
    Project,
    ScoreSheet,
    WholeForm,
)
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs import PACKS
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSheet:
    """A sheet that lies open to a reader, with the evaluation that it stands for.

    weighs: whether its kind has a part in the one score.
    """

    evaluation: Evaluation
    row: ScoreSheet
    party: Party
    weighs: bool

    @property
    def judged(self) -> Judged:
        """What it came to."""
        return self.party.judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """All of a panel: who is in it, what lies open, and the score of that.

    awaited: how many aren't in yet. frame is that of the newest evaluation. explanations are what
    was said of gaps, answered the lines of those that are answered by it.
    """

    pack: str
    frame: Frame | None
    evaluations: tuple[Evaluation, ...]
    sheets: tuple[OpenSheet, ...]
    self_evaluation: FormVersion | None
    whole_self: WholeForm | None
    self_judged: Judged | None
    score: PanelScore | None
    awaited: int
    explanations: tuple[GapExplanation, ...]
    answered: frozenset[str]
    citizens: Heard | None

    @property
    def unanswered(self) -> tuple[Gap, ...]:
        """The gaps that nobody has explained yet."""
        return self.score.unanswered(self.answered) if self.score else ()

    @property
    def counts(self) -> bool:
        """Whether the score may be used: there is one, and every gap was answered."""
        return self.score is not None and self.score.counts(self.answered)

    def asked_of(self, gap: Gap) -> tuple[Evaluation, ...]:
        """The evaluations whose evaluators have to explain a gap."""
        sides = asked_of(gap, able=_able(self.sheets))
        return tuple(each.evaluation for each in self.sheets if _side(each.judged) in sides)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """What a panel is made of, as far as a reader may see it."""

    evaluations: Any
    sheets: Any
    explanations: Any
    forms: Any
    wholes: Any


def panel_for(member: Member, project: Project, *, year: FiscalYear) -> Panel:
    """The panel of a project's year, as far as the member may see it."""
    rows = _readable(member)
    form = _self_evaluation(rows, project, year=year)
    mine = list(rows.evaluations.filter(project=project, fiscal_year=year).that_stand())
    pack = mine[-1].pack if mine else pack_for(project, year=year)
    return _panel(rows, mine, form=form, pack=pack, scope=Scope.PROJECT)


def panel_of_whole(
    member: Member, organisation: Organisation, *, year: FiscalYear, aim: Aim | None = None
) -> Panel:
    """The panel of an organisation as a whole, or of a policy that it leads, as far as seen."""
    rows = _readable(member)
    whole = rows.evaluations.filter(project=None, aim=aim, evaluated=organisation)
    mine = list(whole.filter(fiscal_year=year).that_stand())
    pack = mine[-1].pack if mine else USUAL
    scope = Scope.POLICY if aim else Scope.ORGANISATION
    own = None if aim else _whole_self(rows, organisation, year=year)
    return _panel(rows, mine, form=own, pack=pack, scope=scope)


def whole_panel(evaluation: Evaluation) -> Panel:
    """All of the panel that an evaluation belongs to, whoever asks: for deeds, not for readers."""
    rows = _Rows(
        evaluations=Evaluation.objects.with_facts().order_by("id"),
        sheets=ScoreSheet.objects.all(),
        explanations=GapExplanation.objects.all(),
        forms=FormVersion.objects.all(),
        wholes=WholeForm.objects.all(),
    )
    form = _own_form(rows, evaluation)
    mine = list(rows.evaluations.of_panel(evaluation).that_stand())
    pack = mine[-1].pack if mine else evaluation.pack
    return _panel(rows, mine, form=form, pack=pack, scope=evaluation.scope)


def pack_for(project: Project, *, year: FiscalYear) -> str:
    """The pack that a project is evaluated under: of its self-evaluation, else of its goals."""
    forms = FormVersion.objects.current().self_evaluations()
    goals = GoalVersion.objects.in_force()
    for rows in (forms, goals):
        mine = rows.filter(project=project, fiscal_year=year).order_by("-id")
        pack = mine.values_list("pack", flat=True).first()
        if pack in PACKS:
            return str(pack)
    return USUAL


def _readable(member: Member) -> _Rows:
    return _Rows(
        evaluations=Evaluation.objects.visible_to(member).with_facts().order_by("id"),
        sheets=ScoreSheet.objects.visible_to(member),
        explanations=GapExplanation.objects.visible_to(member),
        forms=FormVersion.objects.visible_to(member),
        wholes=WholeForm.objects.visible_to(member),
    )


def _panel(
    rows: _Rows,
    mine: list[Evaluation],
    *,
    form: FormVersion | WholeForm | None,
    pack: str,
    scope: Scope,
) -> Panel:
    rules = load_evaluation(pack)
    joining = rules.panel(scope)
    frame = frame_from_record(mine[-1].frame) if mine else None
    sheets = tuple(_open_sheets(rows, mine, rules=rules))
    own = by_form(form, pack=pack)
    of_project = form if isinstance(form, FormVersion) else None
    citizens = _citizens(mine, form=of_project, rules=rules) if scope is Scope.PROJECT else None
    parties = parties_of((each.party for each in sheets), own=own, heard=citizens, rules=joining)
    said = tuple(
        rows.explanations.filter(evaluation__in=[row.pk for row in mine]).select_related(
            "evaluation__evaluator", "office__organisation"
        )
    )
    score = None
    if frame and parties:
        score = score_panel([each.judged for each in parties], frame=frame, rules=joining)
    return Panel(
        pack=pack,
        frame=frame,
        evaluations=tuple(mine),
        sheets=sheets,
        self_evaluation=of_project,
        whole_self=form if isinstance(form, WholeForm) else None,
        self_judged=own.judged if own else None,
        score=score,
        awaited=sum(EvaluationStage(row.stage) in AWAITED for row in mine),
        explanations=said,
        answered=answered(
            score.gaps if score else (), [*map(_explained, said)], able=_able(sheets)
        ),
        citizens=citizens,
    )


def _citizens(
    mine: list[Evaluation], *, form: FormVersion | None, rules: EvaluationRules
) -> Heard | None:
    """What citizens gave the same project's year, together."""
    of: Any = mine[-1] if mine else form
    if of is None or of.project is None or rules.kind(CITIZEN) is None:
        return None
    return heard_of(of.project, year=of.fiscal_year, rules=rules)


def _side(judged: Judged) -> tuple[str, str]:
    return (judged.kind, judged.evaluator)


def _able(sheets: Iterable[OpenSheet]) -> frozenset[tuple[str, str]]:
    """Who can be asked about a gap: whoever evaluated with a part in the score."""
    return frozenset(_side(each.judged) for each in sheets if each.weighs)


def _explained(row: GapExplanation) -> Explained:
    return Explained(
        line=row.line,
        kind=row.evaluation.kind,
        evaluator=str(row.evaluation.evaluator_id),
        apart=row.apart,
        closes=row.closes,
    )


def _open_sheets(
    rows: _Rows, evaluations: Iterable[Evaluation], *, rules: EvaluationRules
) -> Iterable[OpenSheet]:
    is_open = {row.pk: row for row in evaluations if EvaluationStage(row.stage) in OPEN}
    sheets = rows.sheets.filter(evaluation__in=is_open)
    newest = sheets.order_by("evaluation_id", "-number").distinct("evaluation_id")
    for row, given in points_of(newest):
        evaluation = is_open[row.evaluation_id]
        party = by_sheet(evaluation, row, given)
        if party is not None:
            kind = rules.kind(evaluation.kind)
            weighs = kind is not None and kind.weight > 0
            yield OpenSheet(evaluation=evaluation, row=row, party=party, weighs=weighs)


def _self_evaluation(rows: _Rows, project: Project, *, year: FiscalYear) -> FormVersion | None:
    forms = rows.forms.current().self_evaluations().filter(project=project, fiscal_year=year)
    found: FormVersion | None = forms.with_facts().order_by("number").last()
    return found


def _whole_self(rows: _Rows, unit: Organisation, *, year: FiscalYear) -> WholeForm | None:
    form_type = FormType.SELF_EVALUATION_DEPARTMENT
    mine = rows.wholes.current().filter(organisation=unit, fiscal_year=year, form_type=form_type)
    found: WholeForm | None = mine.with_facts().first()
    return found


def _own_form(rows: _Rows, evaluation: Evaluation) -> FormVersion | WholeForm | None:
    """What the evaluated says of the same year itself; of a policy nobody does."""
    project, year = evaluation.project, evaluation.fiscal_year
    if project is not None:
        return _self_evaluation(rows, project, year=year)
    if evaluation.scope is Scope.ORGANISATION:
        return _whole_self(rows, evaluation.evaluated, year=year)
    return None
