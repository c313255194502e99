"""Noting that somebody reads what isn't public and belongs to another.

An access log beside the register, like that of refusals: reading is no deed, and the public log
must not tell who reads what. What auditors read is kept too, but not told to its owner. Once a
day the log gets the root over the day's rows, of which it tells nothing but their number.
"""

import secrets
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils import timezone

from gongzhi.core.charter import VISITOR, Member, PartyKind, Thing
from gongzhi.core.ledger.batch import Row
from gongzhi.core.ledger.row_proof import RowProof
from gongzhi.core.sealed import SALT_BYTES
from gongzhi.desk.models import Opening
from gongzhi.desk.things import readable
from gongzhi.parties.models import SealedRow
from gongzhi.parties.row_proofs import row_proof
from gongzhi.trust.proofs import index_of

# What the owner is told, and so may prove; who it was, by name, is kept and not shown.
TOLD = ("about", "by_party", "opened_at")


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


def row_of(opening: Opening) -> Row:
    """An opening as a row of a batch: all of it is only promised."""
    values = {
        "opening": str(opening.pk),
        "about": opening.about,
        "by_party": opening.by_party,
        "by_person": str(opening.by_person),
        "by_office": str(opening.by_office) if opening.by_office else None,
        "opened_at": opening.opened_at.isoformat(),
    }
    return Row({}, values, secrets.token_bytes(SALT_BYTES))


def sealed_places(openings: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, int]]:
    """The leaf and the row of those openings that have entered the log."""
    wanted = [str(opening) for opening in openings]
    sealed = SealedRow.objects.filter(deed__verb="seal_openings", values__opening__in=wanted)
    found = sealed.values_list("values__opening", "deed__leaf", "row")
    return {UUID(opening): (leaf, row) for opening, leaf, row in found}


def proof_of_opening(opening: Opening) -> RowProof | None:
    """The proof of an opening, as far as its owner is told; None until a checkpoint covers it."""
    place = sealed_places([opening.pk]).get(opening.pk)
    index = index_of(place[0]) if place else None
    return row_proof(index, place[1], show=TOLD) if place and index is not None else None
