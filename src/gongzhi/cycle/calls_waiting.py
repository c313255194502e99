"""What waits in calls for readings: a unit's answer, until the call's day."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.cycle.actions.readings import expected_submission
from gongzhi.cycle.collecting import calls_to_answer
from gongzhi.parties.models import Organisation

ANSWERING = "submit_readings"
CLAUSE = "4.11"


def waiting_for(member: Member, *, today: date) -> Iterator[Waiting]:  # noqa: ARG001
    """The open calls that the member's unit hasn't answered."""
    if member.organisation is None:
        return
    calls = calls_to_answer(UUID(member.organisation))
    if not calls:
        return
    unit = Organisation.objects.select_related("region").get(pk=member.organisation)
    for call in calls:
        yield Waiting(
            verb=ANSWERING,
            thing=expected_submission(call, unit),
            said=Said("填报 {month} 月的指标读数", {"month": call.month}),
            title=call.title,
            organisation=member.organisation,
            role="officer",
            opened_on=call.opened_on,
            due_on=call.due_on,
            clause=CLAUSE,
            address_of=call.thing(),
        )
