"""What a letter may tell of: a concluded evaluation, the panel of a project's year, an audit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongzhi.core.evaluating.stages import FALLEN_AWAY, EvaluationStage
from gongzhi.core.rectifying.letters import LineFound, lines_found
from gongzhi.core.scoring.sheet import score_sheet
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.evaluated_facts import newest_sheet, sheet_of
from gongzhi.cycle.models import Evaluation, Feedback, Project
from gongzhi.cycle.panels import Panel, pack_for
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs import load_packs

# How the charter calls what a letter tells of before it goes out.
CONCLUDED, PENDING, AUDITED = "concluded", "pending", "audited"
TOLD_ON = date.min  # of a letter that hasn't gone out


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A letter to be: not kept yet, with the lines that lost points and the pack of its days."""

    letter: Feedback
    lines: tuple[LineFound, ...]
    pack: str
    stage: str


def told_of_evaluation(evaluation: Evaluation, *, sender: Organisation) -> Told:
    """What a letter about one evaluation tells: the sheet that stands at its conclusion."""
    row = newest_sheet(evaluation)
    score = score_sheet(sheet_of(row), pack=load_packs()[evaluation.pack]) if row else None
    letter = Feedback(
        source=Feedback.Source.EVALUATION,
        project=evaluation.project,
        evaluation=evaluation,
        unit=evaluation.evaluated,
        sender=sender,
        fiscal_year=evaluation.fiscal_year,
        score=score.total if score else None,
        grade=(score.grade or "") if score else "",
        label=evaluation.label,
        sent_on=TOLD_ON,
    )
    is_over = evaluation.stage == EvaluationStage.CONCLUDED
    return Told(
        letter=letter,
        lines=lines_found(score, evaluation=str(evaluation.pk)) if score else (),
        pack=evaluation.pack,
        stage=CONCLUDED if is_over else PENDING,
    )


def told_of_panel(
    panel: Panel, *, project: Project, year: FiscalYear, sender: Organisation
) -> Told:
    """What a letter about all evaluations of a project's year tells: the one score, every line.

    The panel is that of whoever sends it, who sees all of it once it is concluded. A score that
    doesn't count yet, for gaps that nobody explained, isn't told.
    """
    standing = [row for row in panel.evaluations if row.stage not in map(str, FALLEN_AWAY)]
    is_over = standing and all(row.stage == EvaluationStage.CONCLUDED for row in standing)
    score = panel.score.score if panel.score and panel.counts else None
    letter = Feedback(
        source=Feedback.Source.PANEL,
        project=project,
        unit=project.unit,
        sender=sender,
        fiscal_year=year,
        score=score,
        grade="" if score is None else load_packs()[panel.pack].grade(score) or "",
        label=project.label,
        sent_on=TOLD_ON,
    )
    lines = tuple(_lines_of(panel))
    return Told(
        letter=letter, lines=lines, pack=panel.pack, stage=CONCLUDED if is_over else PENDING
    )


def _lines_of(panel: Panel) -> Iterator[LineFound]:
    for each in panel.sheets:
        pack = load_packs()[each.evaluation.pack]
        score = score_sheet(sheet_of(each.row), pack=pack)
        yield from lines_found(score, evaluation=str(each.evaluation.pk))


def told_of_audit(
    project: Project, *, year: FiscalYear, sender: Organisation, document_number: str
) -> Told:
    """What a letter about a published audit result tells: all of it is in its words."""
    letter = Feedback(
        source=Feedback.Source.AUDIT,
        project=project,
        unit=project.unit,
        sender=sender,
        fiscal_year=year,
        document_number=document_number.strip(),
        label=project.label,
        sent_on=TOLD_ON,
    )
    return Told(letter=letter, lines=(), pack=pack_for(project, year=year), stage=AUDITED)
