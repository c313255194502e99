"""What waits in alerts: answers and plans of a unit; decisions, checks and visits of the bureau."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.alert import MOVED, Stage
from gongzhi.core.monitoring.consequences import ConsequenceKind
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import Due
from gongzhi.cycle.alerts_due import as_value, consequences, dues_of, unfinished
from gongzhi.cycle.models import Alert
from gongzhi.cycle.reading import overseen
from gongzhi.parties.clocks import clause_of

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


def waiting_for(member: Member, *, today: date) -> Iterator[Waiting]:
    """What waits for the member's unit; for a budget officer also what waits for the bureau."""
    if member.organisation is None:
        return
    readable = Alert.objects.visible_to(member).defer("signals")
    own = readable.filter(project__unit=member.organisation)
    yield from _of_unit(list(unfinished(own).with_facts()))
    if BUDGET in member.roles:
        yield from _of_bureau(readable, member=member, today=today)


def waiting_within(member: Member, *, today: date) -> Iterator[Waiting]:  # noqa: ARG001
    """What waits in alerts for the units that the member oversees."""
    below = overseen(member) & ~Q(project__unit=member.organisation)
    readable = Alert.objects.visible_to(member).defer("signals").filter(below)
    yield from _of_unit(list(unfinished(readable).with_facts()))


def _of_unit(rows: list[Alert]) -> Iterator[Waiting]:
    dues = dues_of(rows)
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


def _of_bureau(readable: Any, *, member: Member, today: date) -> Iterator[Waiting]:
    """What the bureau has to decide, and the visits that are due since a year."""
    bureau = str(member.organisation)
    rows = list(readable.filter(stage__in=["unanswered", "answered", "reported"]).with_facts())
    dues = dues_of(rows)
    for row in rows:
        asked = _asked_of_bureau(row)
        if asked is not None:
            due = dues[row.pk] if asked is CHECKING else None
            yield _waiting(row, asked, organisation=bureau, role=BUDGET, due=due)
    yield from _visits(readable, bureau=bureau, today=today)


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


def _visits(readable: Any, *, bureau: str, today: date) -> Iterator[Waiting]:
    """Visits to be decided on, after so many rounds in a row; visits to be recorded."""
    several = Q(fiscal_year__gte=today.year - 1) & ~Q(stage="withdrawn")
    rows = {str(row.pk): row for row in readable.filter(several).with_facts()}
    for each, _rules in consequences(list(rows.values()), today=today):
        if each.kind is ConsequenceKind.VISIT:
            yield _waiting(rows[each.alert], GOING, organisation=bureau, role=BUDGET)
    for row in rows.values():
        verbs = [step.verb for step in row.steps.all()]
        if "order_visit" in verbs and "record_visit" not in verbs:
            yield _waiting(row, RECORDING, organisation=bureau, role=BUDGET)


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
