"""The folder where an installation without a server of its own keeps its data."""

import fcntl
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongzhi.cli.telling import CannotRun, tell
from gongzhi.core.terms import Said

# A program that was killed lets go of the lock once its children have noticed.
LOCK_WAIT_S = 2.0


def home_folder() -> Path:
    """The data folder, made and writable; says where it is when that is not the usual place."""
    if named := os.environ.get("GONGZHI_HOME"):
        folder = Path(named).expanduser().absolute()
        if not is_ours(folder):
            raise CannotRun(
                Said("GONGZHI_HOME 指定的目录不可写：{folder}", {"folder": str(folder)})
            )
        return folder
    usual = usual_folder()
    if is_ours(usual):
        return usual
    other = Path("/var/tmp") / f"gongzhi-{os.geteuid()}"  # noqa: S108 - is_ours looks at it
    if not is_ours(other):
        raise CannotRun(
            Said(
                "{usual} 和 {other} 都不可写；请用 GONGZHI_HOME 指定数据目录",
                {"usual": str(usual), "other": str(other)},
            )
        )
    tell(
        Said(
            "{usual} 不可写，数据放在 {other}",
            {"usual": str(usual), "other": str(other)},
        )
    )
    return other


def usual_folder() -> Path:
    """Where data belongs; root's own home can't be entered by the database's user."""
    if os.geteuid() == 0:
        return Path("/var/lib/gongzhi")
    if chosen := os.environ.get("XDG_DATA_HOME"):
        return Path(chosen) / "gongzhi"
    return Path(os.environ.get("HOME", "/nonexistent")) / ".local" / "share" / "gongzhi"


def is_ours(folder: Path) -> bool:
    """Whether the folder is there, or could be made, belongs to this user and takes a file."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        with tempfile.TemporaryFile(dir=folder):
            return os.geteuid() in (0, folder.stat().st_uid)
    except OSError:
        return False


def secret(folder: Path, *, name: str) -> str:
    """A random text of this installation, made once, readable by its owner only."""
    path = folder / name
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
        fresh.rename(path)
    return path.read_text()


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """One demo for each folder; the second is refused."""
    with (folder / "demo.lock").open("a") as lock:
        deadline = time.monotonic() + LOCK_WAIT_S
        while not taken(lock.fileno()):
            if time.monotonic() > deadline:
                raise CannotRun(
                    Said(
                        "{folder} 里已经有一个演示在运行；请先停掉它，"
                        "或用 GONGZHI_HOME 指定另一个目录",
                        {"folder": str(folder)},
                    )
                )
            time.sleep(0.05)
        yield


def taken(lock: int) -> bool:
    """Whether the lock is now held by this program."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def start_over(folder: Path) -> None:
    """Remove what a demo keeps in its folder, by name, and nothing else that lies there."""
    for name in ("postgres", "keys", "witnesses"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("secret", "demo.grown", "postgres.log"):
        (folder / name).unlink(missing_ok=True)
