"""Hold the policies that the log has had against one another and against its witnesses."""

from collections.abc import Iterator, Mapping, Sequence

from gongzhi.core.ledger.keys import VerifierKey, read_verifier_key
from gongzhi.core.ledger.policy import Watching, quorum_text, read_policy, threshold_of
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.terms import Said
from gongzhi.trust.models import Quorum, Witness

WITNESS = "见证方 {name} 的登记与它的公钥不符：被改动过"
POLICY = "第 {number} 号信任策略不完整，或者与见证方的登记不符：被改动过"
GONE = "第 {number} 号信任策略不见了"


def keys_of(witnesses: Sequence[Witness]) -> Mapping[int, VerifierKey]:
    """The keys of those whose row fits its key, by row."""
    keys = {row.pk: _key(row) for row in witnesses}
    return {number: key for number, key in keys.items() if key is not None}


def policy_faults(quorums: Sequence[Quorum], witnesses: Sequence[Witness]) -> Iterator[Said]:
    """What is wrong with policies, given in their order, and with the witnesses they name."""
    keys = keys_of(witnesses)
    for row in witnesses:
        if row.pk not in keys:
            yield Said(WITNESS, {"name": row.name})
    known = {key.name: key for key in keys.values()}
    for number, quorum in enumerate(quorums, start=1):
        if quorum.number != number:
            yield Said(GONE, {"number": number})
            return
        if not _is_whole(quorum, known):
            yield Said(POLICY, {"number": number})
    if not _fits_register(quorums[-1] if quorums else None, witnesses, keys):
        yield Said(POLICY, {"number": len(quorums)})


def _key(row: Witness) -> VerifierKey | None:
    """The witness's key, if it is one and has the row's name."""
    try:
        key = read_verifier_key(row.key)
    except RejectedError:
        return None
    return key if key.name == row.name else None


def _is_whole(quorum: Quorum, known: Mapping[str, VerifierKey]) -> bool:
    """Whether a policy can be read, asks for what its row says, and names admitted witnesses."""
    try:
        policy = read_policy(quorum.text)
    except RejectedError:
        return False
    are_known = all(known.get(name) == key for name, key in policy.witnesses.items())
    return are_known and threshold_of(policy) == quorum.threshold


def _fits_register(
    last: Quorum | None, witnesses: Sequence[Witness], keys: Mapping[int, VerifierKey]
) -> bool:
    """Whether the policy in force names exactly those who are not retired, at their addresses."""
    if last is None:
        return not witnesses
    admitted = [row for row in witnesses if row.retired_at is None and row.pk in keys]
    if not 0 <= last.threshold <= len(admitted):
        return False
    named = [Watching(keys[row.pk], row.address) for row in admitted]
    return last.text == quorum_text(named, threshold=last.threshold)
