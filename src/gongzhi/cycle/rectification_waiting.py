"""What waits to be put right: plans and reports of a unit, checks of the bureau."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.rectifying.stages import RectificationStage
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.models import Rectification
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar

OFFICER, BUDGET = "officer", "budget"
CLAUSE = "4.16"
REPORTED = RectificationStage.REPORTED


class _Asked(NamedTuple):
    """What is to be done in a stage, whose role it is, and since which steps it waits."""

    verb: str
    said: Said
    role: str
    after: tuple[str, ...]


ASKED: Mapping[RectificationStage, _Asked] = {
    RectificationStage.OPEN: _Asked(
        "plan_rectification", Said("提出整改的措施"), OFFICER, ("return_rectification",)
    ),
    RectificationStage.PLANNED: _Asked(
        "report_rectification",
        Said("报告整改情况并附证明"),
        OFFICER,
        ("plan_rectification", "return_rectification"),
    ),
    RectificationStage.REPORTED: _Asked(
        "pass_rectification", Said("核查整改情况"), BUDGET, ("report_rectification",)
    ),
}


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """What the member's unit has to put right; for a budget officer also what is to be checked."""
    if member.organisation is None:
        return
    wanted = ~Q(stage=REPORTED) & Q(feedback__unit=member.organisation)
    if BUDGET in member.roles:
        wanted |= Q(stage=REPORTED)
    rows = Rectification.objects.visible_to(member).unfinished().filter(wanted).with_facts()
    yield Queue(partial(_waiting, rows, bureau=member.organisation), rows)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:
    """What those whom the member oversees are late with."""
    if member.organisation is None:
        return
    late = Rectification.objects.visible_to(member).overdue(today=today).exclude(stage=REPORTED)
    if BUDGET not in member.roles:
        late = late.filter(feedback__unit__parent=member.organisation)
    others = late.exclude(feedback__unit=member.organisation).with_facts()
    yield Queue(partial(_waiting, others, bureau=member.organisation), others)


def due_of(row: Rectification) -> Waiting | None:
    """Who has to do what about a rectification until when; None once it has passed."""
    asked = ASKED.get(RectificationStage(row.stage))
    if asked is None:
        return None
    due_on, opened_on = row.due_on, _since(row, asked.after)
    assert due_on is not None, "what waits has a day"
    to_check = asked.role == BUDGET
    return Waiting(
        verb=asked.verb,
        thing=row.thing(),
        said=asked.said,
        title=str(row.feedback.project or row.feedback.unit),
        organisation=None if to_check else str(row.feedback.unit_id),
        role=asked.role,
        opened_on=opened_on,
        due_on=due_on,
        provisional=not load_calendar().knows(opened_on, due_on),
        clause=CLAUSE,
    )


def _waiting(rows: Iterable[Rectification], *, bureau: str) -> Iterator[Waiting]:
    """The rows as what waits; checks wait for the bureau that asks."""
    for row in rows:
        waiting = due_of(row)
        if waiting is not None:
            yield replace(waiting, organisation=waiting.organisation or bureau)


def _since(row: Rectification, verbs: tuple[str, ...]) -> date:
    """The day of the last of these steps; else that of the letter."""
    done = [step.done_on for step in row.steps.all() if step.verb in verbs]
    return max(done, default=row.feedback.sent_on)
