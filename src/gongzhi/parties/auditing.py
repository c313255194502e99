"""Hold the register of deeds against the log: every row, every public fact, every promise.

Rows that entered as one deed are computed again down to the last (`batch_auditing`).

The log's own audit (`trust.auditing`) says whether the log is what was signed; this says whether
the tables that people look at still tell what the log tells. A value that was erased is no fault:
its promise stays in the log and nothing can be held against it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from gongzhi.core.ledger.batch import batch_of
from gongzhi.core.sealed import keeps
from gongzhi.core.terms import Said
from gongzhi.parties.batch_auditing import first_fault
from gongzhi.parties.erasing import is_back
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.policy_entries import policy_change_of
from gongzhi.parties.register import Deed, SealedValue
from gongzhi.parties.subject_keys import Keys, keys_of
from gongzhi.parties.succession import VERB as SUCCEEDS
from gongzhi.parties.told import told_in
from gongzhi.trust.auditing import audit
from gongzhi.trust.order import leaves_since, numbers_of
from gongzhi.trust.policy_changes import PolicyChange, deeds_told, faults_against
from gongzhi.trust.proofs import index_of, is_waiting
from gongzhi.trust.succession import successions

NO_DEED = "第 {index} 条存证所记的办理不在登记中"
ANOTHER = "第 {index} 条存证所记的办理与登记不符：{field} 被改动过"
BROKEN_PROMISE = "第 {index} 条存证所承诺的值与保存的不符：{field} 被改动过"
BACK = "第 {index} 条存证所记已删除的值又出现了；请运行 gongzhi ledger rejoin"
SUCCESSION = "哪把私钥签到第几条，与存证所记的日志接替不符：被改动过"
NO_KEY = "{what} 打不开：GONGZHI_SECRET_KEY 不是锁它的密钥；没有核对完"
NO_ENTRY = "登记中的办理 {deed} 没有存证"

# That one log followed another: the deed, the size, the root, the key before and the one since.
Told: TypeAlias = tuple[UUID, int, str, str, str]


def audit_all() -> Iterator[Said]:
    """What is wrong with the log, and with the register that stands on it."""
    register = Register()
    try:
        yield from audit(read=register.hold)
    except CannotUnlock as error:
        yield Said(NO_KEY, {"what": str(error)})
        return
    yield from register.left_over()


class Register:
    """The deeds, as the audit comes by entry after entry."""

    def __init__(self) -> None:
        self._seen = 0
        self._size = 0
        self._policy_changes: list[PolicyChange] = []
        self._successions: set[Told] = set()

    def hold(self, entries: Mapping[int, bytes]) -> Iterator[Said]:
        """Hold some entries against the deeds that they record."""
        told = {index: _told(entry) for index, entry in entries.items()}
        wanted = {index: UUID(entry["public"]["deed"]) for index, entry in told.items() if entry}
        deeds = Deed.objects.in_bulk(list(wanted.values()))
        leaves = _leaves(entries)
        self._size += len(entries)
        self._policy_changes += filter(None, map(policy_change_of, told.values()))
        self._successions.update(filter(None, map(_succession_in, told.values())))
        kept = defaultdict(list)
        for value in SealedValue.objects.filter(deed__in=list(deeds)):
            kept[value.deed_id].append(value)
        keys = keys_of(value.subject for values in kept.values() for value in values)
        for index, identifier in wanted.items():
            deed = deeds.get(identifier)
            if deed is None:
                yield Said(NO_DEED, {"index": index})
                continue
            self._seen += 1
            yield from _differences(index, told[index], deed)
            if leaves.get(index, deed.leaf) != deed.leaf:
                yield Said(ANOTHER, {"index": index, "field": "leaf"})
            yield from _broken_promises(index, told[index]["c"], kept[identifier], keys=keys)
            if is_back(told[index]):
                yield Said(BACK, {"index": index})
            batch = batch_of(told[index])
            if batch and (fault := first_fault(index, identifier, batch)):
                yield fault

    def left_over(self) -> Iterator[Said]:
        """Deeds that no entry records, and whatever about witnesses no entry tells."""
        late = self._late(deeds_told() - {change.deed for change in self._policy_changes})
        yield from faults_against(self._policy_changes, late=late)
        if self._successions != _successions():
            yield Said(SUCCESSION)
        if Deed.objects.count() == self._seen:
            return
        for identifier, leaf in Deed.objects.values_list("id", "leaf").iterator():
            if index_of(leaf) is None and not is_waiting(leaf):
                yield Said(NO_ENTRY, {"deed": str(identifier)})

    def _late(self, deeds: Collection[UUID]) -> set[UUID]:
        """Those deeds that still wait for a number, or got one since the audit began."""
        leaves = dict(Deed.objects.filter(pk__in=deeds).values_list("leaf", "pk"))
        numbers = numbers_of(list(leaves))
        return {
            deed
            for leaf, deed in leaves.items()
            if is_waiting(leaf) or numbers.get(leaf, -1) >= self._size
        }


def _succession_in(entry: Mapping[str, Any]) -> Told | None:
    """That one log followed another, where an entry tells of it."""
    if entry.get("verb") != SUCCEEDS or not entry["public"]["begins"]:
        return None
    public = entry["public"]
    deed = UUID(public["deed"])
    return deed, public["size"], public["root"], public["former"], public["successor"]


def _successions() -> set[Told]:
    """The same as the log's own table says, but for what still waits for its number."""
    told = successions()
    deeds = Deed.objects.filter(pk__in=told).values_list("pk", "leaf")
    waiting = {pk for pk, leaf in deeds if is_waiting(leaf)}
    return {(deed, *parts) for deed, parts in told.items() if deed not in waiting}


