"""What units and the finance bureau do about warnings that no story tells of.

Each unit answers as late as it always does. A grave warning is followed by a plan, a report and a
check; the others are closed with the answer. Each step follows from how the alert stands, so that
whatever somebody did by hand in between is taken up from there.
"""

from collections.abc import Iterator
from datetime import date

from gongzhi.city.invented.catalogue import load_manners
from gongzhi.city.invented.values import Body
from gongzhi.core.monitoring.alert import MOVED, Alert, Choice, Stage, Step, advanced
from gongzhi.core.monitoring.rules import Clocks, Level
from gongzhi.core.working_days import due_on
from gongzhi.rules.calendar import load_calendar

ACCEPTS_AFTER, PLANS_AFTER, REPORTS_AFTER, CHECKS_AFTER = 3, 3, 30, 8  # working days each
DECIDES_AFTER = 2
BEHIND = "goal_late"  # how a unit answers where nobody wrote words for the signal
ACCEPTED = "情况属实，同意继续执行，下一轮再看。"
NOT_SUSPENDED = "已电话督促，暂不暂停拨付，请尽快答复。"
PROPOSED = "预警逾期未答复，提出暂停拨付建议。"
DONE = "整改措施已经落实，进度见本期填报。"
MOVED_DONE = "调剂和取消的手续已经办完，文件附后。"
PASSED = "核查属实，同意办结。"


def usual_steps(alert: Alert, *, unit: Body, clocks: Clocks) -> tuple[Step, ...]:
    """The steps that follow an alert, each on its day, whether that has come or not."""
    return tuple(_steps(alert, unit=unit, clocks=clocks))


def _steps(alert: Alert, *, unit: Body, clocks: Clocks) -> Iterator[Step]:
    while (step := usual_step(alert, unit=unit, clocks=clocks)) is not None:
        yield step
        alert = advanced(alert, step)


def usual_step(alert: Alert, *, unit: Body, clocks: Clocks) -> Step | None:
    """The step that usually comes next, on its day; None where an alert is over."""
    last = alert.steps[-1].on if alert.steps else alert.opened_on
    match alert.stage:
        case Stage.OPEN:
            return _answered(alert, unit=unit, clocks=clocks)
        case Stage.UNANSWERED:
            return _unanswered(alert, unit=unit, last=last)
        case Stage.ANSWERED if alert.choice in MOVED:
            return Step(verb="report_done", on=_after(last, REPORTS_AFTER), reason=MOVED_DONE)
        case Stage.ANSWERED if alert.level is Level.RED:
            plan = load_manners().answers[_first_code(alert)].plan
            return Step(verb="file_plan", on=_after(last, PLANS_AFTER), reason=plan)
        case Stage.ANSWERED:
            return Step(verb="accept_answer", on=_after(last, ACCEPTS_AFTER), reason=ACCEPTED)
        case Stage.PLANNED:
            return Step(verb="report_done", on=_after(last, REPORTS_AFTER), reason=DONE)
        case Stage.REPORTED:
            return Step(verb="pass_check", on=_after(last, CHECKS_AFTER), reason=PASSED)
    return None


def _answered(alert: Alert, *, unit: Body, clocks: Clocks) -> Step:
    """An answer; of a unit that is slower than the clock, what the platform does before it."""
    if unit.answers_after > clocks.answer:
        proposed_on = _after(alert.running_since, clocks.answer + 1)
        return Step(verb="propose_suspension", on=proposed_on, reason=PROPOSED)
    return _answer(alert, on=_after(alert.running_since, unit.answers_after))


def _unanswered(alert: Alert, *, unit: Body, last: date) -> Step:
    if alert.steps[-1].verb != "decide_suspension":
        on = _after(last, DECIDES_AFTER)
        return Step(verb="decide_suspension", on=on, reason=NOT_SUSPENDED)
    return _answer(alert, on=max(_after(alert.running_since, unit.answers_after), last))


def _answer(alert: Alert, *, on: date) -> Step:
    words = load_manners().answers[_first_code(alert)]
    return Step(verb="answer_alert", on=on, choice=Choice.CONTINUE, reason=words.answer)


def _first_code(alert: Alert) -> str:
    known = load_manners().answers
    return next((signal.code for signal in alert.signals if signal.code in known), BEHIND)


def _after(day: date, working_days: int) -> date:
    return due_on(day, working_days=working_days, calendar=load_calendar()).on
