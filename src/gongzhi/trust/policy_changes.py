"""What a deed changed about witnesses and quorum, so that the log's own entries can bring it back.

The tables of a restored backup are as old as the backup; the entries that a mirror kept tell every
change since. What is there already is held against them instead.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongzhi.core.ledger.policy import addresses_in, read_policy, threshold_of
from gongzhi.core.terms import Said
from gongzhi.trust.cosignatures import carry_over
from gongzhi.trust.models import Quorum, Witness
from gongzhi.trust.policy_auditing import GONE
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.witnesses import Candidate, admission, changing_policy, retirement

CHANGED_SINCE = (
    "恢复备份之后又改过见证方（第 {number} 号信任策略），与副本里的不是一回事；"
    "没有改动。请再恢复一次备份，先补回存证，再改见证方"
)
TOLD = "第 {number} 号信任策略与存证所记的办理 {deed} 不符：{field} 被改动过"
TOLD_WITNESS = "见证方 {name} 的登记与存证所记的办理不符：{field} 被改动过"
UNTOLD = "第 {number} 号信任策略没有存证"
GONE_WITNESS = "见证方 {name} 的登记不见了"
UNTOLD_WITNESS = "见证方 {name} 没有存证"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """One deed's change: the policy that it left behind, and whom it admitted or retired."""

    number: int
    text: str
    deed: UUID
    at: datetime
    admitted: Candidate | None = None
    retired: str | None = None

    @property
    def quorum(self) -> Mapping[str, object]:
        """The policy's row."""
        threshold = threshold_of(read_policy(self.text))
        return {"text": self.text, "threshold": threshold, "deed": self.deed, "since_at": self.at}


def redo(changes: Iterable[PolicyChange]) -> int:
    """Make what the tables lack of these changes; how many.

    Raises LogRefused where the tables know of another change under the same number.
    """
    made = 0
    with changing_policy():
        known = dict(Quorum.objects.values_list("number", "deed"))
        for change in sorted(changes, key=lambda change: change.number):
            if change.number not in known:
                _redo(change)
                made += 1
            elif known[change.number] != change.deed:
                raise LogRefused(Said(CHANGED_SINCE, {"number": change.number}))
        if made and (last := Quorum.objects.last()):
            carry_over(last)
    return made


def _redo(change: PolicyChange) -> None:
    if change.admitted is not None:
        Witness.objects.create(**admission(change.admitted, deed=change.deed, at=change.at))
    if change.retired is not None:
        retired = retirement(deed=change.deed, at=change.at)
        Witness.objects.filter(name=change.retired).update(**retired)
    for name, address in addresses_in(change.text).items():
        Witness.objects.filter(name=name).exclude(address=address).update(address=address)
    Quorum.objects.create(number=change.number, **change.quorum)


def deeds_told() -> frozenset[UUID]:
    """The deeds that the tables name as what changed them."""
    columns = Witness.objects.values_list("admitted_by", "retired_by")
    witnesses = {deed for row in columns for deed in row if deed}
    return frozenset(witnesses | set(Quorum.objects.values_list("deed", flat=True)))


@transaction.atomic
def faults_against(
    changes: Iterable[PolicyChange], *, late: Collection[UUID] = ()
) -> tuple[Said, ...]:
    """Where the tables tell something else than these changes; some deeds come late to the log."""
    with changing_policy():
        quorums = {row.number: row for row in Quorum.objects.exclude(deed__in=late)}
        witnesses = {row.name: row for row in Witness.objects.exclude(admitted_by__in=late)}
    told = {change.number: change for change in changes}
    return (
        *_quorum_faults(quorums, told),
        *_witness_faults(witnesses, _expected(told.values()), late),
    )


def _quorum_faults(rows: Mapping[int, Quorum], told: Mapping[int, PolicyChange]) -> Iterator[Said]:
    for number in sorted(rows.keys() - told.keys()):
        yield Said(UNTOLD, {"number": number})
    for number, change in told.items():
        row = rows.get(number)
        if row is None:
            yield Said(GONE, {"number": number})
        elif field := _first_difference(row, change.quorum):
            yield Said(TOLD, {"number": number, "deed": str(change.deed), "field": field})


def _expected(told: Iterable[PolicyChange]) -> dict[str, dict[str, object]]:
    """The witnesses' rows by name, but for the address: it moves, and the policy names it."""
    expected: dict[str, dict[str, object]] = {}
    for change in told:
        if change.admitted is not None:
            columns = admission(change.admitted, deed=change.deed, at=change.at)
            del columns["address"]
            expected[str(columns["name"])] = columns | {"retired_by": None, "retired_at": None}
        if change.retired is not None:
            retired = retirement(deed=change.deed, at=change.at)
            expected.setdefault(change.retired, {}).update(retired)
    return expected


def _witness_faults(
    rows: Mapping[str, Witness],
    expected: Mapping[str, Mapping[str, object]],
    late: Collection[UUID],
) -> Iterator[Said]:
    for name in sorted(rows.keys() - expected.keys()):
        yield Said(UNTOLD_WITNESS, {"name": name})
    for name, columns in expected.items():
        row = rows.get(name)
        if row is None:
            yield Said(GONE_WITNESS, {"name": name})
        elif (field := _first_difference(row, columns)) and row.retired_by not in late:
            yield Said(TOLD_WITNESS, {"name": name, "field": field})


def _first_difference(row: Quorum | Witness, columns: Mapping[str, object]) -> str | None:
    """The first column in which a row tells something else."""
    stands = vars(row)
    return next((field for field in columns if stands[field] != columns[field]), None)
