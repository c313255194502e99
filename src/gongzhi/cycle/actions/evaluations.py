"""How an evaluation is chosen, accepted, handed in and opened together with its panel's others.

Which step may be taken when stands in core.evaluating.stages.TRANSITIONS. Nobody opens by hand
what was handed in: the last one of a panel that is in, or that falls away, opens all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.evaluating.rules import EvaluationKind
from gongzhi.core.evaluating.stages import AWAITED, EvaluationStage, step_to_take
from gongzhi.core.scoring.records import frame_as_record, frame_from_record, sheet_as_record
from gongzhi.core.scoring.sheet import Mark, Sheet, problems_of, score_sheet
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said, SaidValues
from gongzhi.core.working_days import due_on
from gongzhi.cycle.actions.gaps import keep_gaps
from gongzhi.cycle.candidates import known_obstacles
from gongzhi.cycle.declared import stated_in
from gongzhi.cycle.evaluated_facts import computed_for, newest_sheet, sheet_of
from gongzhi.cycle.follow_ups import follow_up_due
from gongzhi.cycle.models import Aim, Evaluation, EvaluationStep, Project, ScoreSheet, WorkingPaper
from gongzhi.desk.actions.attachments import attach_file
from gongzhi.desk.models import Attachment
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation

NO_KIND = Said("这类评价不能由这一方开展")
TWICE = Said("这一方对这个项目这一年的同类评价已经在办")
TOO_EARLY = Said("后评价在完成 {years} 年以后，{day} 起可以选定")
NO_END = Said("项目没有写明完成日期，不能安排后评价")
NOT_FREE = Said("{why}（依据：{clause}）")
NOT_INDEPENDENT = Said("请声明与被评价单位没有利害关系，或者谢绝评价")
NO_TEXT = Said("请写明看了什么、看到什么")
NO_LINE = Said("评价指标体系中没有这一行")
NO_SHEET = Said("评分表还没有填")
CHANGED_MEANWHILE = Said("评分表在您编辑时已经有第 {number} 版，请先看过再改")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is evaluated, for which year, as which kind, by whom, under which pack, and why.

    A project; or, without one, an organisation as a `whole`, or a policy that it leads: an `aim`.
    """

    project: Project | None
    fiscal_year: FiscalYear
    kind: str
    evaluator: Organisation
    pack: str
    because: str
    whole: Organisation | None = None
    aim: Aim | None = None

    @property
    def evaluated(self) -> Organisation:
        """The unit of the project, or the organisation itself."""
        evaluated = self.project.unit if self.project else self.whole
        assert evaluated is not None, "something is evaluated"
        return evaluated


def choose_evaluation(
    *, by: Member, assignment: Assignment, commissioner: Organisation, key: str | None = None
) -> Evaluation:
    """Choose a project for evaluation and assign it; raises Unsuitable where that can't be."""
    evaluation = _to_be(assignment, commissioner=commissioner)
    with act(by, "choose_evaluation", on=evaluation.thing(), key=key) as record:
        kind = _fitting(assignment, today=record.business_date)
        _keep_new(evaluation, kind=kind, record=record)
        note(evaluation, "choose_evaluation", by=by, record=record, reason=assignment.because)
    return evaluation


def start_evaluation(
    *,
    by: Member,
    assignment: Assignment,
    independence: str,
    declared: Mapping[str, str],
    key: str | None = None,
) -> Evaluation:
    """Begin an evaluation of one's own accord, independence declared with it."""
    evaluation = _to_be(assignment, commissioner=assignment.evaluator)
    with act(by, "start_evaluation", on=evaluation.thing(), key=key) as record:
        kind = _fitting(assignment, today=record.business_date)
        _independent(independence)
        evaluation.stage = EvaluationStage.ACCEPTED
        evaluation.declared = {**stated_in(declared), "independence": independence.strip()}
        _keep_new(evaluation, kind=kind, record=record)
        note(evaluation, "start_evaluation", by=by, record=record, reason=assignment.because)
    return evaluation


