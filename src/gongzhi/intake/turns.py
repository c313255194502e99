"""At most so many parsers at a time on a machine, whoever starts them."""

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gongzhi.intake.limits import LIMITS

LOOK_AGAIN_S = 0.02


@contextmanager
def a_turn() -> Iterator[bool]:
    """Wait for a turn; False when none came in time. A turn ends with the process at the latest."""
    taken = _take()
    try:
        yield taken is not None
    finally:
        if taken is not None:
            taken.close()


def _take() -> IO[bytes] | None:
    folder = _folder()
    until = time.monotonic() + LIMITS.wait_for_parser_seconds
    while True:
        for number in range(LIMITS.parsers_at_once_max):
            file = (folder / str(number)).open("wb")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
            else:
                return file
        if time.monotonic() > until:
            return None
        time.sleep(LOOK_AGAIN_S)


def _folder() -> Path:
    """A folder of this user alone; one of that name that belongs to others isn't touched."""
    name = f"gongzhi-parsers-{os.getuid()}"
    for folder in (Path(tempfile.gettempdir()) / name, Path.home() / f".{name}"):
        with suppress(FileExistsError):  # even where it is a file or a link to nowhere
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
            return folder
    raise PermissionError(f"{name} belongs to somebody else")
