"""Where in the log a row of facts stands: the deed that sealed its delivery, and its number there.

A delivery's rows were sealed in the order in which they were kept. Which of them a fact is, is
found by counting and confirmed by what its row promised, as far as that is kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongzhi.connectors.kinds import NAMES
from gongzhi.cycle.actions.readings import digest_of
from gongzhi.cycle.models import DELIVERING, BudgetLine, Contract, Payment, Reading
from gongzhi.parties.models import Deed, SealedRow
from gongzhi.parties.row_proofs import records_between
from gongzhi.parties.subject_keys import keys_of
from gongzhi.parties.told import told_in

AT_ONCE = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPlace:
    """A deed, and the number of a row among those that it sealed; is_promised where it is proven.

    None says that the promise was erased; False that the row promises something else.
    """

    deed: Deed
    row: int
    is_promised: bool | None


def delivering_deeds(deliveries: Iterable[UUID]) -> list[Deed]:
    """The deeds that brought deliveries, the oldest first."""
    names = [f"delivery:{each}" for each in deliveries]
    return list(Deed.objects.filter(on__in=names, verb__in=DELIVERING).order_by("pk"))


def sealed_place(fact: Payment | BudgetLine | Contract) -> SealedPlace | None:
    """Where a fact was sealed; None for one that came before deliveries were."""
    found = delivering_deeds({fact.delivery_id})
    deed = found[0] if found else None
    if deed is None:
        return None
    earlier = type(fact)._default_manager.filter(delivery=fact.delivery_id, pk__lt=fact.pk).count()
    row = _row_of(deed, kind=NAMES[type(fact).FACT], nth=earlier)
    if row is None:
        return None
    is_promised = _is_promised(deed, row, {"fingerprint": fact.fingerprint})
    return SealedPlace(deed=deed, row=row, is_promised=is_promised)


def sealed_reading(reading: Reading, deed: Deed) -> SealedPlace | None:
    """Where a reading was sealed among those it was handed in with; None where not by itself.

    Its row names it, so that it leads to this reading and no other.
    """
    size = deed.public["readings"]
    for row, told in _rows(deed, size=size):
        if told.get("reading") == str(reading.pk):
            is_promised = _is_promised(deed, row, {"read": digest_of([reading])})
            return SealedPlace(deed=deed, row=row, is_promised=is_promised)
    return None


def sealed_readings(deed: Deed) -> Mapping[UUID, str | None]:
    """What the deed of an answer promised of each reading by its key; None where it was erased."""
    rows = {row.row: row for row in SealedRow.objects.filter(deed=deed)}
    keys = keys_of(row.subject for row in rows.values())
    found = {}
    for number, told in _rows(deed, size=deed.public["readings"]):
        opened = rows[number].opened(keys) if number in rows else None
        found[UUID(told["reading"])] = str(opened.private["read"]) if opened else None
    return found


def _row_of(deed: Deed, *, kind: str, nth: int) -> int | None:
    """The number of the n-th row of a kind among all that a deed sealed."""
    told = deed.public["facts"]
    if nth >= told.get(kind, 0):
        return None
    if set(told) == {kind}:
        return nth
    before = nth
    for row, content in _rows(deed, size=sum(told.values())):
        if content["kind"] == kind:
            if not before:
                return row
            before -= 1
    return None


def _rows(deed: Deed, *, size: int) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """What all rows of a deed tell everybody, in their order."""
    for first in range(0, size, AT_ONCE):
        records = records_between(deed.pk, first, min(first + AT_ONCE, size))
        for row, record in records.items():
            yield row, told_in(record)["public"]


def _is_promised(deed: Deed, row: int, said: Mapping[str, str]) -> bool | None:
    sealed = SealedRow.objects.filter(deed=deed, row=row).first()
    opened = sealed.opened(keys_of([sealed.subject])) if sealed else None
    return None if opened is None else opened.private == said
