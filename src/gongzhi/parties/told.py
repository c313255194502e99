"""What the log's own entries tell, read back from their bytes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from gongzhi.core.sealed import NotCanonicalError, read_canonical


def told_in(entry: bytes) -> dict[str, Any]:
    """What an entry says; nothing where it is none of ours."""
    try:
        content = read_canonical(entry)
    except NotCanonicalError:
        return {}
    return content if isinstance(content, dict) else {}


def told_by(verbs: Collection[str], entries: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """What the entries of some deeds say; most are of others, which their bytes tell at once."""
    marks = [f'"verb":"{verb}"'.encode() for verb in verbs]
    for entry in entries:
        if any(mark in entry for mark in marks):
            told = told_in(entry)
            if told.get("verb") in verbs:
                yield told