def accept_assignment(
    *,
    by: Member,
    evaluation: Evaluation,
    independence: str,
    declared: Mapping[str, str],
    key: str | None = None,
) -> Evaluation:
    """Take an evaluation on, with the declaration that one is independent of whom it is about."""
    with act(by, "accept_assignment", on=evaluation, key=key) as record:
        _independent(independence)
        refuse_obstacles(evaluation, today=record.business_date)
        evaluation.declared = {**stated_in(declared), "independence": independence.strip()}
        evaluation.save(update_fields=["declared"])
        take(evaluation, "accept_assignment", by=by, record=record)
        record.private("declared", digest(canonical(evaluation.declared)))
    return evaluation


def decline_assignment(
    *, by: Member, evaluation: Evaluation, reason: str, key: str | None = None
) -> Evaluation:
    """Not take an evaluation on, for a reason."""
    with act(by, "decline_assignment", on=evaluation, key=key) as record:
        take(evaluation, "decline_assignment", by=by, record=record, reason=reason)
        record.then(lambda: _open_if_all_in(evaluation, today=record.business_date))
    return evaluation


def withdraw_evaluation(
    *, by: Member, evaluation: Evaluation, reason: str, key: str | None = None
) -> Evaluation:
    """Take back an evaluation that isn't open yet, as who commissioned it."""
    with act(by, "withdraw_evaluation", on=evaluation, key=key) as record:
        take(evaluation, "withdraw_evaluation", by=by, record=record, reason=reason)
        record.then(lambda: _open_if_all_in(evaluation, today=record.business_date))
    return evaluation


def draft_sheet(
    *,
    by: Member,
    evaluation: Evaluation,
    marks: tuple[Mark, ...],
    seen: int,
    key: str | None = None,
) -> ScoreSheet:
    """Keep the marks as the sheet's next version, beside what facts give today.

    seen is the version that the marks were changed from, 0 for none: who would write over a later
    one is told so.
    """
    with act(by, "draft_sheet", on=evaluation, key=key) as record:
        newest = newest_sheet(evaluation)
        number = newest.number if newest else 0
        if number != seen:
            raise Unsuitable({"seen": Said(CHANGED_MEANWHILE.text, {"number": number})})
        frame = frame_from_record(evaluation.frame)
        computed = computed_for(evaluation, today=record.business_date)
        sheet = Sheet(frame=frame, marks=marks, computed=computed)
        return keep_sheet(evaluation, sheet, by=by, record=record)


def file_working_paper(
    *,
    by: Member,
    evaluation: Evaluation,
    line: str,
    text: str,
    source: str = "",
    file: ScreenedFile | None = None,
    label: str = Attachment.Label.PUBLIC,
    key: str | None = None,
) -> WorkingPaper:
    """Keep what was looked at for a line, or for the whole, and what it shows; a file beside it.

    Whoever may read the paper may open the file, if its class lets them.
    """
    with act(by, "file_working_paper", on=evaluation, key=key) as record:
        refuse_unknown(line, evaluation=evaluation)
        if not text.strip():
            raise Unsuitable({"text": NO_TEXT})
        assert by.person is not None, "whoever files stands in an office"
        paper = WorkingPaper.objects.create(
            evaluation=evaluation,
            line=line,
            text=text.strip(),
            source=source.strip(),
            filed_by_id=by.person,
            filed_on=record.business_date,
        )
        record["paper"] = str(paper.pk)
        record.private("text", paper.text)
        if file is not None:
            attach_file(by=by, to=paper, file=file, label=label)
    return paper


