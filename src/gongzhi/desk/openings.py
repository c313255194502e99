"""Noting that somebody reads what isn't public and belongs to another.

An access log beside the register, like that of refusals: reading is no deed, and the public log
must not tell who reads what. What auditors read is kept too, but not told to its owner.
"""

from django.utils import timezone

from gongzhi.core.charter import VISITOR, Member, PartyKind, Thing
from gongzhi.desk.models import Opening
from gongzhi.desk.things import readable


def note_opening(*, by: Member, thing: Thing) -> None:
    """Note the reading, unless the thing is public or the reader's own."""
    if by.person is None or _is_own(by, thing) or thing.name in readable(VISITOR, [thing.name]):
        return
    is_audit = by.kind == PartyKind.AUDIT
    Opening.objects.create(
        about=thing.name,
        organisation_id=thing.owner,
        person_id=thing.holder if thing.owner is None else None,
        stage=Opening.Stage.AUDITED if is_audit else Opening.Stage.TOLD,
        by_party=by.party,
        by_person=by.person,
        by_office=by.office,
        opened_at=timezone.now(),
    )


def _is_own(by: Member, thing: Thing) -> bool:
    """Whether it is the reader's own, or nobody's."""
    if thing.owner is not None:
        return by.organisation == thing.owner
    return thing.holder in {None, by.person}
