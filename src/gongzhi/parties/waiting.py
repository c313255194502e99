"""What waits in the parties' room: applications for admission, until the clause's day."""

from collections.abc import Iterator
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.parties.actions.admission import DECIDING
from gongzhi.parties.admission import Admission
from gongzhi.parties.rights import charter_in_force


def waiting_for(member: Member, *, today: date) -> Iterator[Waiting]:  # noqa: ARG001
    """The applications that the member's office decides on."""
    clause = next(iter(charter_in_force().clauses_of(DECIDING)), None)
    for admission in Admission.objects.visible_to(member).waiting().select_related("region"):
        yield Waiting(
            verb=DECIDING,
            thing=admission.thing(),
            said=Said("决定是否接纳"),
            title=admission.name,
            organisation=member.organisation,
            role="registrar",
            opened_on=admission.applied_on,
            due_on=admission.due_on,
            provisional=admission.provisional,
            clause=clause,
        )
