"""How the evaluated is heard: sent what was found, it objects; another answers; then it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.rules import Days
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.core.scoring.sheet import Mark, Sheet, problems_of
from gongzhi.core.terms import Points, Said
from gongzhi.core.working_days import Due, due_on
from gongzhi.cycle.actions.evaluations import keep_sheet, refuse_unknown, take
from gongzhi.cycle.actions.gaps import keep_gaps
from gongzhi.cycle.evaluated_facts import newest_sheet, sheet_of
from gongzhi.cycle.models import Evaluation, Objection
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.evaluation import load_evaluation

TOO_LATE = Said("提出异议的期限 {day} 已过")
STILL_HEARD = Said("被评价单位在 {day} 之前可以提出异议，之后再作结论")
NO_OUTCOME = Said("请选择采纳、部分采纳或者不采纳")
ALREADY_ANSWERED = Said("这条异议已经答复")
NO_OBJECTION = Said("没有这条异议")
NO_POINTS = Said("不采纳的异议不改分数")
POINTS_NEED_A_LINE = Said("对整体的异议不能改某一行的分数")


def send_evaluation(*, by: Member, evaluation: Evaluation, key: str | None = None) -> Evaluation:
    """Send an opened evaluation to whom it is about, to be heard."""
    with act(by, "send_evaluation", on=evaluation, key=key) as record:
        take(evaluation, "send_evaluation", by=by, record=record)
    return evaluation


def object_to_evaluation(
    *,
    by: Member,
    evaluation: Evaluation,
    line: str,
    reason: str,
    evidence: str = "",
    key: str | None = None,
) -> Objection:
    """Object to a line, or to the whole, while there is time; one objection for each point."""
    with act(by, "object_to_evaluation", on=evaluation, key=key) as record:
        refuse_unknown(line, evaluation=evaluation)
        until = heard_until(evaluation)
        if record.business_date > until.on:
            raise Unsuitable({"reason": Said(TOO_LATE.text, {"day": until.on.isoformat()})})
        take(evaluation, "object_to_evaluation", by=by, record=record, reason=reason)
        assert by.office is not None, "whoever objects stands in an office"
        objection = Objection.objects.create(
            evaluation=evaluation,
            line=line,
            text=reason.strip(),
            evidence=evidence.strip(),
            raised_by_id=by.office,
            raised_on=record.business_date,
        )
        record["objection"] = str(objection.pk)
    return objection


def acknowledge_evaluation(
    *, by: Member, evaluation: Evaluation, reason: str, key: str | None = None
) -> Evaluation:
    """Accept what an evaluation says, with what will be done about it and by when."""
    with act(by, "acknowledge_evaluation", on=evaluation, key=key) as record:
        take(evaluation, "acknowledge_evaluation", by=by, record=record, reason=reason)
    return evaluation


def answer_objection(
    *,
    by: Member,
    evaluation: Evaluation,
    objection: UUID,
    outcome: str,
    reason: str,
    points: Points | None = None,
    key: str | None = None,
) -> Objection:
    """Answer one objection, as another reviewer than who drew the sheet up.

    What is upheld may change the points of its line: the next version of the sheet says why.
    """
    with act(by, "answer_objection", on=evaluation, key=key) as record:
        row: Objection | None = evaluation.objections.filter(pk=objection).first()
        if row is None:
            raise Unsuitable({"objection": NO_OBJECTION})
        _refuse_unfit(row, outcome=outcome, reason=reason, points=points)
        assert by.office is not None, "whoever answers stands in an office"
        row.outcome, row.answer = outcome, reason.strip()
        row.answered_by_id, row.answered_on = by.office, record.business_date
        row.save(update_fields=["outcome", "answer", "answered_by", "answered_on"])
        record["objection"] = str(row.pk)
        record["outcome"] = outcome
        if points is not None:
            _change_points(row, by=by, points=points, record=record)
            keep_gaps(evaluation, today=record.business_date)
        take(evaluation, "answer_objection", by=by, record=record, reason=reason)
        if not evaluation.objections.filter(outcome="").exists():
            evaluation.stage = EvaluationStage.ANSWERED
            evaluation.save(update_fields=["stage"])
            record["stage"] = str(EvaluationStage.ANSWERED)
    return row


def conclude_evaluation(
    *, by: Member, evaluation: Evaluation, conclusion: str, key: str | None = None
) -> Evaluation:
    """Conclude on what is answered, or what nobody objected to in time; it is public from then."""
    with act(by, "conclude_evaluation", on=evaluation, key=key) as record:
        if evaluation.stage == EvaluationStage.SENT:
            until = heard_until(evaluation)
            if record.business_date <= until.on:
                raise Unsuitable({"reason": Said(STILL_HEARD.text, {"day": until.on.isoformat()})})
        sheet = newest_sheet(evaluation)
        assert sheet is not None, "what was handed in has a sheet"
        record["number"] = sheet.number
        if evaluation.label == "public":
            record["score"] = str(sheet.total)
        take(evaluation, "conclude_evaluation", by=by, record=record, reason=conclusion)
    return evaluation


def heard_until(evaluation: Evaluation) -> Due:
    """The last day on which the evaluated may object: working days from the day it was sent."""
    days = days_of(evaluation).object
    return due_on(since(evaluation), working_days=days, calendar=load_calendar())


def days_of(evaluation: Evaluation) -> Days:
    """The working days that the kind gives to each step, under the pack of its day."""
    kind = load_evaluation(evaluation.pack).kind(evaluation.kind)
    assert kind is not None, "the kind was known when the evaluation began"
    return kind.days


def since(evaluation: Evaluation, verbs: Sequence[str] = ("send_evaluation",)) -> date:
    """The day of the last of these steps; else the day on which it began."""
    done = [step.done_on for step in evaluation.steps.all() if step.verb in verbs]
    return max(done, default=evaluation.chosen_on)


def _refuse_unfit(
    objection: Objection, *, outcome: str, reason: str, points: Points | None
) -> None:
    if objection.outcome:
        raise Unsuitable({"reason": ALREADY_ANSWERED})
    if outcome not in Objection.Outcome.values:
        raise Unsuitable({"outcome": NO_OUTCOME})
    if not reason.strip():
        raise Unsuitable({"reason": NO_REASON})
    if points is not None and outcome == Objection.Outcome.DISMISSED:
        raise Unsuitable({"points": NO_POINTS})
    if points is not None and not objection.line:
        raise Unsuitable({"points": POINTS_NEED_A_LINE})


def _change_points(objection: Objection, *, by: Member, points: Points, record: Record) -> None:
    row = newest_sheet(objection.evaluation)
    assert row is not None, "what was handed in has a sheet"
    sheet = _with_mark(
        sheet_of(row), Mark(line=objection.line, points=points, reason=objection.answer)
    )
    problems = problems_of(sheet)
    if problems:
        raise Unsuitable({"points": problems[0].said})
    keep_sheet(objection.evaluation, sheet, by=by, record=record, because=objection.answer)


def _with_mark(sheet: Sheet, mark: Mark) -> Sheet:
    others = tuple(each for each in sheet.marks if each.line != mark.line)
    return replace(sheet, marks=(*others, mark))