def hand_in_evaluation(
    *,
    by: Member,
    evaluation: Evaluation,
    declared: Mapping[str, str],
    key: str | None = None,
) -> Evaluation:
    """Sign the sheet and hand it in; it stays closed until all of its panel are in."""
    with act(by, "hand_in_evaluation", on=evaluation, key=key) as record:
        row = newest_sheet(evaluation)
        if row is None:
            raise Unsuitable({"sheet": NO_SHEET})
        sheet = sheet_of(row)
        problems = problems_of(sheet)
        if problems:
            raise Unsuitable({f"mark-{each.line}": each.said for each in problems})
        evaluation.declared = {**evaluation.declared, **stated_in(declared)}
        evaluation.save(update_fields=["declared"])
        record["number"] = row.number
        record.private("record", digest(canonical(row.record)))
        take(evaluation, "hand_in_evaluation", by=by, record=record)
        record.then(lambda: _open_if_all_in(evaluation, today=record.business_date))
    return evaluation


def open_evaluations(*, by: Member, evaluation: Evaluation, key: str | None = None) -> Evaluation:
    """Open what was handed in, together with all others of its panel that are in."""
    with act(by, "open_evaluations", on=evaluation, key=key) as record:
        take(evaluation, "open_evaluations", by=by, record=record)
    return evaluation


# ── shared with the hearing of the evaluated ──


def refuse_unknown(line: str, *, evaluation: Evaluation) -> None:
    """Raise Unsuitable for a line that the frame doesn't have; none at all is the whole."""
    if line and frame_from_record(evaluation.frame).line(line) is None:
        raise Unsuitable({"line": NO_LINE})


def take(
    evaluation: Evaluation, verb: str, *, by: Member, record: Record, reason: str = ""
) -> None:
    """Take a step that the stages know; raises Unsuitable where it isn't one now."""
    step = step_to_take(EvaluationStage(evaluation.stage), verb, reason=reason)
    if isinstance(step, Said):
        raise Unsuitable({"reason": step})
    evaluation.stage = step.to
    evaluation.save(update_fields=["stage"])
    record["stage"] = str(step.to)
    note(evaluation, verb, by=by, record=record, reason=reason)


def note(
    evaluation: Evaluation, verb: str, *, by: Member, record: Record, reason: str = ""
) -> None:
    """Add a step; the log gets of the reason only its promise."""
    said = reason.strip()
    EvaluationStep.objects.create(
        evaluation=evaluation,
        verb=verb,
        reason=said,
        office_id=by.office,
        done_on=record.business_date,
    )
    if said:
        record.private("reason", said)


def keep_sheet(
    evaluation: Evaluation, sheet: Sheet, *, by: Member, record: Record, because: str = ""
) -> ScoreSheet:
    """Keep a sheet as the next version; the log promises it and says nothing of the points."""
    assert by.person is not None, "whoever drafts stands in an office"
    score = score_sheet(sheet, pack=load_packs()[evaluation.pack])
    last = evaluation.sheets.aggregate(last=Max("number"))["last"] or 0
    made = ScoreSheet.objects.create(
        evaluation=evaluation,
        number=last + 1,
        record=sheet_as_record(sheet),
        total=score.total,
        grade=score.grade or "",
        because=because,
        drafted_by_id=by.person,
        drafted_on=record.business_date,
    )
    record["number"] = made.number
    record.private("record", digest(canonical(made.record)))
    return made


def _to_be(assignment: Assignment, *, commissioner: Organisation) -> Evaluation:
    project = assignment.project
    return Evaluation(
        project=project,
        aim=assignment.aim,
        evaluated=assignment.evaluated,
        fiscal_year=assignment.fiscal_year,
        kind=assignment.kind,
        evaluator=assignment.evaluator,
        commissioner=commissioner,
        label=project.label if project else "public",
        pack=assignment.pack,
        chosen_because=assignment.because.strip(),
    )


