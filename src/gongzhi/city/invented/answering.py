"""What units and the finance bureau do about warnings that no story tells of.

Each unit answers as late as it always does. A grave warning is followed by a plan, a report and a
check; the others are closed with the answer.
"""

from collections.abc import Iterator
from datetime import date

from gongzhi.city.invented.catalogue import load_manners
from gongzhi.city.invented.values import Body
from gongzhi.core.monitoring.alert import Alert, Choice, Step
from gongzhi.core.monitoring.rules import Clocks, Level
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar

ACCEPTS_AFTER, PLANS_AFTER, REPORTS_AFTER, CHECKS_AFTER = 3, 3, 30, 8  # working days each
DECIDES_AFTER = 2
ACCEPTED = "情况属实，同意继续执行，下一轮再看。"
NOT_SUSPENDED = "已电话督促，暂不暂停拨付，请尽快答复。"
PROPOSED = "预警逾期未答复，提出暂停拨付建议。"
DONE = "整改措施已经落实，进度见本期填报。"
PASSED = "核查属实，同意办结。"


def usual_steps(alert: Alert, *, unit: Body, clocks: Clocks) -> tuple[Step, ...]:
    """The steps that follow an alert, each on its day, whether that has come or not."""
    return tuple(_steps(alert, unit=unit, clocks=clocks))


def _steps(alert: Alert, *, unit: Body, clocks: Clocks) -> Iterator[Step]:
    words = load_manners().answers[_first_code(alert)]
    answered_on = _after(alert.opened_on, unit.answers_after)
    if unit.answers_after > clocks.answer:
        proposed_on = _after(alert.opened_on, clocks.answer + 1)
        yield Step(verb="propose_suspension", on=proposed_on, reason=PROPOSED)
        decided_on = _after(proposed_on, DECIDES_AFTER)
        yield Step(verb="decide_suspension", on=decided_on, reason=NOT_SUSPENDED)
        answered_on = max(answered_on, decided_on)
    yield Step(verb="answer_alert", on=answered_on, choice=Choice.CONTINUE, reason=words.answer)
    if alert.level is not Level.RED:
        yield Step(verb="accept_answer", on=_after(answered_on, ACCEPTS_AFTER), reason=ACCEPTED)
        return
    planned_on = _after(answered_on, PLANS_AFTER)
    reported_on = _after(planned_on, REPORTS_AFTER)
    yield Step(verb="file_plan", on=planned_on, reason=words.plan)
    yield Step(verb="report_done", on=reported_on, reason=DONE)
    yield Step(verb="pass_check", on=_after(reported_on, CHECKS_AFTER), reason=PASSED)


def _first_code(alert: Alert) -> str:
    known = load_manners().answers
    return next(signal.code for signal in alert.signals if signal.code in known)


def _after(day: date, working_days: int) -> date:
    return due_on(day, working_days=working_days, calendar=load_calendar()).on
