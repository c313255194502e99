"""Whose witnesses cosign the log, and how many must: changed by deeds that the log itself keeps.

Each states the policy that it leaves behind, so that whoever reads the log knows at every entry
whose signatures it was to be believed by.
"""

from collections.abc import Mapping
from uuid import UUID

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.core.ledger.keys import read_verifier_key
from gongzhi.core.terms import Said
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust import witnesses
from gongzhi.trust.witnesses import Candidate, admitted_witnesses, changing_policy

OPERATOR_MAX = 200
GOVERNMENT = "government"


def admit_witness(*, by: Member, candidate: Candidate, key: str | None = None) -> int:
    """Let a party's witness cosign; how many must sign stays. Returns the new policy's number."""
    with act(by, "admit_witness", on=INSTALLATION, key=key) as record, changing_policy():
        _raise(faults_of_candidate(candidate))
        others = _organisations()
        _raise(_faults_of_quorum([*others, candidate.organisation], threshold=_threshold()))
        quorum = witnesses.admit(candidate, deed=record.deed_id, at=record.done_at)
        record["witness"] = read_verifier_key(candidate.key).name
        record["key"] = candidate.key
        record["operator"] = candidate.operator
        record["organisation"] = str(candidate.organisation) if candidate.organisation else None
        _state(record, number=quorum.number, policy=quorum.text)
    return int(quorum.number)


def retire_witness(*, by: Member, name: str, reason: str, key: str | None = None) -> int:
    """Let a witness count no more, for good: its key was lost or stolen, or its party leaves."""
    with act(by, "retire_witness", on=INSTALLATION, key=key) as record, changing_policy():
        _raise(_faults_of_name(name))
        left = [w.organisation for w in admitted_witnesses() if w.name != name]
        _raise(_faults_of_quorum(left, threshold=_threshold()))
        quorum = witnesses.retire(name, deed=record.deed_id, at=record.done_at)
        record["witness"] = name
        record.private("reason", reason)
        _state(record, number=quorum.number, policy=quorum.text)
    return int(quorum.number)


def move_witness(*, by: Member, name: str, address: str, key: str | None = None) -> int:
    """Ask a witness at another address from now on; without one, it comes by itself."""
    with act(by, "move_witness", on=INSTALLATION, key=key) as record, changing_policy():
        fault = witnesses.faults_of_address(address)
        _raise(_faults_of_name(name) | ({"address": fault} if fault else {}))
        quorum = witnesses.move(name, address=address, deed=record.deed_id, at=record.done_at)
        record["witness"] = name
        _state(record, number=quorum.number, policy=quorum.text)
    return int(quorum.number)


def set_quorum(*, by: Member, threshold: int, key: str | None = None) -> int:
    """Say how many of the admitted witnesses must have signed; 0 asks for none."""
    with act(by, "set_quorum", on=INSTALLATION, key=key) as record, changing_policy():
        _raise(_faults_of_quorum(_organisations(), threshold=threshold))
        quorum = witnesses.ask_for(threshold, deed=record.deed_id, at=record.done_at)
        record["threshold"] = threshold
        _state(record, number=quorum.number, policy=quorum.text)
    return int(quorum.number)


def faults_of_candidate(candidate: Candidate) -> Mapping[str, Said]:
    """What stands against a candidate, by field."""
    faults = {
        "key": witnesses.faults_of_key(candidate.key),
        "address": witnesses.faults_of_address(candidate.address),
    }
    if not 0 < len(candidate.operator.strip()) <= OPERATOR_MAX:
        faults["operator"] = Said("请填写，最多 {most} 个字", {"most": OPERATOR_MAX})
    organisation = candidate.organisation
    if organisation and not Organisation.objects.filter(pk=organisation).exists():
        faults["organisation"] = Said("没有这个单位")
    return {field: fault for field, fault in faults.items() if fault is not None}


def _faults_of_name(name: str) -> dict[str, Said]:
    if any(witness.name == name for witness in admitted_witnesses()):
        return {}
    return {"witness": Said("没有叫 {name} 的见证方，或者它已经退役", {"name": name})}


def _faults_of_quorum(organisations: list[UUID | None], *, threshold: int) -> Mapping[str, Said]:
    """So many are there, any two sufficient sets share one, and the government's never suffice."""
    count = len(organisations)
    if fault := witnesses.faults_of_quorum(witnesses=count, threshold=threshold):
        return {"threshold": fault}
    known = [each for each in organisations if each is not None]
    kinds = dict(Organisation.objects.filter(pk__in=known).values_list("pk", "kind"))
    government = sum(kinds.get(each) == GOVERNMENT for each in known)
    if 0 < threshold <= government:
        values = {"government": government, "least": government + 1}
        return {
            "threshold": Said(
                "{government} 个见证方属于政府部门；门槛至少要 {least} 个，"
                "使政府以外的一方必在其中",
                values,
            )
        }
    return {}


def _organisations() -> list[UUID | None]:
    return [witness.organisation for witness in admitted_witnesses()]


def _threshold() -> int:
    quorum = witnesses.quorum_in_force()
    return quorum.threshold if quorum else 0


def _raise(faults: Mapping[str, Said]) -> None:
    if faults:
        raise Unsuitable(faults)


def _state(record: Record, *, number: int, policy: str) -> None:
    record["number"] = number
    record["policy"] = policy