def _fitting(assignment: Assignment, *, today: date) -> EvaluationKind:
    """The kind, if the evaluator may do it by a frame; raises Unsuitable otherwise."""
    kind = load_evaluation(assignment.pack).kind(assignment.kind)
    if kind is None or not kind.frame or assignment.evaluator.kind not in kind.parties:
        raise Unsuitable({"kind": NO_KIND})
    if not assignment.because.strip():
        raise Unsuitable({"because": NO_REASON})
    _refuse_too_early(assignment, kind=kind, today=today)
    evaluation = _to_be(assignment, commissioner=assignment.evaluator)
    if kind.scope is not evaluation.scope:
        raise Unsuitable({"kind": NO_KIND})
    refuse_obstacles(evaluation, today=today)
    return kind


def _refuse_too_early(assignment: Assignment, *, kind: EvaluationKind, today: date) -> None:
    """Raise Unsuitable for a follow-up of what isn't over long enough, or nobody knows when."""
    if not kind.after_years or assignment.project is None:
        return
    due = follow_up_due(assignment.project, after_years=kind.after_years)
    if due is None:
        raise Unsuitable({"kind": NO_END})
    if today < due:
        values: SaidValues = {"years": kind.after_years, "day": due.isoformat()}
        raise Unsuitable({"kind": Said(TOO_EARLY.text, values)})


def refuse_obstacles(evaluation: Evaluation, *, today: date) -> None:
    """Raise Unsuitable where something that is known stands against the evaluator's independence.

    What the pack only warns of is told on the pages and keeps nobody from it.
    """
    stand = [each for each in known_obstacles(evaluation, today=today) if not each.only_warns]
    if stand:
        values: SaidValues = {"why": stand[0].said, "clause": stand[0].clause}
        raise Unsuitable({"evaluator": Said(NOT_FREE.text, values)})


def _keep_new(evaluation: Evaluation, *, kind: EvaluationKind, record: Record) -> None:
    """Keep an evaluation that nobody does yet, due by the days of its kind."""
    rules = load_evaluation(evaluation.pack)
    _lock_panel(evaluation)
    same = Evaluation.objects.of_panel(evaluation).that_stand()
    if same.filter(kind=evaluation.kind, evaluator=evaluation.evaluator_id).exists():
        raise Unsuitable({"evaluator": TWICE})
    frame = rules.frame_of(kind.code)
    assert frame is not None, "a kind with a frame was asked for"
    days = kind.days.hand_in
    due = due_on(record.business_date, working_days=days, calendar=load_calendar())
    evaluation.frame = frame_as_record(frame)
    evaluation.chosen_on = record.business_date
    evaluation.due_on = due.on
    evaluation.save()
    record["evaluation"] = str(evaluation.pk)
    if evaluation.project_id is not None:
        record["project"] = str(evaluation.project_id)
    else:
        record["evaluated"] = str(evaluation.evaluated_id)
    if evaluation.aim is not None:
        record["aim"] = evaluation.aim.code
    record["fiscal_year"] = evaluation.fiscal_year
    record["kind"] = evaluation.kind
    record["organisation"] = str(evaluation.evaluator_id)


def _lock_panel(evaluation: Evaluation) -> None:
    """Wait for whoever changes the same panel: by its project, or the organisation as a whole."""
    if evaluation.project_id is not None:
        list(Project.objects.select_for_update().filter(pk=evaluation.project_id))
    else:
        list(Organisation.objects.select_for_update().filter(pk=evaluation.evaluated_id))


def _independent(independence: str) -> None:
    if not independence.strip():
        raise Unsuitable({"independence": NOT_INDEPENDENT})


def _open_if_all_in(evaluation: Evaluation, *, today: date) -> None:
    """Open the panel once nobody is awaited any more."""
    _lock_panel(evaluation)
    panel = Evaluation.objects.of_panel(evaluation)
    if panel.filter(stage__in=[*map(str, AWAITED)]).exists():
        return
    for each in panel.filter(stage=EvaluationStage.HANDED_IN).order_by("id"):
        open_evaluations(by=SYSTEM, evaluation=each)
    keep_gaps(evaluation, today=today)
    evaluation.refresh_from_db(fields=["stage", "gaps", "gaps_since"])
