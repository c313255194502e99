"""Noting that somebody reads what isn't public and belongs to another.

An access log beside the register, like that of refusals: reading is no deed, and the public log
must not tell who reads what. What auditors read is kept too, and told to nobody but themselves.
Once a day the log gets the root over the day's rows; blank rows fill them up, so that their number
doesn't tell either that there was a reading which nobody was told of.
"""

import secrets
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone

from gongzhi.core.charter import VISITOR, Member, PartyKind, Thing
from gongzhi.core.ledger.batch import Row
from gongzhi.core.ledger.row_proof import RowProof
from gongzhi.core.sealed import SALT_BYTES
from gongzhi.desk.models import Opening
from gongzhi.desk.things import readable
from gongzhi.parties.models import Deed, SealedRow
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.row_proofs import row_proof
from gongzhi.parties.subject_keys import keys_of, person_subject
from gongzhi.rules.keeping import load_keeping
from gongzhi.trust.proofs import index_of

SEALED = "seal_openings"
PLATFORM = str(PartyKind.SYSTEM)
MONEY = "payment"  # what is called so and names a unit is about the unit's payments and contracts
# What the owner is told, and so may prove; who it was, by name, is kept and not shown.
TOLD = ("about", "by_party", "opened_at")


def note_opening(*, by: Member, thing: Thing) -> None:
    """Note the reading, unless the thing is public or the reader's own."""
    note_openings(by=by, things=[thing])


def note_openings(*, by: Member, things: Iterable[Thing]) -> None:
    """Note that they were read together, but for what is public or the reader's own."""
    if by.person is None:
        return
    others = {each.name: each for each in things if not _is_own(by, each)}
    public = readable(VISITOR, others)
    Opening.objects.bulk_create([
        _opening(
            by,
            about=name,
            organisation=_somebody(thing.owner),
            person=_somebody(thing.holder) if _somebody(thing.owner) is None else None,
        )
        for name, thing in others.items()
        if name not in public
    ])  # fmt: skip


def note_money_read(*, by: Member, units: Iterable[UUID]) -> None:
    """Note that somebody saw single payments or contracts of units, once a day for each.

    These are never public; whose own they are isn't told of itself.
    """
    others = {unit for unit in units if str(unit) != by.organisation}
    if by.person is None or not others:
        return
    names = {f"{MONEY}:{unit}": unit for unit in others}
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    mine = Opening.objects.filter(
        about__in=names, by_person=by.person, by_office=by.office, opened_at__gte=today
    )
    noted = set(mine.values_list("about", flat=True))
    Opening.objects.bulk_create(
        _opening(by, about=name, organisation=unit)
        for name, unit in names.items()
        if name not in noted
    )


def _opening(
    by: Member, *, about: str, organisation: UUID | str | None, person: str | None = None
) -> Opening:
    """What auditors read is kept for themselves alone."""
    assert by.person is not None, "a visitor leaves no line"
    is_audit = by.kind == PartyKind.AUDIT
    return Opening(
        about=about,
        organisation_id=organisation,
        person_id=person,
        stage=Opening.Stage.AUDITED if is_audit else Opening.Stage.TOLD,
        by_party=by.party,
        by_person=by.person,
        by_office=by.office,
        opened_at=timezone.now(),
    )


def _somebody(identifier: str | None) -> str | None:
    """Whose it is; None for nobody's."""
    return None if identifier == NOBODY else identifier


def _is_own(by: Member, thing: Thing) -> bool:
    """Whether it is the reader's own, or nobody's."""
    if thing.holder is not None and thing.holder == by.person:
        return True
    if _somebody(thing.owner) is not None:
        return by.organisation == thing.owner
    return _somebody(thing.holder) is None


def row_of(opening: Opening) -> Row:
    """An opening as a row of a batch: all only promised, and erased with whose data it is."""
    values = {
        "opening": str(opening.pk),
        "about": opening.about,
        "by_party": opening.by_party,
        "by_person": str(opening.by_person),
        "by_office": str(opening.by_office) if opening.by_office else None,
        "opened_at": opening.opened_at.isoformat(),
    }
    return Row({}, values, secrets.token_bytes(SALT_BYTES), _subject(opening))


def blank_row() -> Row:
    """A row that says nothing, and looks in the log like all others."""
    blank = dict.fromkeys(("about", "by_party", "by_person", "by_office", "opened_at"))
    return Row({}, {"opening": None, **blank}, secrets.token_bytes(SALT_BYTES), PLATFORM)


def filled_up(count: int) -> int:
    """How many rows a day's batch has at which so many readings are: the next power of two."""
    size = load_keeping()["openings"].rows_at_least
    while size < count:
        size *= 2
    return size


def _subject(opening: Opening) -> str:
    if opening.person_id is not None:
        return person_subject(opening.person_id)
    return f"organisation:{opening.organisation_id}"


def sealed_places(openings: Iterable[Opening]) -> Mapping[UUID, tuple[UUID, int]]:
    """The leaf and the row of those openings that have entered the log, each with its day's batch.

    The batch doesn't tell which row is whose: the rows of the same owners are opened to see.
    """
    wanted = list(openings)
    subjects = {_subject(opening) for opening in wanted}
    sealed = SealedRow.objects.filter(
        deed__in=_sealing(wanted),
        # Rows from before they had subjects went with the platform, which seals.
        subject__in=subjects | {PLATFORM},
    ).select_related("deed")
    keys = keys_of(subjects | {PLATFORM})
    found = {
        UUID(str(kept.private["opening"])): (row.deed.leaf, row.row)
        for row in sealed
        if (kept := row.opened(keys)) and kept.private["opening"]
    }
    return {opening.pk: found[opening.pk] for opening in wanted if opening.pk in found}


def _sealing(openings: Iterable[Opening]) -> set[UUID]:
    """The deeds that sealed them: of each, the first that goes beyond its moment."""
    deeds = Deed.objects.filter(verb=SEALED).order_by("id").values_list("public__until", "pk")
    until = [(datetime.fromisoformat(moment), pk) for moment, pk in deeds]
    ends = [moment for moment, _ in until]
    places = {bisect_right(ends, opening.opened_at) for opening in openings}
    return {until[place][1] for place in places if place < len(until)}


def proof_of_opening(opening: Opening) -> RowProof | None:
    """The proof of an opening, as far as its owner is told; None until a checkpoint covers it."""
    place = sealed_places([opening]).get(opening.pk)
    index = index_of(place[0]) if place else None
    return row_proof(index, place[1], show=TOLD) if place and index is not None else None
