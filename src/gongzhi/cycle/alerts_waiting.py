"""What waits in alerts: answers and plans of a unit; decisions, checks and visits of the bureau."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db.models import Count, Q

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.alert import MOVED, Stage
from gongzhi.core.monitoring.consequences import ConsequenceKind
from gongzhi.core.monitoring.rules import Clocks
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import Due
from gongzhi.cycle.alerts_due import (
    OVER,
    as_value,
    consequences,
    dues_of,
    packs_of_alerts,
    unfinished,
)
from gongzhi.cycle.models import Alert, AlertStep
from gongzhi.cycle.reading import overseen
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.packs.monitoring import load_monitoring, monitoring_packs

OFFICER, BUDGET = "officer", "budget"
ANSWERING = ("answer_alert", Said("答复预警：继续、调剂或取消"))
PLANNING = ("file_plan", Said("提出整改方案"))
MOVING = ("report_done", Said("报告调剂或取消已经办理"))
REPORTING = ("report_done", Said("报告整改结果"))
AGREEING = ("accept_answer", Said("同意或者退回对预警的答复"))
SUSPENDING = ("decide_suspension", Said("决定是否暂停拨付"))
CHECKING = ("pass_check", Said("核查整改结果"))
GOING = ("order_visit", Said("连续预警，决定现场核查"))
RECORDING = ("record_visit", Said("记载现场核查"))
Asked = tuple[str, Said]
Packs = Mapping[UUID, str]
DECIDED_ON = ("unanswered", "answered", "reported")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What waits for the member's unit; for a budget officer also what waits for the bureau."""
    if member.organisation is not None:
        yield Queue(partial(_for_both, member, today=today))


def _for_both(member: Member, *, today: date) -> Iterator[Waiting]:
    own = ~Q(stage__in=OVER) & Q(project__unit=member.organisation)
    wanted = own | _for_bureau(today) if BUDGET in member.roles else own
    readable = Alert.objects.visible_to(member).defer("signals")
    rows = list(readable.filter(wanted).with_facts())
    packs = packs_of_alerts(rows)
    mine = [row for row in rows if row.stage not in OVER and _is_of(row, member)]
    yield from _of_unit(mine, packs)
    if BUDGET in member.roles:
        yield from _of_bureau(rows, packs, bureau=str(member.organisation), today=today)


def _is_of(row: Alert, member: Member) -> bool:
    return str(row.project.unit_id) == member.organisation


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:
    """What waits in alerts for the units that the member oversees, and could be late by now.

    So many working days are never fewer days: what was opened since then isn't late yet.
    """
    shortest = min(day for clocks in _every_clocks() for day in _days(clocks))
    below = overseen(member) & ~Q(project__unit=member.organisation)
    below &= Q(opened_on__lt=today - timedelta(days=shortest))
    readable = Alert.objects.visible_to(member).defer("signals").filter(below)
    alerts = unfinished(readable).with_facts()
    yield Queue(partial(_of_others, alerts), alerts)


def _of_others(alerts: Iterable[Alert]) -> Iterator[Waiting]:
    rows = list(alerts)
    yield from _of_unit(rows, packs_of_alerts(rows))


def _of_unit(rows: list[Alert], packs: Packs) -> Iterator[Waiting]:
    dues = dues_of(rows, packs=packs)
    for row in rows:
        asked = _asked_of_unit(row)
        if asked is not None:
            unit = str(row.project.unit_id)
            yield _waiting(row, asked, organisation=unit, role=OFFICER, due=dues[row.pk])


def _asked_of_unit(row: Alert) -> Asked | None:
    value = as_value(row)
    match value.stage:
        case Stage.OPEN | Stage.UNANSWERED:
            return ANSWERING
        case Stage.ANSWERED:
            return MOVING if value.choice in MOVED else PLANNING
        case Stage.PLANNED:
            return REPORTING
    return None


def _for_bureau(today: date) -> Q:
    """What a bureau looks at: what it has to decide, and two years of rounds.

    Of these only the projects that warned as often as a visit takes, and the visits ordered.
    """
    least = min(clocks.visit_after for clocks in _every_clocks())
    recent = Q(fiscal_year__gte=today.year - 1) & ~Q(stage="withdrawn")
    every = Alert.objects.filter(recent).order_by()
    rounds = every.values("project").annotate(rounds=Count("pk")).filter(rounds__gte=least)
    ordered = AlertStep.objects.filter(verb="order_visit")
    several = Q(project__in=list(rounds.values_list("project", flat=True)))
    visited = Q(pk__in=list(ordered.values_list("alert", flat=True)))
    return Q(stage__in=DECIDED_ON) | recent & (several | visited)


def _of_bureau(rows: list[Alert], packs: Packs, *, bureau: str, today: date) -> Iterator[Waiting]:
    """What the bureau has to decide, and the visits that are due since a year."""
    decided_on = [row for row in rows if row.stage in DECIDED_ON]
    dues = dues_of(decided_on, packs=packs)
    for row in decided_on:
        asked = _asked_of_bureau(row)
        if asked is not None:
            due = dues[row.pk] if asked is CHECKING else None
            yield _waiting(row, asked, organisation=bureau, role=BUDGET, due=due)
    since = today.year - 1
    several = [row for row in rows if row.fiscal_year >= since and row.stage != "withdrawn"]
    yield from _visits(several, packs, bureau=bureau, today=today)


def _asked_of_bureau(row: Alert) -> Asked | None:
    value = as_value(row)
    match value.stage:
        case Stage.UNANSWERED:
            decided = any(step.verb == "decide_suspension" for step in value.steps)
            return None if decided else SUSPENDING
        case Stage.ANSWERED:
            return None if value.choice in MOVED else AGREEING
        case Stage.REPORTED:
            return CHECKING
    return None


def _visits(rows: list[Alert], packs: Packs, *, bureau: str, today: date) -> Iterator[Waiting]:
    """Visits to be decided on, after so many rounds in a row; visits to be recorded."""
    by_key = {str(row.pk): row for row in rows}
    for each, _rules in consequences(rows, today=today, packs=packs):
        if each.kind is ConsequenceKind.VISIT:
            yield _waiting(by_key[each.alert], GOING, organisation=bureau, role=BUDGET)
    for row in rows:
        verbs = [step.verb for step in row.steps.all()]
        if "order_visit" in verbs and "record_visit" not in verbs:
            yield _waiting(row, RECORDING, organisation=bureau, role=BUDGET)


def _every_clocks() -> Iterator[Clocks]:
    """The clocks of every pack that an alert may fall under."""
    return (load_monitoring(pack).clocks for pack in monitoring_packs())


def _days(clocks: Clocks) -> tuple[int, ...]:
    """The working days that each step may take."""
    return (clocks.answer, clocks.plan, clocks.report, clocks.check)


def _waiting(
    row: Alert, asked: Asked, *, organisation: str, role: str, due: Due | None = None
) -> Waiting:
    verb, said = asked
    return Waiting(
        verb=verb,
        thing=row.thing(),
        said=said,
        title=str(row.project),
        organisation=organisation,
        role=role,
        opened_on=row.opened_on,
        due_on=due.on if due else None,
        provisional=due.provisional if due else False,
        clause=clause_of(verb) if due else None,
    )
