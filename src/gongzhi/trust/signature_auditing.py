"""Check every signature that the log keeps, and what is said to follow from it.

A checkpoint must be signed by this log's key and be the root that its entries lead to; a
cosignature must be its witness's over that checkpoint; an anchor needs the cosignatures that its
policy asks for; a policy must be whole and name the witnesses as they are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.keys import VerifierKey, read_verifier_key
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.policy import Policy, read_policy
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.terms import Said
from gongzhi.trust.keys import installation_signer, key_path
from gongzhi.trust.models import (
    Anchor,
    Cosignature,
    Quorum,
    SignedCheckpoint,
    Succession,
    Witness,
)
from gongzhi.trust.policy_auditing import keys_of, policy_faults
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.witnesses import changing_policy

SIGNED = "前 {size} 条存证算不出当时签出的检查点：从第 {since} 条到第 {last} 条之间有改动"
NOTE = "前 {size} 条的检查点不是本日志签的：被改动过"
COSIGNATURE = "{name} 在前 {size} 条的检查点下的见证签名不符：被改动过"
ANCHOR = "前 {size} 条的检查点没有第 {number} 号信任策略所要的见证签名：被改动过"
ORPHAN = "没有前 {size} 条的检查点，却有它的见证签名：被改动过"
AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Believed:
    """Whose signatures are looked for: the log's by size, witnesses' by row, and by policy."""

    log: Callable[[int], VerifierKey | None]
    witnesses: Mapping[int, VerifierKey]
    policies: Mapping[int, Policy | None]


def signature_faults(roots: Mapping[int, bytes]) -> Iterator[Said]:
    """What is wrong with what was signed, given the roots that the entries lead to."""
    with transaction.atomic(), changing_policy():
        witnesses, quorums = list(Witness.objects.all()), list(Quorum.objects.all())
    yield from policy_faults(quorums, witnesses)
    policies = {quorum.number: _policy(quorum) for quorum in quorums}
    believed = _Believed(log=_log_keys(), witnesses=keys_of(witnesses), policies=policies)
    yield from _checkpoint_faults(roots, believed)
    known = SignedCheckpoint.objects.values("size")
    for model in (Cosignature, Anchor):
        lost = model.objects.exclude(checkpoint__in=known).order_by("checkpoint_id").first()
        if lost is not None:
            yield Said(ORPHAN, {"size": lost.checkpoint_id})


def _log_keys() -> Callable[[int], VerifierKey | None]:
    """Which key must have signed a checkpoint of a size, as logs followed one another."""
    ends = [(row.size, _read(row.former)) for row in Succession.objects.all()]
    own = _own_key()
    return lambda size: next((key for end, key in ends if size <= end), own)


def _own_key() -> VerifierKey | None:
    """The key that must have signed: of its file, or of the first checkpoint where that is away."""
    last = SignedCheckpoint.objects.last()
    first = SignedCheckpoint.objects.first()
    if first is None or last is None:
        return None
    try:
        if key_path().exists():
            return installation_signer().verifier
    except LogRefused:  # whatever is wrong with the file, what was signed can be checked
        pass
    return _read(last.key if Succession.objects.exists() else first.key)


def _read(text: str) -> VerifierKey | None:
    try:
        return read_verifier_key(text)
    except RejectedError:
        return None


def _policy(quorum: Quorum) -> Policy | None:
    try:
        return read_policy(quorum.text)
    except RejectedError:
        return None


def _checkpoint_faults(roots: Mapping[int, bytes], believed: _Believed) -> Iterator[Said]:
    """Go through the checkpoints; of those that the tree doesn't lead to, name the first."""
    since, is_rewritten = 0, False
    rows = SignedCheckpoint.objects.prefetch_related("cosignatures", "anchors")
    for row in rows.iterator(chunk_size=AT_ONCE):
        checkpoint = _signed(row, believed.log(row.size))
        if checkpoint is None:
            yield Said(NOTE, {"size": row.size})
            continue
        yield from _faults_under(row, believed)
        if roots.get(row.size, checkpoint.root) == checkpoint.root:
            since = row.size
        elif not is_rewritten:
            is_rewritten = True
            yield Said(SIGNED, {"size": row.size, "since": since, "last": row.size - 1})


def _signed(row: SignedCheckpoint, key: VerifierKey | None) -> Checkpoint | None:
    """What a row says, if the log's key signed it and all of its columns say the same."""
    if key is None or row.key != key.text:
        return None
    try:
        note = read_note(row.note)
        checkpoint = read_checkpoint(note.text)
        is_signed = len(note.signatures) == len(check_note(note, keys=[key])) == 1
    except RejectedError:
        return None
    is_own = (checkpoint.origin, checkpoint.size) == (key.name, row.size)
    return checkpoint if is_signed and is_own else None


def _faults_under(row: SignedCheckpoint, believed: _Believed) -> Iterator[Said]:
    """Hold cosignatures against their witnesses, and anchors against the cosignatures."""
    text = read_note(row.note).text
    good = set()
    for cosignature in row.cosignatures.all():
        key = believed.witnesses.get(cosignature.witness_id)
        if key is not None and _is_cosigned(cosignature, text, key):
            good.add(key)
        else:
            name = key.name if key else f"#{cosignature.witness_id}"
            yield Said(COSIGNATURE, {"name": name, "size": row.size})
    for anchor in row.anchors.all():
        policy = believed.policies.get(anchor.quorum_id)
        if policy is None or not policy.is_satisfied_by(good):
            yield Said(ANCHOR, {"size": row.size, "number": anchor.quorum_id})


def _is_cosigned(row: Cosignature, text: str, key: VerifierKey) -> bool:
    try:
        note = read_note(f"{text}\n{row.line}")
        (attested,) = check_note(note, keys=[key])
    except (RejectedError, ValueError):
        return False
    return len(note.signatures) == 1 and attested.at == row.stated_at_s
