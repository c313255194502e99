"""A log whose key was lost or stolen, or is to be renewed, ends; another goes on from its tree.

The tree is one and the same: what the old log signed is where the new one begins, so that every
old checkpoint can be held against every new one. Name and key are new, because whoever has the old
key can sign in the old name for ever. Which key signed up to which size stands in a row, and in the
log's own entries (`parties.actions.succession` writes them).

Keys change places in the files last: interrupted anywhere, the same command goes on.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.keys import (
    KEY_BYTES,
    KeyKind,
    Signer,
    VerifierKey,
    read_signer,
    read_verifier_key,
)
from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.terms import Said
from gongzhi.trust.keys import installation_signer, key_path, write_whole
from gongzhi.trust.models import Head, SignedCheckpoint, Succession, WitnessContact
from gongzhi.trust.publishing import BEHIND, FOREIGN, REWRITTEN, last_note_path
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.tiles import root_at

NOTHING_SIGNED = "日志还没有签出检查点：不用接替，重新设置名称就行"
SAME_NAME = "{name} 是日志现在的名称；接替的日志要有另一个名称"
UNDER_WAY = "接替已经开始，名称是 {name}；请用这个名称再运行一次"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The log that ends: its key, and the last checkpoint that it signed."""

    key: VerifierKey
    checkpoint: Checkpoint


def ended() -> Ended:
    """What the log signed last; raises LogRefused unless the database's tree grew from it."""
    last = SignedCheckpoint.objects.last()
    if last is None:
        raise LogRefused(Said(NOTHING_SIGNED))
    key = read_verifier_key(last.key)
    checkpoint = _newest(key, last)
    head = Head.objects.get()
    if head.size < checkpoint.size:
        values = {"size": head.size, "published": checkpoint.size}
        raise LogRefused(Said(BEHIND, values))
    if root_at(checkpoint.size) != checkpoint.root:
        raise LogRefused(Said(REWRITTEN, {"published": checkpoint.size}))
    return Ended(key=key, checkpoint=checkpoint)


def _newest(key: VerifierKey, last: SignedCheckpoint) -> Checkpoint:
    """The longer one of what the database and the file beside the key say was signed."""
    signed = read_checkpoint(read_note(last.note).text)
    path = last_note_path()
    if not path.exists():
        return signed
    try:
        note = read_note(path.read_text())
        is_own = bool(check_note(note, keys=[key]))
        noted = read_checkpoint(note.text)
    except (UnicodeDecodeError, RejectedError) as error:
        raise LogRefused(Said(FOREIGN, {"path": str(path)})) from error
    if not is_own:
        raise LogRefused(Said(FOREIGN, {"path": str(path)}))
    return max(signed, noted, key=lambda each: each.size)


def successor(name: str) -> Signer:
    """The signer of the log that is to follow under a name; made once, beside the old key.

    Where that log has taken over already, it is the one there is.
    """
    path = _next_path()
    if not path.exists():
        if any(read_verifier_key(row.key).name == name for row in Succession.objects.all()):
            return installation_signer()
        if name == ended().key.name:
            raise LogRefused(Said(SAME_NAME, {"name": name}))
        signer = Signer(name, KeyKind.ED25519, secrets.token_bytes(KEY_BYTES))
        write_whole(path, signer.text + "\n", replacing=False)
    signer = read_signer(path.read_text().strip())
    if signer.name != name:
        raise LogRefused(Said(UNDER_WAY, {"name": signer.name}))
    return signer


def is_begun(key: VerifierKey) -> bool:
    """Whether the log with this key has taken over already."""
    return Succession.objects.filter(key=key.text).exists()


def followed_by(key: VerifierKey) -> Ended:
    """The log that the one with this key took over from."""
    row = Succession.objects.get(key=key.text)
    former = row.former_key
    return Ended(
        key=former,
        checkpoint=Checkpoint(origin=former.name, size=row.size, root=bytes(row.root)),
    )


def successions() -> Mapping[UUID, tuple[int, str, str, str]]:
    """Size, root and the two keys of each, by the deed that tells of it."""
    return {
        row.deed: (row.size, write_base64(bytes(row.root)), row.former, row.key)
        for row in Succession.objects.all()
    }


def begin(closed: Ended, key: VerifierKey, *, deed: UUID) -> None:
    """Let another key sign what comes after the last checkpoint of the one that ended.

    To witnesses the new log is one that they have yet to see: they are shown it from the start.
    """
    Succession.objects.create(
        size=closed.checkpoint.size,
        root=closed.checkpoint.root,
        former=closed.key.text,
        key=key.text,
        deed=deed,
    )
    WitnessContact.objects.update(size=0)


def change_keys(former: VerifierKey) -> Path | None:
    """Put the new key in the old one's place; where the old one lies now, if it was there."""
    old = f"ended-{former.key_id.hex()}"
    kept = key_path().with_name(f"{key_path().name}.{old}")
    note = last_note_path()
    if _next_path().exists():
        if note.exists():
            note.replace(note.with_name(f"{note.name}.{old}"))
        if key_path().exists():
            key_path().replace(kept)
        _next_path().replace(key_path())
    return kept if kept.exists() else None


def _next_path() -> Path:
    return key_path().with_name(key_path().name + ".next")
