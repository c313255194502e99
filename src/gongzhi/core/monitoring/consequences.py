"""What is due after alerts: suspension proposed, a visit, those who are late told.

The product proposes; people decide. A proposal that a rule orders is made of itself, and even then
gongzhi doesn't pay: it proposes suspension to whoever does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongzhi.core.monitoring.alert import Alert, Stage, due_of
from gongzhi.core.monitoring.rules import Clocks, MonitoringRules
from gongzhi.core.terms import Said
from gongzhi.core.working_days import Calendar, working_days_between


class ConsequenceKind(StrEnum):
    """What follows."""

    SUSPENSION = "propose_suspension"
    VISIT = "order_visit"
    LATE = "tell_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """Something that follows from alerts of a project, since when, by which rule.

    of_itself: the rule orders it; otherwise somebody decides.
    """

    kind: ConsequenceKind
    project: str
    alert: str
    said: Said
    since: date
    clause: str
    of_itself: bool


def consequences_due(
    alerts: Iterable[Alert],
    *,
    today: date,
    rules: MonitoringRules,
    calendar: Calendar,
    visited_on: Mapping[str, date] | None = None,
) -> tuple[Consequence, ...]:
    """What is due today; visited_on is the last visit, ordered or made, of each project."""
    every = sorted(alerts, key=lambda each: (each.project, each.opened_on, each.key))
    late = (_of_delay(each, today=today, rules=rules, calendar=calendar) for each in every)
    visits = _visits(every, today=today, rules=rules, visited_on=visited_on or {})
    return (*(each for each in late if each is not None), *visits)


def _of_delay(
    alert: Alert, *, today: date, rules: MonitoringRules, calendar: Calendar
) -> Consequence | None:
    due = due_of(alert, clocks=rules.clocks, calendar=calendar)
    if due is None or today <= due.on:
        return None
    suspends = rules.clocks.suspends and alert.stage is Stage.OPEN
    days = max(working_days_between(due.on, today, calendar=calendar), 1)
    text = (
        "预警逾期 {days} 个工作日没有答复，向支付系统提出暂停拨付建议，由财政部门决定"
        if suspends
        else LATE[alert.stage]
    )
    return Consequence(
        kind=ConsequenceKind.SUSPENSION if suspends else ConsequenceKind.LATE,
        project=alert.project,
        alert=alert.key,
        said=Said(text, {"days": days}),
        since=due.on,
        clause=_clause(rules),
        of_itself=True,
    )


LATE = {
    Stage.OPEN: "预警逾期 {days} 个工作日没有答复",
    Stage.UNANSWERED: "预警逾期 {days} 个工作日没有答复",
    Stage.ANSWERED: "整改方案或办理结果逾期 {days} 个工作日",
    Stage.PLANNED: "整改结果逾期 {days} 个工作日",
    Stage.REPORTED: "核查逾期 {days} 个工作日",
}


def _visits(
    alerts: list[Alert], *, today: date, rules: MonitoringRules, visited_on: Mapping[str, date]
) -> Iterator[Consequence]:
    """A visit for each project that so many rounds in a row warned, since its last visit."""
    by_project: dict[str, list[Alert]] = {}
    for alert in alerts:
        after = visited_on.get(alert.project, date.min)
        if alert.stage is not Stage.WITHDRAWN and after < alert.opened_on <= today:
            by_project.setdefault(alert.project, []).append(alert)
    for project, mine in by_project.items():
        last = _last_of_run(mine, clocks=rules.clocks)
        if last is None:
            continue
        yield Consequence(
            kind=ConsequenceKind.VISIT,
            project=project,
            alert=last.key,
            said=Said("连续 {count} 次预警，应当现场核查", {"count": rules.clocks.visit_after}),
            since=last.opened_on,
            clause=_clause(rules),
            of_itself=False,
        )


def _last_of_run(alerts: list[Alert], *, clocks: Clocks) -> Alert | None:
    """The alert that completed the first run of adjacent rounds that is long enough."""
    by_round = {_number(alert, clocks): alert for alert in reversed(alerts)}
    length, before = 0, None
    for number in sorted(by_round):
        length = length + 1 if before is not None and number == before + 1 else 1
        if length >= clocks.visit_after:
            return by_round[number]
        before = number
    return None


def _number(alert: Alert, clocks: Clocks) -> int:
    """Rounds counted through the years, so that the first follows the last one."""
    at = sum(month < alert.round for month in clocks.rounds)
    return alert.year * len(clocks.rounds) + at


def _clause(rules: MonitoringRules) -> str:
    return f"{rules.pack}/clocks"
