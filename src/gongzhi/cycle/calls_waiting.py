"""What waits in calls for readings: a unit's answer, until the call's day."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.actions.readings import expected_submission
from gongzhi.cycle.collecting import (
    calls_not_answered,
    calls_that_are_over,
    calls_to_answer,
    unanswered_calls,
)
from gongzhi.cycle.models import Collection, Project
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.models import Organisation
from gongzhi.parties.rooms import Queue, Room

ANSWERING = "submit_readings"


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001
    """The open calls that the member's unit hasn't answered."""
    if member.organisation is not None:
        unit = UUID(member.organisation)
        yield Queue(partial(_to_answer, unit), calls_not_answered(unit))


def _to_answer(asked: UUID) -> Iterator[Waiting]:
    calls = calls_to_answer(asked)
    if not calls:
        return
    unit = Organisation.objects.select_related("region").get(pk=asked)
    for call in calls:
        yield _waiting(call, unit)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:
    """The calls that are over and that units which the member oversees haven't answered."""
    over = calls_that_are_over(due_before=today)
    yield Queue(partial(_unanswered, member, today=today), over)


def _unanswered(member: Member, *, today: date) -> Iterator[Waiting]:
    overseen = Project.objects.visible_to(member).overseen_by(member)
    below = Organisation.objects.filter(pk__in=overseen.values("unit")).select_related("region")
    units = {unit.pk: unit for unit in below if str(unit.pk) != member.organisation}
    for call, unit in unanswered_calls(due_before=today, units=units):
        yield _waiting(call, units[unit])


def _waiting(call: Collection, unit: Organisation) -> Waiting:
    return Waiting(
        verb=ANSWERING,
        thing=expected_submission(call, unit),
        said=Said("填报 {month} 月的指标读数", {"month": call.month}),
        title=call.title,
        organisation=str(unit.pk),
        role="officer",
        opened_on=call.opened_on,
        due_on=call.due_on,
        clause=clause_of(ANSWERING),
        address_of=call.thing(),
    )
