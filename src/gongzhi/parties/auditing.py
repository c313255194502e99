"""Hold the register of deeds against the log: every row, every public fact, every promise.

Rows that entered as one deed are computed again down to the last (`batch_auditing`).

The log's own audit (`trust.auditing`) says whether the log is what was signed; this says whether
the tables that people look at still tell what the log tells. A value that was erased is no fault:
its promise stays in the log and nothing can be held against it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from gongzhi.core.ledger.batch import batch_of
from gongzhi.core.sealed import NotCanonicalError, keeps, read_canonical
from gongzhi.core.terms import Said
from gongzhi.parties.batch_auditing import first_fault
from gongzhi.parties.register import Deed, SealedValue
from gongzhi.trust.auditing import audit
from gongzhi.trust.proofs import index_of, is_waiting

NO_DEED = "第 {index} 条存证所记的办理不在登记中"
ANOTHER = "第 {index} 条存证所记的办理与登记不符：{field} 被改动过"
BROKEN_PROMISE = "第 {index} 条存证所承诺的值与保存的不符：{field} 被改动过"
NO_ENTRY = "登记中的办理 {deed} 没有存证"


def audit_all() -> Iterator[Said]:
    """What is wrong with the log, and with the register that stands on it."""
    register = Register()
    yield from audit(read=register.hold)
    yield from register.left_over()


class Register:
    """The deeds, as the audit comes by entry after entry."""

    def __init__(self) -> None:
        self._seen = 0

    def hold(self, entries: Mapping[int, bytes]) -> Iterator[Said]:
        """Hold some entries against the deeds that they record."""
        told = {index: _told(entry) for index, entry in entries.items()}
        wanted = {index: UUID(entry["public"]["deed"]) for index, entry in told.items() if entry}
        deeds = Deed.objects.in_bulk(list(wanted.values()))
        kept = defaultdict(list)
        for value in SealedValue.objects.filter(deed__in=list(deeds)):
            kept[value.deed_id].append(value)
        for index, identifier in wanted.items():
            deed = deeds.get(identifier)
            if deed is None:
                yield Said(NO_DEED, {"index": index})
                continue
            self._seen += 1
            yield from _differences(index, told[index], deed)
            yield from _broken_promises(index, told[index]["c"], kept[identifier])
            batch = batch_of(told[index])
            if batch and (fault := first_fault(index, identifier, batch)):
                yield fault

    def left_over(self) -> Iterator[Said]:
        """Deeds that no entry records, nor one that still waits for its number."""
        if Deed.objects.count() == self._seen:
            return
        for identifier, leaf in Deed.objects.values_list("id", "leaf").iterator():
            if index_of(leaf) is None and not is_waiting(leaf):
                yield Said(NO_ENTRY, {"deed": str(identifier)})


def _told(entry: bytes) -> dict[str, Any]:
    """What an entry says of a deed; nothing, where it records none."""
    try:
        content = read_canonical(entry)
    except NotCanonicalError:
        return {}
    if not isinstance(content, dict) or "deed" not in content.get("public", {}):
        return {}
    return content


def _differences(index: int, entry: Mapping[str, Any], deed: Deed) -> Iterator[Said]:
    told = {
        "verb": entry["verb"],
        "on": entry["on"],
        "party": entry["party"] or deed.party,  # an entry that hides it says nothing against it
        "clause": list(entry["clause"]),
        "public": entry["public"],
        "because": entry["because"],
        "business_date": entry["business_date"],
    }
    stands = {
        "verb": deed.verb,
        "on": deed.on,
        "party": deed.party,
        "clause": list(deed.clauses),
        "public": deed.public,
        "because": str(deed.because) if deed.because else None,
        "business_date": deed.business_date.isoformat(),
    }
    for field, value in told.items():
        if stands[field] != value:
            yield Said(ANOTHER, {"index": index, "field": field})


def _broken_promises(
    index: int, promises: Mapping[str, str], kept: list[SealedValue]
) -> Iterator[Said]:
    for value in kept:
        promised = promises.get(value.field)
        holds = promised is not None and keeps(promised, value=value.value, salt=bytes(value.salt))
        if not holds:
            yield Said(BROKEN_PROMISE, {"index": index, "field": value.field})