def _leaves(entries: Mapping[int, bytes]) -> Mapping[int, UUID]:
    """The leaves of some consecutive entries; none where rows are gone between them."""
    first = min(entries, default=0)
    leaves = leaves_since(first, count=len(entries))
    is_whole = len(leaves) == len(entries) == max(entries, default=-1) - first + 1
    return dict(enumerate(leaves, start=first)) if is_whole else {}


def _told(entry: bytes) -> dict[str, Any]:
    """What an entry says of a deed; nothing, where it records none."""
    told = told_in(entry)
    return told if "deed" in told.get("public", {}) else {}


def _differences(index: int, entry: Mapping[str, Any], deed: Deed) -> Iterator[Said]:
    told = {
        "verb": entry["verb"],
        "on": entry["on"],
        "party": entry["party"] or deed.party,  # an entry that hides it says nothing against it
        "clause": list(entry["clause"]),
        "public": entry["public"],
        "because": entry["because"],
        "business_date": entry["business_date"],
        "done_at": entry["claimed_at"],
    }
    stands = {
        "verb": deed.verb,
        "on": deed.on,
        "party": deed.party,
        "clause": list(deed.clauses),
        "public": deed.public,
        "because": str(deed.because) if deed.because else None,
        "business_date": deed.business_date.isoformat(),
        "done_at": deed.done_at.isoformat(),
    }
    for field, value in told.items():
        if stands[field] != value:
            yield Said(ANOTHER, {"index": index, "field": field})


def _broken_promises(
    index: int, promises: Mapping[str, str], kept: list[SealedValue], *, keys: Keys
) -> Iterator[Said]:
    for value in kept:
        if not _holds(promises.get(value.field), value, keys=keys):
            yield Said(BROKEN_PROMISE, {"index": index, "field": value.field})


def _holds(promised: str | None, kept: SealedValue, *, keys: Keys) -> bool:
    """Whether a value is the promised one; without its key nothing is held against it."""
    try:
        opened = kept.opened(keys)
    except CannotUnlock:
        return False
    if opened is None:
        return promised is not None
    salt, value = opened
    return promised is not None and keeps(promised, value=value, salt=salt)
