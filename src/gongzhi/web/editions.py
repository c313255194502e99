"""A short name for the state of the static files."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path


@cache
def edition(folder: Path) -> str:
    """Ten hex digits that change with any file of the folder or of the packages beside it."""
    digest = sha256(version("django-htmx").encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
