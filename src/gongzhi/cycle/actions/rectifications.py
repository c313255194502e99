"""How a unit is told of a result, and how it puts right what the letter asks: clause 4.16.

Which step may be taken when stands in core.rectifying.stages.TRANSITIONS; the days come from the
clocks of the pack that the project falls under.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.rules import Clocks
from gongzhi.core.rectifying.letters import lines_as_record
from gongzhi.core.rectifying.plans import (
    Measure,
    faults_of_plan,
    faults_of_report,
    measures_as_record,
)
from gongzhi.core.rectifying.stages import RectificationStage, step_to_take
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on
from gongzhi.cycle.feedback_told import AUDITED, Told
from gongzhi.cycle.models import Feedback, Project, Rectification, RectificationStep
from gongzhi.desk.models import Attachment
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.monitoring import load_monitoring
from gongzhi.rules.packs.results import load_results

NO_WORDS = Said("请写明反馈的意见")
NO_DEMAND = Said("请写明要整改什么")
NO_FOUND = Said("请写明发现了什么问题")
NO_LINE = Said("评价中没有这一行，或者这一行没有扣分")
NO_DOCUMENT = Said("请写明已公布的审计结果的文号")
NOTHING_DEMANDED = Said("请写明至少一项要整改的问题")
TOLD_ALREADY = Said("这份结果已经反馈过")
NOT_LATER = Said("新的期限应晚于原来的期限 {day}")
NO_DAY = Said("请写明新的期限")
ORDERED_FROM_AUDIT = Said("审计查出的问题另用整改通知")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing that is to be put right: key names the line of the letter, "" the whole.

    found is what was found where no line says it; grave is asked only then.
    """

    key: str = ""
    demand: str
    found: str = ""
    grave: bool = False


def send_feedback(
    *,
    by: Member,
    told: Told,
    words: str,
    demands: Sequence[Demand] = (),
    document_number: str = "",
    key: str | None = None,
) -> Feedback:
    """Tell the evaluated unit of a concluded evaluation, or of all of a project's year."""
    letter = told.letter
    with act(by, "send_feedback", on=letter.thing(stage=told.stage), key=key) as record:
        if letter.source == Feedback.Source.AUDIT:
            raise Unsuitable({"words": ORDERED_FROM_AUDIT})
        letter.document_number = document_number.strip()
        _refuse_sent_twice(letter)
        _send(told, words=words, demands=demands, record=record)
    return letter


def order_rectification(
    *, by: Member, told: Told, words: str, demands: Sequence[Demand], key: str | None = None
) -> Feedback:
    """Ask a unit to put right what a published audit result found."""
    letter = told.letter
    with act(by, "order_rectification", on=letter.thing(stage=told.stage), key=key) as record:
        assert told.stage == AUDITED, "what was evaluated is told by send_feedback"
        if not letter.document_number:
            raise Unsuitable({"document_number": NO_DOCUMENT})
        if not demands:
            raise Unsuitable({"demand": NOTHING_DEMANDED})
        _send(told, words=words, demands=demands, record=record)
    return letter


def plan_rectification(
    *,
    by: Member,
    rectification: Rectification,
    measures: Sequence[Measure],
    reason: str = "",
    key: str | None = None,
) -> Rectification:
    """Say what will be done, by whom and until when."""
    with act(by, "plan_rectification", on=rectification, key=key) as record:
        faults = faults_of_plan(
            measures, today=record.business_date, due_on=rectification.report_due_on
        )
        if faults:
            raise Unsuitable(dict(faults))
        planned = [replace(each, done="", evidence="") for each in measures]
        _step(
            rectification, "plan_rectification", by=by, record=record,
            reason=reason, measures=planned,
        )  # fmt: skip
        rectification.save(update_fields=["stage"])
    return rectification


def extend_rectification(
    *, by: Member, rectification: Rectification, until: date | None, reason: str,
    key: str | None = None,
) -> Rectification:  # fmt: skip
    """Say why it can't be done in time, and by when it will be."""
    with act(by, "extend_rectification", on=rectification, key=key) as record:
        if until is None:
            raise Unsuitable({"until": NO_DAY})
        before = max(rectification.report_due_on, record.business_date)
        if until <= before:
            raise Unsuitable({"until": Said(NOT_LATER.text, {"day": before.isoformat()})})
        _step(
            rectification, "extend_rectification", by=by, record=record, reason=reason, until=until
        )
        record["report_due_on"] = until.isoformat()
        rectification.report_due_on = until
        rectification.save(update_fields=["stage", "report_due_on"])
    return rectification


def report_rectification(
    *,
    by: Member,
    rectification: Rectification,
    measures: Sequence[Measure],
    reason: str,
    key: str | None = None,
) -> Rectification:
    """Report what became of each measure, with evidence."""
    with act(by, "report_rectification", on=rectification, key=key) as record:
        planned = rectification.measures()
        told = [
            replace(plan, done=each.done, evidence=each.evidence)
            for plan, each in zip(planned, _as_many(measures, as_=planned), strict=True)
        ]
        beside = Attachment.objects.visible_to(by, beside=rectification.thing().name)
        faults = dict(faults_of_report(told, has_files=beside.exists()))
        if not reason.strip():
            faults["reason"] = Said("请写明整改的总体情况")
        if faults:
            raise Unsuitable(faults)
        _step(
            rectification, "report_rectification", by=by, record=record,
            reason=reason, measures=told,
        )  # fmt: skip
        rectification.check_due_on = _due(record.business_date, days=_clocks(rectification).check)
        rectification.save(update_fields=["stage", "check_due_on"])
    return rectification


