"""Sign the tree's head, and never two heads of which one didn't grow into the other.

The last signed note also lies in a file beside the key. A database restored from an old backup,
or one that somebody rewrote, doesn't fit to it: then the log stands still.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.keys import Signer
from gongzhi.core.ledger.note import Note, check_note, read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.tiles import edge_tiles
from gongzhi.core.terms import Said
from gongzhi.trust.keys import installation_signer, key_path, write_whole
from gongzhi.trust.models import Head, SignedCheckpoint
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.straight import asked
from gongzhi.trust.tiles import fits, root_at, root_in, stored_tiles

BEHIND = (
    "数据库里的存证只有 {size} 条，而已经签出过 {published} 条的检查点：像是恢复了旧备份；"
    "为免同一把私钥签出两部历史，存证停止编号。"
    "请恢复到较新的备份，或者用副本补回：gongzhi ledger rejoin DIR"
)
REWRITTEN = (
    "数据库里前 {published} 条存证算不出已经签出的检查点：有人改动过历史；"
    "存证停止编号。请用 gongzhi ledger audit 找出是哪一条"
)
TORN = "树根与存着的哈希不符：被改动过；存证停止编号。请用 gongzhi ledger audit 找出是哪里"
FOREIGN = "{path} 里的检查点不是这把私钥签的；请恢复与私钥同时备份的那个文件"
NEWEST = """
SELECT head.size, last.size, last.signed_at FROM trust_head head LEFT JOIN LATERAL
(SELECT size, signed_at FROM trust_signedcheckpoint ORDER BY size DESC LIMIT 1) last ON true
WHERE head.id = 1
"""


def is_due() -> bool:
    """Whether the head isn't signed yet and the last signature has had its pause."""
    for size, signed_size, signed_at in asked(NEWEST):
        return size != (signed_size or 0) and not _is_too_early(signed_at)
    return False


def is_signed() -> bool:
    """Whether the newest signature covers all that has a number."""
    return all(size == (signed or 0) for size, signed, _ in asked(NEWEST))


def publish(head: Head) -> SignedCheckpoint | None:
    """Sign the head, unless it is signed already or the last signature is younger than a pause."""
    last = SignedCheckpoint.objects.last()
    if head.size == (last.size if last else 0) or _is_too_early(last.signed_at if last else None):
        return None
    refuse_a_fork(head)
    signer = installation_signer()
    checkpoint = Checkpoint(origin=signer.name, size=head.size, root=bytes(head.root))
    note = Note(checkpoint.text).signed(signer).content
    write_whole(last_note_path(), note, replacing=True)
    return SignedCheckpoint.objects.create(
        size=head.size, note=note, key=signer.verifier.text, signed_at=timezone.now()
    )


def heed(content: str) -> bool:
    """Take note of what a witness holds, if this log's own key signed it and it fits no more.

    It goes into the file beside the key. From then on the log stands still, because its tree has
    not grown from what was signed: an old backup was restored, or history was rewritten.
    """
    try:
        signed = _signed_by(installation_signer(), content)
    except (RejectedError, LogRefused):
        return False
    head = Head.objects.first()
    fits = head is not None and signed.size <= head.size and root_at(signed.size) == signed.root
    if not fits:
        write_whole(last_note_path(), content, replacing=True)
    return not fits


def refuse_a_fork(head: Head) -> None:
    """Raise LogRefused unless the tree fits its head and grew from the last signed checkpoint."""
    published = _last_published()
    if published and head.size < published.size:
        raise LogRefused(Said(BEHIND, {"size": head.size, "published": published.size}))
    sizes = {head.size, published.size if published else 0}
    edge = stored_tiles({tile for size in sizes for tile in edge_tiles(size)})
    if published and root_in(edge, size=published.size) != published.root:
        raise LogRefused(Said(REWRITTEN, {"published": published.size}))
    if not fits(edge, size=head.size, root=bytes(head.root)):
        raise LogRefused(Said(TORN))


def last_note_path() -> Path:
    """Where the last signed note lies, beside the key."""
    return key_path().with_name(key_path().name + ".published")


def _last_published() -> Checkpoint | None:
    """The last checkpoint ever signed: of the file beside the key, else of the database."""
    path = last_note_path()
    if not path.exists():
        last = SignedCheckpoint.objects.last()
        return read_checkpoint(read_note(last.note).text) if last else None
    signer = installation_signer()
    try:
        return _signed_by(signer, path.read_text())
    except (UnicodeDecodeError, RejectedError) as error:
        raise LogRefused(Said(FOREIGN, {"path": str(path)})) from error


def _signed_by(signer: Signer, content: str) -> Checkpoint:
    note = read_note(content)
    if not check_note(note, keys=[signer.verifier]):
        raise LogRefused(Said(FOREIGN, {"path": str(last_note_path())}))
    return read_checkpoint(note.text)


def _is_too_early(signed_at: datetime | None) -> bool:
    pause = timedelta(seconds=settings.LOG_PUBLISH_PAUSE_S)
    return signed_at is not None and timedelta(0) <= timezone.now() - signed_at < pause
