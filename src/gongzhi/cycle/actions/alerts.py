"""What is done with an alert: opened, answered, planned, put right, checked, closed; visited.

Which step may be taken when, and what it needs, stands in core.monitoring.alert.TRANSITIONS.
"""

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.monitoring.alert import Choice, Step, advanced, why_not
from gongzhi.core.terms import Said
from gongzhi.cycle.alerts_due import ToOpen, as_value
from gongzhi.cycle.models import Alert, AlertStep
from gongzhi.cycle.watched_record import signal_as_record
from gongzhi.cycle.watching import gravest
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

NO_DECISION = Said("请选择暂停或者不暂停")


def open_alert(*, due: ToOpen) -> Alert:
    """Warn the unit and the finance bureau of what a project shows."""
    alert = Alert(
        project_id=due.project,
        fiscal_year=due.year,
        round=due.round,
        level=gravest(signal.level for signal in due.signals),
        signals=[signal_as_record(signal) for signal in due.signals],
    )
    with act(SYSTEM, "open_alert", on=alert.thing()) as record:
        alert.opened_on = record.business_date
        alert.save(force_insert=True)
        record["project"] = str(due.project)
        record["level"] = alert.level
        record["signals"] = [f"{signal.code} {signal.clause}" for signal in due.signals]
    return alert


def answer_alert(
    *, by: Member, alert: Alert, choice: str, reason: str, key: str | None = None
) -> Alert:
    """Choose to continue, reallocate or cancel, with the reason."""
    with act(by, "answer_alert", on=alert, key=key) as record:
        record["choice"] = choice
        return _step(alert, "answer_alert", by=by, record=record, choice=choice, reason=reason)


def propose_suspension(*, alert: Alert) -> Alert:
    """Propose to the payment system, through the finance bureau, that payment be suspended."""
    with act(SYSTEM, "propose_suspension", on=alert) as record:
        return _step(alert, "propose_suspension", by=SYSTEM, record=record)


def disclose_alert(*, alert: Alert) -> Alert:
    """Let everybody see an alert that stays unanswered, as the place's rules order."""
    with act(SYSTEM, "disclose_alert", on=alert) as record:
        alert.label = "public"
        alert.save(update_fields=["label"])
        record["opened_on"] = alert.opened_on.isoformat()
    return alert


def decide_suspension(
    *, by: Member, alert: Alert, decision: str, reason: str, key: str | None = None
) -> Alert:
    """Decide whether payment is suspended; whoever pays carries it out."""
    with act(by, "decide_suspension", on=alert, key=key) as record:
        if decision not in AlertStep.Decision.values:
            raise Unsuitable({"decision": NO_DECISION})
        record["decision"] = decision
        return _step(
            alert, "decide_suspension", by=by, record=record, reason=reason, decision=decision
        )


def withdraw_alert(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Take an alert back that was wrong; it stays to be seen."""
    with act(by, "withdraw_alert", on=alert, key=key) as record:
        return _step(alert, "withdraw_alert", by=by, record=record, reason=reason)


def accept_answer(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Agree with an answer, so that nothing has to be put right."""
    with act(by, "accept_answer", on=alert, key=key) as record:
        return _step(alert, "accept_answer", by=by, record=record, reason=reason)


def return_answer(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Send an answer back; its clock begins anew."""
    with act(by, "return_answer", on=alert, key=key) as record:
        return _step(alert, "return_answer", by=by, record=record, reason=reason)


def file_plan(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Say what will be put right, by whom and until when."""
    with act(by, "file_plan", on=alert, key=key) as record:
        return _step(alert, "file_plan", by=by, record=record, reason=reason)


def return_plan(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Send a plan back."""
    with act(by, "return_plan", on=alert, key=key) as record:
        return _step(alert, "return_plan", by=by, record=record, reason=reason)


def report_done(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Report what was put right, or that a reallocation or cancellation was carried out."""
    with act(by, "report_done", on=alert, key=key) as record:
        return _step(alert, "report_done", by=by, record=record, reason=reason)


def pass_check(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Find a report right, and close the alert."""
    with act(by, "pass_check", on=alert, key=key) as record:
        return _step(alert, "pass_check", by=by, record=record, reason=reason)


def fail_check(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Find that a report doesn't hold; the unit puts right anew."""
    with act(by, "fail_check", on=alert, key=key) as record:
        return _step(alert, "fail_check", by=by, record=record, reason=reason)


def order_visit(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Decide that a project is visited on site."""
    with act(by, "order_visit", on=alert, key=key) as record:
        return _beside(alert, "order_visit", by=by, record=record, reason=reason)


def record_visit(*, by: Member, alert: Alert, reason: str, key: str | None = None) -> Alert:
    """Record what was found on site."""
    with act(by, "record_visit", on=alert, key=key) as record:
        return _beside(alert, "record_visit", by=by, record=record, reason=reason)


def _step(
    alert: Alert,
    verb: str,
    *,
    by: Member,
    record: Record,
    choice: str = "",
    reason: str = "",
    decision: str = "",
) -> Alert:
    """Take a step that the rules of alerts know; raises Unsuitable where they don't allow it."""
    if choice and choice not in list(Choice):
        raise Unsuitable({"choice": Said("请选择继续执行、调剂或取消")})
    step = Step(
        verb=verb,
        on=record.business_date,
        choice=Choice(choice) if choice else None,
        reason=reason,
    )
    value = as_value(alert)
    problem = why_not(value, step)
    if problem is not None:
        raise Unsuitable({"reason": problem})
    alert.stage = advanced(value, step).stage
    alert.save(update_fields=["stage"])
    return _noted(alert, step, by=by, record=record, decision=decision)


def _beside(alert: Alert, verb: str, *, by: Member, record: Record, reason: str) -> Alert:
    """What happens beside an alert's stages."""
    if not reason.strip():
        raise Unsuitable({"reason": NO_REASON})
    step = Step(verb=verb, on=record.business_date, reason=reason)
    return _noted(alert, step, by=by, record=record)


def _noted(alert: Alert, step: Step, *, by: Member, record: Record, decision: str = "") -> Alert:
    """Add the step; the log gets the stage, and of the reason only its promise."""
    AlertStep.objects.create(
        alert=alert,
        verb=step.verb,
        choice=step.choice or "",
        decision=decision,
        reason=step.reason.strip(),
        office_id=by.office,
        done_on=step.on,
    )
    record["stage"] = str(alert.stage)
    if step.reason:
        record.private("reason", step.reason.strip())
    return alert
