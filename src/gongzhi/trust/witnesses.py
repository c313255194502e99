"""Whom the log's policy names as witnesses, and how many must cosign; changed only by deeds.

Each change makes a new quorum beside the old ones, so that whoever pinned an old policy can see
what has become of it. A witness that is retired never comes back: another has another name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import connection

from gongzhi.core.ledger.encoding import has_control_characters
from gongzhi.core.ledger.keys import KeyKind, VerifierKey, read_verifier_key
from gongzhi.core.ledger.policy import (
    NOBODY,
    PARTIES,
    WITNESSES_MAX,
    Watching,
    always_overlap,
    policy_text,
    quorum_text,
)
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.terms import Said
from gongzhi.trust.cosignatures import carry_over
from gongzhi.trust.models import Quorum, SignedCheckpoint, Witness, WitnessContact
from gongzhi.trust.troubles import trouble_said

NAME_MAX = 100
ADDRESS_MAX = 500
# Two numbers that name the lock on the policy among the database's advisory locks.
LOCK = (0x676F6E67, 0x71756F72)
NO_WITNESSES_NEEDED = quorum_text([], threshold=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Who is to be admitted as a witness: its public key, who runs it, where it listens if it does.

    The organisation is the identifier of one that takes part here, if it is one.
    """

    key: str
    operator: str
    organisation: UUID | None = None
    address: str = ""


@contextmanager
def changing_policy() -> Iterator[None]:
    """Let one transaction at a time change the policy; for the deeds that do."""
    assert connection.in_atomic_block, "the policy is changed by a deed"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK)
    yield


def admitted_witnesses() -> tuple[Witness, ...]:
    """Those whose cosignatures count, in the order of their admission."""
    return tuple(Witness.objects.filter(retired_at=None))


def retired_witnesses() -> tuple[Witness, ...]:
    """Those whose cosignatures counted once."""
    return tuple(Witness.objects.exclude(retired_at=None))


def troubles() -> dict[str, Said]:
    """What is the matter with those that were asked and did not cosign, by their names."""
    contacts = WitnessContact.objects.filter(witness__retired_at=None).exclude(trouble="")
    named = contacts.values_list("witness__name", "trouble")
    return {name: trouble_said(trouble) for name, trouble in named}


def quorum_in_force() -> Quorum | None:
    """What must have cosigned now; None where no witness was ever admitted."""
    return Quorum.objects.last()


def policy_in_force(log: VerifierKey) -> str:
    """The trust policy that believes this log under its witnesses."""
    quorum = quorum_in_force()
    return policy_text(log, quorum=quorum.text if quorum else NO_WITNESSES_NEEDED)


def policies() -> Iterator[tuple[Quorum, str]]:
    """Every policy that this log has had, the oldest first; none before its first checkpoint."""
    last = SignedCheckpoint.objects.last()
    if last is not None:
        log = read_verifier_key(last.key)
        for quorum in Quorum.objects.all():
            yield quorum, policy_text(log, quorum=quorum.text)


def admit(candidate: Candidate, *, deed: UUID, at: datetime) -> Quorum:
    """Add a witness that has no fault; how many must cosign stays."""
    Witness.objects.create(**admission(candidate, deed=deed, at=at))
    return _made(threshold=_threshold(), deed=deed, at=at)


def retire(name: str, *, deed: UUID, at: datetime) -> Quorum:
    """Let a witness count no more, for good."""
    Witness.objects.filter(name=name).update(**retirement(deed=deed, at=at))
    return _made(threshold=_threshold(), deed=deed, at=at)


def move(name: str, *, address: str, deed: UUID, at: datetime) -> Quorum:
    """Ask a witness at another address from now on; no address: it comes by itself."""
    Witness.objects.filter(name=name).update(address=address)
    return _made(threshold=_threshold(), deed=deed, at=at)


def ask_for(threshold: int, *, deed: UUID, at: datetime) -> Quorum:
    """Say how many of the admitted witnesses must have cosigned."""
    return _made(threshold=threshold, deed=deed, at=at)


def admission(candidate: Candidate, *, deed: UUID, at: datetime) -> dict[str, object]:
    """The columns of a witness when it is admitted."""
    return {
        "name": read_verifier_key(candidate.key).name,
        "key": candidate.key,
        "operator": candidate.operator,
        "organisation": candidate.organisation,
        "address": candidate.address,
        "admitted_by": deed,
        "admitted_at": at,
    }


def retirement(*, deed: UUID, at: datetime) -> dict[str, object]:
    """The columns of a witness that say when it was retired and by which deed."""
    return {"retired_by": deed, "retired_at": at}


def faults_of_key(text: str) -> Said | None:
    """What stands against a witness's public key."""
    try:
        key = read_verifier_key(text)
    except RejectedError:
        return Said("这不是见证方的公钥：应是 gongzhi witness init 印出的那一行里的第三段")
    if key.kind is not KeyKind.COSIGNATURE:
        return Said("这是日志的公钥，不是见证方的公钥")
    if key.name in {NOBODY, PARTIES} or len(key.name) > NAME_MAX:
        return Said("见证方不能叫 {name}", {"name": key.name[:NAME_MAX]})
    known = Witness.objects.all()
    if any(key.name == other.name or key.public == other.verifier.public for other in known):
        return Said("这个名称或者这把公钥已经用过；退役的见证方不再接纳，请另立一个")
    if Witness.objects.filter(retired_at=None).count() >= WITNESSES_MAX:
        return Said("见证方最多 {most} 个", {"most": WITNESSES_MAX})
    return None


def faults_of_address(address: str) -> Said | None:
    """What stands against an address to ask a witness at; none at all is fine."""
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    plain = not has_control_characters(address) and address.split() == [address]
    if address and not (is_good and plain and not parts.query and len(address) <= ADDRESS_MAX):
        return Said("请写见证方的网址，例如 https://witness.example.org；它自己来取的，留空")
    return None


def faults_of_quorum(*, witnesses: int, threshold: int) -> Said | None:
    """What stands against asking for so many of so many witnesses."""
    if threshold == 0 or (
        threshold <= witnesses and always_overlap(witnesses, threshold=threshold)
    ):
        return None
    values = {"witnesses": witnesses, "threshold": threshold, "least": witnesses // 2 + 1}
    if not 0 <= threshold <= witnesses:
        return Said("见证方有 {witnesses} 个，凑不成 {threshold} 个的门槛；请先改门槛", values)
    return Said(
        "{witnesses} 个见证方中只要 {threshold} 个，两部历史就能各找一半人；"
        "请先把门槛定为至少 {least} 个",
        values,
    )


def _threshold() -> int:
    quorum = quorum_in_force()
    return quorum.threshold if quorum else 0


def _made(*, threshold: int, deed: UUID, at: datetime) -> Quorum:
    named = [Watching(witness.verifier, witness.address) for witness in admitted_witnesses()]
    last = quorum_in_force()
    made = Quorum.objects.create(
        number=last.number + 1 if last else 1,
        text=quorum_text(named, threshold=threshold),
        threshold=threshold,
        deed=deed,
        since_at=at,
    )
    carry_over(made)
    return made
