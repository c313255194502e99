"""The installation's private key: in a file of its own, never in the database.

The file is made once, before the log has its first entry. When it is lost, nobody makes
another in silence: whoever trusts this log would see a second one.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings

from gongzhi.core.ledger.keys import KEY_BYTES, KeyKind, Signer, read_signer
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.terms import Said
from gongzhi.trust.models import SignedCheckpoint
from gongzhi.trust.refusing import LogRefused

LOST = "存证的私钥不见了：{path}；日志已有签名，请从备份恢复这个文件，不要另造一把"
UNREADABLE = "存证的私钥文件看不懂：{path}；请从备份恢复"
OPEN_TO_OTHERS = "存证的私钥别人也能读：请执行 chmod 600 {path}"


def key_path() -> Path:
    """Where the key lies."""
    return Path(settings.LOG_KEY_FILE)


def installation_signer() -> Signer:
    """The log's own signer; made now if this log has never signed anything."""
    path = key_path()
    if not path.exists():
        if SignedCheckpoint.objects.exists():
            raise _refused(LOST, path)
        _make(path)
    if path.stat().st_mode & 0o077:
        raise _refused(OPEN_TO_OTHERS, path)
    try:
        return read_signer(path.read_text().strip())
    except (UnicodeDecodeError, RejectedError) as error:
        raise _refused(UNREADABLE, path) from error


def fresh_origin() -> str:
    """The name of a log that is being founded; a demo's says so."""
    if settings.LOG_ORIGIN and not settings.DEMO:
        return str(settings.LOG_ORIGIN)
    kind = "demo" if settings.DEMO else "log"
    return f"gongzhi.invalid/{kind}/{secrets.token_hex(8)}"


def write_whole(path: Path, content: str, *, replacing: bool) -> None:
    """Put a file there whole and durably, for its owner only.

    Without `replacing`, a file that is already there stays as it is.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    if replacing:
        fresh.replace(path)
    else:
        _link(fresh, path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _link(fresh: Path, path: Path) -> None:
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass  # another process was first, and its key holds
    finally:
        fresh.unlink()


def _make(path: Path) -> None:
    signer = Signer(fresh_origin(), KeyKind.ED25519, secrets.token_bytes(KEY_BYTES))
    write_whole(path, signer.text + "\n", replacing=False)


def _refused(text: str, path: Path) -> LogRefused:
    return LogRefused(Said(text, {"path": str(path)}))
