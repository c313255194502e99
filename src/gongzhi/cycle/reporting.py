"""What a report is made from, as far as its reader may see it; what was signed, as it was then."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import AWAITED, FALLEN_AWAY, EvaluationStage
from gongzhi.core.reporting import (
    Chapter,
    Drafted,
    GapFact,
    Heard,
    ReportFacts,
    ReportParty,
    ReportSheet,
    drafted,
)
from gongzhi.core.reporting.records import report_from_record
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.scoring.sheet import score_sheet
from gongzhi.core.terms import FiscalYear, Points, Said, Text
from gongzhi.cycle.declared import DECLARED
from gongzhi.cycle.evaluated_facts import facts_of, sheet_of
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import (
    Evaluation,
    GoalVersion,
    Objection,
    Project,
    Report,
    ReportVersion,
    WorkingPaper,
)
from gongzhi.cycle.panels import OpenSheet, Panel, panel_for
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a report is about: a project's year, or one evaluation of it."""

    project: Project
    year: FiscalYear
    evaluation: Evaluation | None = None


def subject_of(report: Report) -> Subject:
    """What a report is about."""
    return Subject(project=report.project, year=report.fiscal_year, evaluation=report.evaluation)


def report_for(member: Member, report: Report, *, today: date) -> Drafted:
    """The report as it was signed, else as the data have it for its reader today."""
    if report.record is not None:
        return report_from_record(report.record)
    return drafted(facts_for(member, subject_of(report), today=today))


def own_words(version: ReportVersion | None) -> dict[Chapter, str]:
    """People's own words by chapter."""
    texts = version.texts if version else {}
    return {chapter: texts[chapter.value] for chapter in Chapter if texts.get(chapter.value)}


def facts_for(member: Member, subject: Subject, *, today: date) -> ReportFacts:
    """All that a report is made from, as far as the member may see it."""
    project, year = subject.project, subject.year
    panel = panel_for(member, project, year=year)
    sheets = [each for each in panel.sheets if _is_in(each.evaluation, subject)]
    rows = [row for row in panel.evaluations if _is_in(row, subject) and not _has_fallen(row)]
    score, grade = _score(panel, sheets, subject=subject)
    version = panel.self_evaluation
    unit = project.unit
    return ReportFacts(
        project=project.name,
        code=project.code,
        unit=unit.name,
        department=unit.parent.name if unit.parent else "",
        year=year,
        goal=_goal(project, year=year),
        money=facts_of(project, year=year, today=today),
        self_total=panel.self_judged.total if panel.self_judged else None,
        self_explained=len(version.explained) if version else 0,
        parties=tuple(_parties(rows, sheets)),
        sheets=tuple(_sheets(member, sheets)),
        panel=panel.score if subject.evaluation is None else None,
        kinds={kind.code: kind.name for kind in load_evaluation(panel.pack).kinds},
        frame=sheet_of(sheets[0].row).frame if subject.evaluation and sheets else panel.frame,
        score=score,
        grade=grade,
        gaps=tuple(_gaps(panel)) if subject.evaluation is None else (),
        heard=tuple(_heard(member, rows)),
        awaited=sum(EvaluationStage(row.stage) in AWAITED for row in rows),
        pack=load_packs()[panel.pack].title,
    )


def _is_in(row: Evaluation, subject: Subject) -> bool:
    return subject.evaluation is None or row.pk == subject.evaluation.pk


def _has_fallen(row: Evaluation) -> bool:
    return EvaluationStage(row.stage) in FALLEN_AWAY


def _score(panel: Panel, sheets: list[OpenSheet], *, subject: Subject) -> tuple[Points | None, str]:
    """The one score of the panel, or the total of the one sheet; and its grade."""
    if subject.evaluation is not None:
        return (sheets[0].judged.total, sheets[0].row.grade) if sheets else (None, "")
    score = panel.score.score if panel.score else None
    return score, load_packs()[panel.pack].grade(score) if score is not None else ""


def _goal(project: Project, *, year: FiscalYear) -> str:
    version = (
        GoalVersion.objects.in_force().filter(project=project, fiscal_year=year).order_by("id")
    ).last()
    return goal_from_record(version.record).goal.text if version else ""


def _parties(rows: Iterable[Evaluation], sheets: Iterable[OpenSheet]) -> Iterator[ReportParty]:
    totals = {each.evaluation.pk: each.judged.total for each in sheets}
    for row in rows:
        kind = load_evaluation(row.pack).kind(row.kind)
        own = row.commissioner_id == row.evaluator_id
        yield ReportParty(
            name=row.evaluator.name,
            kind=kind.name if kind else Text(zh=row.kind, en=row.kind),
            commissioner="" if own else row.commissioner.name,
            because=row.chosen_because,
            stage=_in_chinese(row.get_stage_display),
            total=totals.get(row.pk),
            declared=tuple(
                (name, row.declared[code])
                for code, name in DECLARED.items()
                if row.declared.get(code) and row.pk in totals
            ),
        )


def _sheets(member: Member, sheets: Iterable[OpenSheet]) -> Iterator[ReportSheet]:
    for each in sheets:
        papers: dict[str, int] = {}
        filed = WorkingPaper.objects.visible_to(member).filter(evaluation=each.evaluation)
        for line in filed.values_list("line", flat=True):
            papers[line] = papers.get(line, 0) + 1
        sheet = sheet_of(each.row)
        yield ReportSheet(
            evaluator=each.evaluation.evaluator.name,
            frame=sheet.frame,
            score=score_sheet(sheet, pack=load_packs()[each.evaluation.pack]),
            papers=papers,
        )


def _gaps(panel: Panel) -> Iterator[GapFact]:
    if panel.score is None or panel.frame is None:
        return
    for gap in panel.score.gaps:
        line = panel.frame.line(gap.line)
        said = (each.text for each in panel.explanations if each.line == gap.line)
        explained = "；".join(said) if gap.line in panel.answered else ""
        yield GapFact(line=line.name if line else "", said=gap.said, explained=explained)


def _heard(member: Member, rows: Iterable[Evaluation]) -> Iterator[Heard]:
    by_key = {row.pk: row for row in rows}
    found = Objection.objects.visible_to(member).filter(evaluation__in=by_key)
    for each in found.order_by("id"):
        row = by_key[each.evaluation_id]
        line = frame_from_record(row.frame).line(each.line)
        yield Heard(
            evaluator=row.evaluator.name,
            line=line.name if line else "",
            text=each.text,
            raised_on=each.raised_on,
            outcome=_in_chinese(each.get_outcome_display) if each.outcome else None,
            answer=each.answer,
        )


def _in_chinese(display: Callable[[], object]) -> Said:
    """What a choice is called, as a sentence that can be said in both languages."""
    with override("zh-hans"):
        return Said(str(display()))
