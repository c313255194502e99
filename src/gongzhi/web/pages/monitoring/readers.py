"""Who may read what of a project's money: single payments are not everybody's."""

from gongzhi.core.charter import Member, Thing
from gongzhi.cycle.models import Project
from gongzhi.parties.rights import may


def may_read_payments(member: Member, thing: Project) -> bool:
    """Whether the member may read single payments of the project, and so hints about them."""
    payment = Thing(
        kind="payment",
        id=str(thing.pk),
        owner=str(thing.unit_id),
        overseer=thing.overseer,
        stage=thing.stage,
        regions=thing.unit.region.line(),
    )
    return may(member, "view_payment", payment).allowed
