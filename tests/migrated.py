"""A cluster whose database has all tables, kept from one run of the tests to the next.

Migrating an empty database takes most of a short run; it is done once for each shape of the tables.
Without a cache folder that belongs to this user, each run does it anew.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import django

from gongzhi.cli.postgres import running
from gongzhi.cli.postgres_roles import OWNER
from gongzhi.cli.schema import bring_up_to_date
from machine import REPOSITORY

KEPT_MAX = 6  # of about 50 MB


def lay_out(home: Path, *, settings: dict[str, str]) -> None:
    """Put a stopped cluster with all tables into a home folder."""
    folder = cache()
    kept = folder / shape() if folder else None
    if kept and kept.exists():
        os.utime(kept)
        copy(kept, home / "postgres")
        return
    with running(home, settings=settings) as server:
        bring_up_to_date(owner=server.url(role=OWNER))
    if folder and kept:
        keep(home / "postgres", kept)
        forget_old(folder)


def shape() -> str:
    """What the tables depend on, in short."""
    found = hashlib.sha256(f"{django.__version__} {os.geteuid()}".encode())
    for path in sorted((REPOSITORY / "src").glob("gongzhi/*/migrations/*")):
        if path.is_file():
            found.update(path.name.encode() + path.read_bytes())
    for path in (REPOSITORY / "requirements").glob("*.lock"):
        found.update(path.read_bytes())  # other apps and the server come with packages
    return found.hexdigest()[:24]


def cache() -> Path | None:
    """The folder of kept clusters, if there can be one that nobody else writes to."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("HOME")
    if not home:
        return None
    folder = Path(home, "" if "XDG_CACHE_HOME" in os.environ else ".cache", "gongzhi", "tests")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if folder.stat().st_uid == os.geteuid() else None


def keep(cluster: Path, place: Path) -> None:
    """Copy a stopped cluster to its place, whole or not at all."""
    fresh = Path(tempfile.mkdtemp(dir=place.parent))
    copy(cluster, fresh / "cluster")
    try:
        (fresh / "cluster").rename(place)
    except OSError:  # another run was faster
        assert place.exists()
    shutil.rmtree(fresh, ignore_errors=True)


def copy(cluster: Path, place: Path) -> None:
    """With the owners of its files, who are the server's user."""
    subprocess.run(["cp", "-a", cluster, place], check=True)


def forget_old(folder: Path) -> None:
    """Keep the shapes that were used last."""
    by_age = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[KEPT_MAX:]:
        shutil.rmtree(path, ignore_errors=True)