def return_rectification(
    *, by: Member, rectification: Rectification, reason: str, key: str | None = None
) -> Rectification:
    """Send a plan or a report back, with the reason; its clock begins anew."""
    with act(by, "return_rectification", on=rectification, key=key) as record:
        _step(rectification, "return_rectification", by=by, record=record, reason=reason)
        clocks, today = _clocks(rectification), record.business_date
        if rectification.stage == RectificationStage.OPEN:
            rectification.plan_due_on = _due(today, days=clocks.plan)
        again = _due(today, days=clocks.report)
        rectification.report_due_on = max(rectification.report_due_on, again)
        rectification.check_due_on = None
        rectification.save(update_fields=["stage", "plan_due_on", "report_due_on", "check_due_on"])
        record["report_due_on"] = rectification.report_due_on.isoformat()
    return rectification


def pass_rectification(
    *, by: Member, rectification: Rectification, reason: str, key: str | None = None
) -> Rectification:
    """Find that a report holds: it has been put right."""
    with act(by, "pass_rectification", on=rectification, key=key) as record:
        _step(rectification, "pass_rectification", by=by, record=record, reason=reason)
        rectification.save(update_fields=["stage"])
    return rectification


def _as_many(measures: Sequence[Measure], *, as_: Sequence[Measure]) -> list[Measure]:
    """What was reported, one for each that was planned."""
    missing = [Measure(what="")] * max(0, len(as_) - len(measures))
    return [*measures, *missing][: len(as_)]


def _refuse_sent_twice(letter: Feedback) -> None:
    if letter.project_id is not None:
        list(Project.objects.select_for_update().filter(pk=letter.project_id))
    same = Feedback.objects.filter(source=letter.source, evaluation=letter.evaluation_id)
    if letter.source == Feedback.Source.PANEL:
        same = same.filter(project=letter.project_id, fiscal_year=letter.fiscal_year)
    if same.exists():
        raise Unsuitable({"words": TOLD_ALREADY})


def _send(told: Told, *, words: str, demands: Sequence[Demand], record: Record) -> None:
    """Keep the letter and what it asks for, due from the day on which it goes out."""
    letter = told.letter
    if not words.strip():
        raise Unsuitable({"words": NO_WORDS})
    letter.words = words.strip()
    letter.lines = lines_as_record(told.lines)
    letter.pack = told.pack
    letter.sent_on = record.business_date
    letter.save(force_insert=True)
    clocks = load_monitoring(told.pack).clocks
    asked = [_asked(each, told=told, clocks=clocks) for each in demands]
    Rectification.objects.bulk_create(asked)
    record["fiscal_year"] = letter.fiscal_year
    if letter.project_id is not None:
        record["project"] = str(letter.project_id)
    if letter.label == "public" and letter.score is not None:
        record["score"] = str(letter.score)
    record["rectifications"] = [str(each.pk) for each in asked]
    record.private("words", digest(canonical([letter.words, letter.lines])))


def _asked(demand: Demand, *, told: Told, clocks: Clocks) -> Rectification:
    """One thing that the letter asks for; whether it is grave follows from the line's points."""
    letter = told.letter
    if not demand.demand.strip():
        raise Unsuitable({f"demand-{demand.key}" if demand.key else "demand": NO_DEMAND})
    sent_on = letter.sent_on
    asked = Rectification(
        feedback=letter,
        evaluation=letter.evaluation,
        demand=demand.demand.strip(),
        plan_due_on=_due(sent_on, days=clocks.plan),
        report_due_on=_due(sent_on, days=clocks.report),
    )
    if not demand.key:
        if not demand.found.strip():
            raise Unsuitable({"found": NO_FOUND})
        asked.found, asked.grave = demand.found.strip(), demand.grave
        return asked
    line = next((each for each in told.lines if each.key == demand.key), None)
    if line is None:
        raise Unsuitable({f"demand-{demand.key}": NO_LINE})
    asked.evaluation_id, asked.line = line.evaluation, line.line
    asked.found = line.reason or line.name.zh
    asked.grave = line.is_grave(below=load_results(told.pack).standing.grave_below)
    return asked


def _step(
    rectification: Rectification,
    verb: str,
    *,
    by: Member,
    record: Record,
    reason: str = "",
    measures: Sequence[Measure] = (),
    until: date | None = None,
) -> None:
    """Take a step that the stages know; raises Unsuitable where it isn't one now."""
    step = step_to_take(RectificationStage(rectification.stage), verb, reason=reason)
    if isinstance(step, Said):
        raise Unsuitable({"reason": step})
    rectification.stage = step.to
    record["stage"] = str(step.to)
    kept = RectificationStep.objects.create(
        rectification=rectification,
        verb=verb,
        reason=reason.strip(),
        measures=measures_as_record(measures),
        until=until,
        office_id=by.office,
        done_on=record.business_date,
    )
    record.private("words", digest(canonical([kept.reason, kept.measures])))


def _clocks(rectification: Rectification) -> Clocks:
    """The days that its place gives, by the pack of its evaluation or its project."""
    return load_monitoring(rectification.feedback.pack).clocks


def _due(since: date, *, days: int) -> date:
    return due_on(since, working_days=days, calendar=load_calendar()).on
