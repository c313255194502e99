"""Where a published log lies for everybody: a folder, or a bucket that speaks S3.

Files are put there whole; what is there under a name never changes, but for the checkpoint.
"""

import os
import secrets
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from gongzhi.core.terms import Said
from gongzhi.trust.refusing import LogRefused

NO_CLIENT = "要把日志放进 S3 存储，请先安装 requirements/s3.lock 中的包"
CANNOT_PUT = "写不了 {place}（{why}）；请检查路径、权限和剩余空间"
CANNOT_ASK = "看不了 {place}（{why}）；请检查地址、密钥和网络"


class Shelf(Protocol):
    """A place for files by path."""

    def holds(self, path: str) -> bool:
        """Whether a file of that name is there."""
        ...

    def put(self, path: str, content: bytes) -> None:
        """Put it there, whole or not at all; when this returns, it lasts."""
        ...

    def drop(self, folder: str) -> None:
        """Remove all that lies under a path, if anything does."""
        ...


class Folder:
    """A folder, which a web server or a copy program can hand on."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def holds(self, path: str) -> bool:
        """Whether the file is there."""
        return (self.root / path).is_file()

    def put(self, path: str, content: bytes) -> None:
        """Temporary file, fsync, rename, fsync of the folder."""
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            with fresh.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(target)
            folder = os.open(target.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)
        except OSError as error:
            values = {"place": str(target), "why": error.strerror or ""}
            raise LogRefused(Said(CANNOT_PUT, values)) from error

    def drop(self, folder: str) -> None:
        """What can't be removed stays: it is in nobody's way."""
        shutil.rmtree(self.root / folder, ignore_errors=True)


class Bucket:
    """A bucket of any store that speaks S3: `s3://bucket/prefix`.

    Address and keys come from the environment (AWS_ENDPOINT, AWS_ACCESS_KEY_ID, …).
    """

    def __init__(self, address: str) -> None:
        try:
            stores, self._obstore = import_module("obstore.store"), import_module("obstore")
        except ImportError as error:
            raise LogRefused(Said(NO_CLIENT)) from error
        self.address = address
        self._store: Any = stores.from_url(address, client_options={"allow_http": True})

    def holds(self, path: str) -> bool:
        """Whether the object is there."""
        try:
            self._obstore.head(self._store, path)
        except FileNotFoundError:
            return False
        except (OSError, self._obstore.exceptions.BaseError) as error:
            raise self._refused(CANNOT_ASK, path, error) from error
        return True

    def put(self, path: str, content: bytes) -> None:
        """One request: an object is there whole or not at all."""
        try:
            self._obstore.put(self._store, path, content)
        except (OSError, self._obstore.exceptions.BaseError) as error:
            raise self._refused(CANNOT_PUT, path, error) from error

    def drop(self, folder: str) -> None:
        """One request to find the objects, one for up to a thousand of them."""
        try:
            for found in self._obstore.list(self._store, prefix=folder):
                self._obstore.delete(self._store, [each["path"] for each in found])
        except (OSError, self._obstore.exceptions.BaseError) as error:
            raise self._refused(CANNOT_PUT, folder, error) from error

    def _refused(self, text: str, path: str, error: Exception) -> LogRefused:
        values = {"place": f"{self.address}/{path}", "why": str(error)[:200]}
        return LogRefused(Said(text, values))


def shelf_at(place: str) -> Shelf:
    """The shelf that a command line names."""
    return Bucket(place) if urlsplit(place).scheme == "s3" else Folder(Path(place))
